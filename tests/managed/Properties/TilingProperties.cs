using BioDL.Core.Tiles;
using FsCheck;
using FsCheck.Fluent;

namespace BioDL.Tests.Properties;

/// <summary>What holds for the tiles of any image and network.</summary>
public sealed class TilingProperties
{
    private static readonly Gen<AxisRules> Axes =
        from length in Gen.Choose(1, 900)
        from grid in Gen.Elements(1, 2, 4)
        from min in Gen.Choose(1, 20)
        from step in Gen.Choose(1, 8)
        from halo in Gen.Choose(0, 40)
        select new AxisRules(length, min * grid, step * grid, halo, grid);

    [Fact]
    public void EveryCellOfAnAxisBelongsToOneTileWhichSeesItsHalo() => Holds(Axes, rules => TileAxis.Candidates(rules).All(axis =>
    {
        int next = 0;
        for (long tile = 0; tile < axis.Count; tile++)
        {
            int start = axis.Start(tile), end = start + axis.Size, own = axis.OwnStart(tile), ownEnd = axis.OwnStart(tile + 1);
            bool fits = own == next && ownEnd > own && own % rules.Grid == 0 && start >= 0 && start % rules.Step == 0
                && end <= rules.Padded;
            bool sees = (start == 0 || own - start >= rules.Halo) && (end == rules.Padded || end - ownEnd >= rules.Halo);
            if (!fits || !sees)
                return false;
            next = ownEnd;
        }
        return next == rules.GridEnd;
    }));

    [Fact]
    public void EveryPixelOfAVolumeBelongsToOneBlock() => Holds(
        from z in Axes.Select(rules => rules with
        {
            Length = 1 + rules.Length % 12,
            Min = rules.Grid,
            Step = rules.Grid,
            Halo = rules.Halo % 3
        })
        from y in Axes.Select(rules => rules with { Length = 1 + rules.Length % 150 })
        from x in Axes.Select(rules => rules with { Length = 1 + rules.Length % 150 })
        from bytes in Gen.Choose(1, 4_000_000)
        select (z, y, x, bytes),
        one =>
        {
            BlockPlan plan = BlockPlanner.Plan(new AxisChoice(one.z, 0), new AxisChoice(one.y, 0), new AxisChoice(one.x, 0), 40,
                new TileBudget(one.bytes));
            (int depth, int height, int width) = ((int)one.z.GridEnd, (int)one.y.GridEnd, (int)one.x.GridEnd);
            var owners = new byte[depth * height * width];
            for (long tile = 0; tile < plan.Count; tile++)
            {
                Block block = plan[tile];
                for (int z = block.Z.OwnStart; z < block.Z.OwnEnd; z++)
                    for (int y = block.Y.OwnStart; y < block.Y.OwnEnd; y++)
                        for (int x = block.X.OwnStart; x < block.X.OwnEnd; x++)
                            owners[(z * height + y) * width + x]++;
            }
            return owners.All(count => count == 1);
        }, most: 60);

    private static void Holds<T>(Gen<T> values, Func<T, bool> property, int most = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(most), Prop.ForAll(Arb.From(values), property));
}
