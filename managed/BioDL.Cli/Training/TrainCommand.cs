using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Models.Training;
using BioDL.Models.Training.Runs;

namespace BioDL.Cli.Training;

/// <summary><c>biodl train</c>: a model of one's own from images.</summary>
internal static class TrainCommand
{
    private const string About = """
        Trains a model on images and installs it: denoising without clean images (denoise-image, noise2void), restoration of pairs, StarDist
        objects, classes of pixels, virtual stains. All defaults are taken from the images. Ctrl-C ends it with the best state so far, which
        is kept as the model; a second one breaks it off, and --resume goes on from its last checkpoint.
        """;

    private static readonly string[] Examples =
    [
        "biodl train noisy.tif --method denoise-image --name mine",
        "biodl train noisy/ --method noise2void --minutes 10",
        "biodl train low/ --method restoration --targets high/ --out package/",
        "biodl train images/ --method stardist --labels labels/ --model builtin:nuclei-fluo --groups slides.tsv:slide",
        "biodl train brightfield/ --method stain --targets fluorescence/ --plan",
    ];

    internal static Command Create(CommandContext context)
    {
        var options = new TrainOptions();
        var plan = new Option<bool>("--plan") { Description = "say what it would be, with time and memory, and stop" };
        var resume = new Option<string>("--resume") { Description = "go on with a training that was broken off", HelpName = "ID" };
        var unfinished = new Option<bool>("--unfinished") { Description = "list trainings that were broken off" };
        var discard = new Option<string>("--discard") { Description = "delete a training that was broken off", HelpName = "ID" };
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("train", About, Examples);
        foreach (Symbol symbol in options.Symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        foreach (Option option in new Option[] { plan, resume, unfinished, discard, json })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            if (parsed.GetValue(unfinished))
                return List(context, asJson);
            if (parsed.GetValue(discard) is { } id)
                return Discard(context, id);
            if (parsed.GetValue(resume) is { } broken)
            {
                Alone(parsed, resume, json);
                using var again = TrainingRun.Resume(broken);
                return new TrainWatch(context, again, asJson).Run();
            }
            return Train(context, parsed, options, parsed.GetValue(plan), asJson);
        });
        return command;
    }

    private static int Train(CommandContext context, ParseResult parsed, TrainOptions options, bool planOnly, bool json)
    {
        TrainFileNames names = options.Files(parsed);
        TrainingRun? run = null;
        try
        {
            using (var files = new TrainFiles(names, options.Method(parsed)))
            {
                TrainingRequest request = options.Request(parsed, names, files.Images);
                TrainingPlan plan = TrainingRun.Plan(request);
                context.Output.WriteLine(json ? TrainingText.Json(plan) : TrainingText.Of(plan));
                if (planOnly)
                    return ExitCode.Ok;
                var line = new ProgressLine(context, names.Images[0]);
                run = TrainingRun.Create(request, line.Report);
                line.Clear();
                TellFurther(context, run, plan, json);
            }
            return new TrainWatch(context, run, json).Run();
        }
        finally
        {
            run?.Dispose();
        }
    }

    /// <summary>What only the pixels could tell is said before the training takes its time.</summary>
    private static void TellFurther(CommandContext context, TrainingRun run, TrainingPlan plan, bool json)
    {
        string[] further = [.. run.Notes.Except(plan.Notes)];
        if (further.Length > 0)
            context.Output.WriteLine(json ? TrainingText.Json(further)
                : string.Join(Environment.NewLine, further.Select(note => $"  {note}")));
    }

    /// <summary>All else was settled when the training was begun.</summary>
    /// <exception cref="UsageException">There is an image, or an option that is none of the allowed.</exception>
    private static void Alone(ParseResult parsed, params Option[] allowed)
    {
        SymbolResult? more = parsed.CommandResult.Children.FirstOrDefault(child => child switch
        {
            OptionResult option => !option.Implicit && !allowed.Contains(option.Option),
            ArgumentResult argument => argument.Tokens.Count > 0,
            _ => false,
        });
        if (more is not null)
            throw new UsageException($"{(more is OptionResult option ? option.Option.Name : "IMAGE")}: a training that is taken up goes on "
                + "with what it was begun with; leave it out");
    }

    private static int List(CommandContext context, bool json)
    {
        foreach (UnfinishedTraining one in TrainingRun.Unfinished())
        {
            string last = one.Last.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            context.Output.WriteLine(!json ? $"{one.Id}  {one.Name}, step {one.Step} of {one.Steps}, {last}" : JsonText.Of(writer =>
            {
                writer.WriteString("id", one.Id);
                writer.WriteString("name", one.Name);
                writer.WriteString("method", one.Method);
                writer.WriteNumber("step", one.Step);
                writer.WriteNumber("steps", one.Steps);
                writer.WriteString("last", one.Last);
            }));
        }
        return ExitCode.Ok;
    }

    private static int Discard(CommandContext context, string id)
    {
        if (!TrainingRun.Discard(id))
            throw new BioDLException(Status.NotFound, $"There is no training \"{id}\" that was broken off.",
                "'biodl train --unfinished' lists those that there are.");
        context.Output.WriteLine($"{id} is deleted");
        return ExitCode.Ok;
    }
}
