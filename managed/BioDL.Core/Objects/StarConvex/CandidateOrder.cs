namespace BioDL.Core.Objects.StarConvex;

/// <summary>Candidates by falling probability; of equal ones the upper, then the left one first, so that tiles do not matter.</summary>
internal static class CandidateOrder
{
    public static int[] Of(CandidateList candidates)
    {
        int count = candidates.Count;
        ulong[] keys = new ulong[count];
        for (int i = 0; i < count; i++)
            keys[i] = (ulong)~Sortable(candidates.Probability(i)) << 32 | (uint)i;
        Array.Sort(keys);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = (int)(uint)keys[i];
        for (int first = 0, end; first < count; first = end)
        {
            for (end = first + 1; end < count && keys[end] >> 32 == keys[first] >> 32; end++)
            {
            }
            if (end - first > 1)
                order.AsSpan(first, end - first).Sort(new ByPlace(candidates));
        }
        return order;
    }

    /// <summary>Bits that sort as the numbers do.</summary>
    private static uint Sortable(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return bits >> 31 != 0 ? ~bits : bits | 0x80000000;
    }

    private readonly struct ByPlace(CandidateList candidates) : IComparer<int>
    {
        public int Compare(int a, int b)
        {
            int byY = candidates.Y(a).CompareTo(candidates.Y(b));
            return byY != 0 ? byY : candidates.X(a).CompareTo(candidates.X(b));
        }
    }
}
