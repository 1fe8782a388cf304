using BioDL.Models.Writing;

namespace BioDL.Models.Training.Finishing;

/// <summary>The validation picture as the report and the cover show it.</summary>
internal static class ShownFields
{
    public static IReadOnlyList<ShownField> Of(TrainingPicture? picture) => picture is null ? []
        : [new ShownField($"validation, step {picture.Step}",
            [.. picture.Planes.Select(plane => new ShownPlane(plane.Name, plane.Pixels, picture.Height, picture.Width))])];

    /// <returns>null: there is no picture</returns>
    public static PackagePart? Cover(TrainingPicture? picture)
    {
        ShownPlane[] planes = [.. Of(picture).SelectMany(field => field.Planes)];
        ShownPlane? before = planes.FirstOrDefault(plane => plane.Name == "input"),
            after = planes.FirstOrDefault(plane => plane.Name == "prediction");
        return before is null || after is null ? null : CoverPicture.Of(before, after);
    }
}
