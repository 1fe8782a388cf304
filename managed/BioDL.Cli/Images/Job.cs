using BioDL.Cli.Output;
using BioDL.Cli.Shell;
using BioDL.Models.Descriptions;

namespace BioDL.Cli.Images;

/// <summary>One run of the model: the files that it reads and those that it writes.</summary>
internal sealed record Job
{
    /// <summary>What reports call it: the image, or the tensors.</summary>
    internal required string Name { get; init; }

    /// <summary>A file for each input of the model.</summary>
    internal required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>A file for each output of the model, or the label image; null: not written. Empty when nothing is run.</summary>
    internal IReadOnlyList<string?> Results { get; init; } = [];

    /// <summary>Its own table of objects; null: none.</summary>
    internal string? Table { get; init; }
    internal string? Rois { get; init; }

    /// <summary>Images of what the network predicts; null: not written.</summary>
    internal string? Probability { get; init; }
    internal string? Distances { get; init; }

    /// <summary>All files that it writes, and the options that ask for them.</summary>
    internal IEnumerable<(string Option, string Path)> Files(ImageRequest request)
    {
        string[] results = [.. Results.OfType<string>()];
        string option = request.Out is null ? "--output" : request.OutName;
        (string Option, string? Path)[] beside =
            [("--objects", Table), ("--rois", Rois), ("--probability", Probability), ("--distances", Distances)];
        return results.Select(result => (option, result))
            .Concat(results.Where(_ => request.Provenance).Select(result => ("--provenance", ProvenanceOf(result))))
            .Concat(beside.Where(file => file.Path is not null).Select(file => (file.Option, file.Path!)));
    }

    /// <summary>Beside a result.</summary>
    internal static string ProvenanceOf(string result) => Path.ChangeExtension(result, ".json");
}

/// <summary>All runs of a command, and what becomes which file: settled before the first image is opened.</summary>
/// <param name="Jobs">in the order given</param>
/// <param name="Table">one table of objects for all; null: one a job, or none</param>
internal sealed record JobList(IReadOnlyList<Job> Jobs, string? Table)
{
    /// <summary>Of the results.</summary>
    internal string Folder => Path.GetDirectoryName(Path.GetFullPath(Jobs[0].Results.OfType<string>().First()))!;

    private static readonly string[] Tiff = [".tif", ".tiff"], Csv = [".csv"], Zip = [".zip"];

    /// <exception cref="UsageException">One file for several images, or a tensor that the model has not.</exception>
    internal static JobList Of(ImageRequest request, ModelDescription model)
    {
        bool named = request.Tensors.Inputs.Count > 0;
        string? table = request.Objects?.Table is { } one && IsFile(one, Csv) ? one : null;
        if (table is not null && (request.Resume || request.Part is not null))
        {
            throw new UsageException($"{(request.Resume ? "--resume" : "--part")}: {table} is one table for all images, which no program "
                + "sees then: let --objects name a folder, with a table an image");
        }
        Job[] jobs = named ? [Named(request, model)] : [.. request.Images.Select(image => OfImage(request, model, image, table is null))];
        return new JobList(jobs, table);
    }

    private static Job OfImage(ImageRequest request, ModelDescription model, string image, bool ownTable)
    {
        var job = new Job { Name = image, Inputs = [.. model.Inputs.Select(_ => image)] };
        if (request.PlanOnly)
            return job;
        int images = request.Images.Count;
        string result = Target(request.OutName, request.Out!, image, images, Tiff);
        string[] outputs = [.. model.Outputs.Select(output => output.Id.Length > 0 ? output.Id : output.Name)];
        return job with
        {
            Results = request.Objects is not null || outputs.Length == 1 ? [result]
                : [.. outputs.Select(output => OfOutput(result, output))],
            Table = ownTable && request.Objects?.Table is { } table ? Target("--objects", table, image, images, Csv) : null,
            Rois = request.Objects?.Rois is { } rois ? Target("--rois", rois, image, images, Zip) : null,
            Probability = request.Objects?.Probability is { } prob ? Map("--probability", prob, image, images) : null,
            Distances = request.Objects?.Distances is { } dist ? Map("--distances", dist, image, images) : null,
        };
    }

    private static Job Named(ImageRequest request, ModelDescription model)
    {
        RequireKnown("--input", request.Tensors.Inputs, model.Inputs.SelectMany(input => new[] { input.Id, input.Name }));
        RequireKnown("--output", request.Tensors.Outputs, model.Outputs.SelectMany(output => new[] { output.Id, output.Name }));
        string[] inputs =
        [
            .. model.Inputs.Select(input => FileOf("--input", request.Tensors.Inputs, input.Id, input.Name)
                ?? throw new UsageException($"--input {input.Name}=FILE is missing")),
        ];
        return new Job
        {
            Name = string.Join(", ", inputs), Inputs = inputs,
            Results = [.. model.Outputs.Select(output => FileOf("--output", request.Tensors.Outputs, output.Id, output.Name))],
        };
    }

    /// <summary>Whether all files may be written: also for those jobs that another program has, so that no two have one file.</summary>
    /// <param name="request">what was asked for</param>
    /// <param name="mine">jobs that will be run; the others' files may be there</param>
    /// <exception cref="UsageException">A file must not be written.</exception>
    internal void Check(ImageRequest request, IReadOnlySet<Job> mine)
    {
        var guard = new WriteGuard(request.Overwrite);
        foreach (string input in Jobs.SelectMany(job => job.Inputs).Append(request.Mask).Append(request.Model).OfType<string>().Distinct())
            guard.Reads(input);
        foreach (Job job in Jobs)
            foreach ((string option, string path) in job.Files(request))
                guard.Writes(option, path, job.Name, mine.Contains(job));
        if (Table is not null)
            guard.Writes("--objects", Table, "the objects of all images");
    }

    private static string Target(string option, string path, string image, int images, string[] extensions)
    {
        if (!IsFile(path, extensions))
            return Path.Combine(path, Path.GetFileNameWithoutExtension(image) + extensions[0]);
        return images == 1 ? path : throw new UsageException($"{option} {path} is one file, but there are {images} images: name a folder");
    }

    /// <summary>In a folder its name tells it from the label image of the same image.</summary>
    private static string Map(string option, string path, string image, int images)
    {
        string target = Target(option, path, image, images, Tiff);
        return IsFile(path, Tiff) ? target : OfOutput(target, option.TrimStart('-'));
    }

    private static bool IsFile(string path, string[] extensions) =>
        !Directory.Exists(path) && !Path.EndsInDirectorySeparator(path) && extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static string OfOutput(string path, string output) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "",
            $"{Path.GetFileNameWithoutExtension(path)}_{Safe(output)}{Path.GetExtension(path)}");

    // Names of tensors come from model files, which may be anybody's.
    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).Trim('.');

    private static string? FileOf(string option, IReadOnlyList<(string Name, string File)> files, string id, string name)
    {
        string[] found = [.. files.Where(file => file.Name == id || file.Name == name).Select(file => file.File)];
        return found.Length > 1 ? throw new UsageException($"{option} names {name} twice") : found.FirstOrDefault();
    }

    private static void RequireKnown(string option, IReadOnlyList<(string Name, string File)> files, IEnumerable<string> names)
    {
        string[] known = [.. names.Where(name => name.Length > 0).Distinct()];
        foreach ((string name, _) in files)
        {
            if (!known.Contains(name))
                throw new UsageException($"{option} {name}: the model has {string.Join(", ", known)}");
        }
    }
}
