namespace BioDL.Models.Descriptions;

/// <summary>Where a model is. The numbers are those of <c>BIODL_MODEL_*</c> in native/include/biodl/catalogue.h.</summary>
public enum ModelState
{
    /// <summary>Part of this library.</summary>
    Builtin = 0,

    /// <summary>In the cache of this machine.</summary>
    Installed = 1,

    /// <summary>In the online collection, not here.</summary>
    Online = 2,
}

/// <summary>One model of a listing. Text is "" where nothing is known.</summary>
public sealed record CatalogueEntry
{
    /// <summary>What <c>Model.Open</c>, <c>ModelCatalogue.Install</c> and <c>ModelCatalogue.Remove</c> take.</summary>
    public required string Id { get; init; }
    public required ModelState State { get; init; }
    public string Name { get; init; } = "";
    public string Version { get; init; } = "";
    public string Description { get; init; } = "";
    public ModelTask Task { get; init; }

    /// <summary>In words, such as "2D, 1 channel".</summary>
    public string Input { get; init; } = "";

    /// <summary>The images that it was made for, in words.</summary>
    public string MadeFor { get; init; } = "";

    /// <summary>SPDX id where known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Lines to cite.</summary>
    public string Citation { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>On disk, or to download; 0 where unknown.</summary>
    public long Bytes { get; init; }

    /// <summary>Where it is or came from: a path or a URL without its credentials, or "builtin:NAME".</summary>
    public string Source { get; init; } = "";

    /// <summary>A picture: a path or a URL.</summary>
    public string Cover { get; init; } = "";

    /// <summary>How it was described, such as "bioimage.io 0.5.4".</summary>
    public string Format { get; init; } = "";

    /// <summary>bioimage.io's name of the weights' format.</summary>
    public string WeightsFormat { get; init; } = "";

    /// <summary>Of the weights, 64 hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>False when this machine cannot run it; <see cref="WhyNot"/> tells.</summary>
    public bool Runnable { get; init; } = true;
    public string WhyNot { get; init; } = "";

    /// <summary>Other names by which it is found: nickname, DOI.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The folder or file of an installed model; "" for others.</summary>
    public string Path { get; init; } = "";
}

/// <summary>Models, and what went wrong without stopping the listing, each in one sentence or two.</summary>
public sealed record CatalogueListing(IReadOnlyList<CatalogueEntry> Entries, IReadOnlyList<string> Warnings);
