using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BioDL.Cli.Journals;
using BioDL.Cli.Shell;
using BioDL.Core;
using BioDL.Models.Descriptions;
using BioDL.Models.Runtime;

namespace BioDL.Cli.Images;

/// <summary>
/// What a run over several images writes down in the folder of its results, and what it need not do again. Settings are what results
/// depend on besides the image: the version of BioDL, the verb, the model and its files, and the options as they were written.
/// </summary>
internal sealed class BatchJournal
{
    // These say how a run is told of, and where to; which files an image becomes is compared by itself.
    private static readonly HashSet<string> Apart = ["--json", "--overwrite", "--resume", "--part", "--out"];
    private readonly ImageRequest _request;
    private readonly Journal _journal;
    private readonly string _settings;
    private readonly string _name;
    private bool _begun;

    /// <param name="request">what was asked for</param>
    /// <param name="model">that is named, or the one that is taken where nothing is known of an image</param>
    /// <param name="folder">of the results</param>
    internal BatchJournal(ImageRequest request, ModelDescription model, string folder)
    {
        _request = request;
        _journal = new Journal(folder, request.Part?.ToString());
        _settings = JsonText.Of(json => Write(json, request, model));
        _name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_settings)))[..16];
    }

    /// <summary>What is done as it would be done now, of inputs that are as they were, and was not touched since.</summary>
    internal Dictionary<Job, JournalEntry> Done(IEnumerable<Job> jobs)
    {
        Dictionary<string, JournalEntry> entries = _journal.Read();
        var done = new Dictionary<Job, JournalEntry>(ReferenceEqualityComparer.Instance);
        foreach (Job job in jobs)
        {
            string[] results = [.. job.Files(_request).Select(file => Path.GetFullPath(file.Path))];
            if (entries.TryGetValue(results[0], out JournalEntry? entry) && entry.Answers(_name, results)
                && entry.Read.Select(file => file.Path).Contains(Path.GetFullPath(job.Inputs[0])))
                done.Add(job, entry);
        }
        return done;
    }

    /// <summary>That the files of a job are in their places.</summary>
    internal void Note(Sources sources, long? count)
    {
        string[] read = [.. sources.Job.Inputs.Concat(sources.OtherFiles).Append(_request.Mask).OfType<string>().Distinct()];
        Add(new JournalEntry
        {
            Image = sources.Job.Name, Settings = _name, Count = count, Read = States(read),
            Wrote = States(sources.Job.Files(_request).Select(file => file.Path)),
        });
    }

    /// <summary>That a job failed; where even that cannot be written, the report has it.</summary>
    internal void NoteFailure(Job job, string error)
    {
        try
        {
            Add(new JournalEntry { Image = job.Name, Settings = _name, Error = error });
        }
        catch (BioDLException unwritten) when (unwritten.Status == Status.Io)
        {
            // a failure that is not noted is tried again, as one that is
        }
    }

    private void Add(JournalEntry entry)
    {
        if (!_begun)
            _journal.Add(Heading());
        _begun = true;
        _journal.Add(entry.ToJson(DateTimeOffset.Now));
    }

    private static FileState[] States(IEnumerable<string> paths) => [.. paths.Select(FileState.Of).OfType<FileState>()];

    private string Heading() => JsonText.Of(json =>
    {
        json.WriteString("settings", _name);
        json.WriteString("began", DateTimeOffset.Now);
        json.WriteString("host", Environment.MachineName);
        json.WriteNumber("process", Environment.ProcessId);
        json.WriteString("part", _request.Part?.ToString());
        json.WritePropertyName("made_by");
        json.WriteRawValue(_settings);
    });

    private static void Write(Utf8JsonWriter json, ImageRequest request, ModelDescription model)
    {
        json.WriteString("biodl", $"{EngineVersion.Version} ({EngineVersion.Build})");
        json.WriteString("verb", request.Verb.Name);
        json.WriteString("model", model.Source);
        json.WriteString("sha256", model.Sha256);
        IEnumerable<FileState> files = request.Model is null ? [] : FileState.All(request.Model);
        json.WriteStrings("model_files", files.Select(file => FormattableString.Invariant($"{file.Path} {file.Size} {file.Written}")));
        json.WriteStartObject("options");
        foreach ((string option, string value) in request.Arguments.Where(argument => !Apart.Contains(argument.Key)))
            json.WriteString(option, value);
        json.WriteEndObject();
    }
}
