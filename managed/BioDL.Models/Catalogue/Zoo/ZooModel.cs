using BioDL.Models.Descriptions;

namespace BioDL.Models.Catalogue.Zoo;

/// <summary>A model of the collection.</summary>
/// <param name="Entry">what is shown of it</param>
/// <param name="Description">address of its description; its other files lie beside</param>
/// <param name="Sha256">of the description; null where the index gives none</param>
internal sealed record ZooModel(CatalogueEntry Entry, Uri Description, string? Sha256);
