namespace BioDL.Tests.Architecture;

/// <summary>Who may need whom. A line names a project, or a folder of one, and all that it may use; nothing else passes.</summary>
internal static class AllowedArrows
{
    /// <summary>Between projects.</summary>
    public const string Projects = """
        Core ->
        Graphs -> Core
        TensorFlow -> Core Graphs
        Engines -> Core
        Onnx -> Core Engines
        Torch -> Core Engines
        Training -> Core Graphs
        Models -> Core Graphs TensorFlow Engines Onnx Torch
        Native -> Core Engines Models
        Cli -> Core Engines Models
        Bindings ->
        """;

    /// <summary>Between the folders of one project.</summary>
    public const string Folders = """
        Core ->
        Core.Images -> Core
        Core.Tiles -> Core
        Core.Normalization -> Core.Images Core
        Core.Steps -> Core.Normalization Core
        Core.Runs -> Core.Steps Core.Images
        Core.Tensors -> Core.Normalization Core.Images
        Core.Running -> Core.Tensors Core
        Core.Road.Planning -> Core.Running Core.Tensors Core.Runs Core.Steps Core.Tiles Core.Normalization Core.Images Core
        Core.Road.Passes -> Core.Road.Planning Core.Tensors Core.Runs Core.Steps Core.Normalization Core.Images Core
        Core.Road.Fitness -> Core.Road.Planning Core.Road.Passes Core.Tensors Core.Runs Core.Steps Core.Images
        Core.Road.Accounting -> Core Core.Road.Planning Core.Running Core.Runs Core.Steps Core.Images Core.Tiles
        Core.Road.Statistics -> Core.Road.Accounting Core.Road.Passes Core.Road.Planning Core.Running Core.Tensors Core.Runs Core.Steps Core.Normalization Core.Images Core
        Core.Road.Sinks -> Core.Road.Statistics Core.Road.Accounting Core.Road.Passes Core.Road.Planning Core.Running Core.Tensors Core.Runs Core.Steps Core.Tiles Core.Images Core
        Core.Road -> Core.Road.Fitness Core.Road.Sinks Core.Road.Statistics Core.Road.Accounting Core.Road.Passes Core.Road.Planning Core.Running Core.Tensors Core.Runs Core.Steps Core.Tiles Core.Images
        Core.Objects.Matching ->
        Core.Objects.StarConvex.WholePixel ->
        Core.Objects.StarConvex -> Core.Objects.StarConvex.WholePixel Core.Road Core.Road.Sinks Core.Road.Accounting Core.Road.Planning Core.Running Core.Tensors Core.Runs Core.Steps Core.Tiles Core.Images Core Core.Normalization Core.Road.Statistics

        Graphs ->
        Graphs.Wire ->
        Graphs.Files -> Graphs Graphs.Wire
        Graphs.Editing -> Graphs Graphs.Wire
        Graphs.Walking -> Graphs
        Graphs.UNets -> Graphs Graphs.Files
        Graphs.UNets.Reading -> Graphs.UNets Graphs Graphs.Files

        TensorFlow.Values ->
        TensorFlow.Reading -> TensorFlow.Values
        TensorFlow.Variables -> TensorFlow.Reading TensorFlow.Values
        TensorFlow.Operations -> TensorFlow.Reading TensorFlow.Values
        TensorFlow.Fusion ->
        TensorFlow -> TensorFlow.Fusion TensorFlow.Operations TensorFlow.Variables TensorFlow.Reading TensorFlow.Values

        Torch.Archive ->
        Torch.Protocol ->
        Torch.Worker -> Torch.Protocol
        Torch -> Torch.Archive Torch.Worker Torch.Protocol
        Torch.Training -> Torch.Worker

        Training ->
        Training.Networks ->
        Training.Losses ->
        Training.Patches ->
        Training.Targets ->
        Training.Methods -> Training.Losses Training.Targets Training.Optimization Training.Patches
        Training.Optimization ->
        Training.Checkpoints -> Training.Optimization
        Training.Loop -> Training Training.Networks Training.Methods Training.Patches Training.Optimization Training.Checkpoints

        Models.Descriptions ->
        Models.Files ->
        Models.Runtime -> Models.Cache
        Models.Readers -> Models.Descriptions Models.Files
        Models.Cache -> Models.Descriptions Models.Files
        Models.Outputs -> Models.Cache Models.Files
        Models.Opening -> Models.Cache Models.Readers Models.Runtime Models.Descriptions Models.Files
        Models -> Models.Opening Models.Cache Models.Runtime Models.Descriptions Models.Files
        Models.Catalogue.Downloads -> Models.Opening Models.Cache Models.Readers Models.Runtime Models.Descriptions Models.Files
        Models.Catalogue.Zoo -> Models.Catalogue.Downloads Models.Cache Models.Readers Models.Descriptions Models.Files
        Models.Catalogue.Libtorch -> Models.Catalogue.Downloads Models.Cache Models.Descriptions
        Models.Catalogue -> Models.Catalogue.Libtorch Models.Catalogue.Zoo Models.Catalogue.Downloads Models Models.Opening Models.Cache Models.Descriptions Models.Files
        Models.Writing -> Models.Verification Models Models.Opening Models.Cache Models.Readers Models.Descriptions Models.Files
        Models.Verification -> Models Models.Readers Models.Descriptions Models.Files
        Models.Training -> Models.Cache
        Models.Training.Preparing -> Models.Training Models.Opening Models.Cache Models.Descriptions Models.Files
        Models.Training.Finishing -> Models.Training Models.Writing Models.Verification Models.Catalogue Models Models.Cache Models.Descriptions Models.Files
        Models.Training.Runs -> Models.Training.Finishing Models.Training.Preparing Models.Training Models.Cache

        Native.Interop ->
        Native.Exports -> Native.Interop

        Cli.Shell ->
        Cli.Tiff ->
        Cli.Pictures -> Cli.Tiff
        Cli.Specimen ->
        Cli.Output -> Cli.Tiff Cli.Shell
        Cli.Matching -> Cli.Tiff
        Cli.Journals -> Cli.Shell
        Cli.Images -> Cli.Journals Cli.Output Cli.Pictures Cli.Tiff Cli.Shell
        Cli.Training -> Cli.Images Cli.Pictures Cli.Tiff Cli.Shell
        Cli.Commands -> Cli.Training Cli.Images Cli.Pictures Cli.Matching Cli.Specimen Cli.Output Cli.Tiff Cli.Shell
        Cli -> Cli.Commands Cli.Shell
        """;

    /// <summary>What each may use, as a table.</summary>
    public static Dictionary<string, HashSet<string>> Parse(string arrows) =>
        arrows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split("->", StringSplitOptions.TrimEntries))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
}
