using BioDL.Core;
using BioDL.Core.Training;
using BioDL.Models.Cache;
using BioDL.Models.Catalogue;
using BioDL.Models.Descriptions;
using BioDL.Models.Verification;
using BioDL.Models.Writing;

namespace BioDL.Models.Training.Finishing;

/// <summary>Makes a package of what a training has left, and a model of the catalogue of that.</summary>
internal sealed class TrainingFinish
{
    private const int NamedImages = 20;

    private readonly TrainingStore _store;
    private readonly TrainingJob _job;
    private readonly TrainingAbout _about;
    private readonly IReadOnlyList<TrainingProgress> _curve;
    private readonly CancellationToken _ends;
    private readonly List<string> _warnings;

    private TrainingFinish(TrainingStore store, TrainingAbout about, CancellationToken ends)
    {
        (_store, _job, _about, _ends) = (store, store.Job(), about, ends);
        _curve = TrainingCurve.Read(store.PathOf(TrainingFiles.Curve), 0);
        _warnings = [.. _about.Notes];
    }

    /// <summary>Package, copy for the user, catalogue.</summary>
    /// <exception cref="BioDLException">The disk is full, the network cannot be run, or it was cancelled.</exception>
    public static TrainingResult Run(TrainingStore store, CancellationToken ends)
    {
        var finish = new TrainingFinish(store, store.About(), ends);
        string folder = store.PathOf(Slug.Id(finish._about.Name));
        Disk.TryDelete(folder);
        ModelPackage package = finish.Package();
        PackageWriter.Write(package, folder);
        finish.Verify(folder);
        if (finish._about.Folder is { Length: > 0 } own)
            finish.Keep(package, own);
        CatalogueListing installed = ModelCatalogue.Default.Install(folder);
        CatalogueEntry entry = installed.Entries[0];
        return new TrainingResult(entry.Id, entry.Path, Path.Combine(entry.Path, TrainingReport.File), package.Figures,
            [.. finish._warnings, .. installed.Warnings]);
    }

    /// <summary>The package of the network as it is now, to a folder.</summary>
    public static void WritePackage(TrainingStore store, string folder, string name) =>
        PackageWriter.Write(new TrainingFinish(store, store.About() with { Name = name }, CancellationToken.None).Package(), folder);

    private ModelPackage Package()
    {
        var trained = new TrainedModel(_job, _about);
        var bare = new ModelPackage
        {
            Model = trained.Description(null),
            Weights = File.ReadAllBytes(_store.PathOf(TrainingFiles.Weights)),
        };
        string folder = _store.PathOf("draft");
        Disk.TryDelete(folder);
        PackageWriter.Write(bare, folder);
        try
        {
            using Model model = Model.Open(folder);
            _ends.ThrowIfCancellationRequested();
            ThresholdChoice? choice = Thresholds(model);
            ModelDescription fitted = TileSizes.Fitted(trained.Description(choice), model.Running.Reach ?? default);
            _ends.ThrowIfCancellationRequested();
            return Whole(bare with { Model = fitted }, trained, choice).Tested([TestField.Input(_store, _job, fitted.Inputs[0])]);
        }
        finally
        {
            Disk.TryDelete(folder);
        }
    }

    /// <summary>Of a StarDist network, chosen on its validation images.</summary>
    private ThresholdChoice? Thresholds(Model model)
    {
        if (_job.Method != TrainingMethod.StarDist)
            return null;
        if (new ThresholdSearch(model, _store, _job, _ends).Best() is { } best)
            return best;
        _warnings.Add("No image was kept for validation, so the thresholds are the usual ones and not chosen for this model.");
        return null;
    }

    private ModelPackage Whole(ModelPackage package, TrainedModel trained, ThresholdChoice? choice)
    {
        TrainingPicture? picture = TrainingPictures.Read(_store);
        Dictionary<string, double> figures = Figures();
        if (choice is not null)
            figures["val_ap"] = choice.Score;
        var words = new JobWords(_job);
        var report = new TrainingReport
        {
            Name = _about.Name, Summary = trained.Summary(), Curve = _curve, Figures = figures, Fields = ShownFields.Of(picture),
            Settings = words.Settings(_about.Start), Notes = _warnings,
        };
        return package with
        {
            Authors = _about.Credits.Authors,
            Citations = MethodCitations.Of(_job, _about.Credits.Citation),
            TrainingData = Data(),
            Parent = _about.Start,
            Figures = figures,
            Training = words.Card(_curve is [.., { } last] ? last.Seconds : 0),
            Documentation = $"# {_about.Name}\n\n{trained.Summary()}\n\nHow it was trained is in {TrainingReport.File}.\n",
            Covers = ShownFields.Cover(picture) is { } cover ? [cover] : [],
            Attachments = [report.Page()],
        };
    }

    private string Data()
    {
        if (_about.Credits.Data.Length > 0)
            return _about.Credits.Data;
        string names = string.Join(", ", _about.Images.Take(NamedImages).Select(Path.GetFileName));
        return _about.Images.Count > NamedImages ? $"{names} and {_about.Images.Count - NamedImages} more" : names;
    }

    /// <summary>Of the best validation.</summary>
    private Dictionary<string, double> Figures()
    {
        TrainingProgress? best = _curve.Where(line => line.ValidationLoss is not null).MinBy(line => line.ValidationLoss);
        return best is null ? [] : new Dictionary<string, double>(best.Figures) { ["val_loss"] = best.ValidationLoss!.Value };
    }

    private void Verify(string folder)
    {
        using Model model = Model.Open(folder);
        VerifyReport report = model.Verify("cpu");
        if (report.Outcome != VerifyOutcome.Passed)
            _warnings.Add($"The package does not pass its own test: {report.Text}");
    }

    /// <summary>A folder that cannot be written is no reason to lose a training.</summary>
    private void Keep(ModelPackage package, string folder)
    {
        try
        {
            PackageWriter.Write(package, folder);
        }
        catch (BioDLException error)
        {
            _warnings.Add($"The package was not written to {folder}: {error.Message} It is in the catalogue.");
        }
    }
}
