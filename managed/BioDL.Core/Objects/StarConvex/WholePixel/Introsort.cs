namespace BioDL.Core.Objects.StarConvex.WholePixel;

/// <summary>
/// Sorting in the very order of the C++ standard library that the reference was built with (GNU): up to 16 items by insertion, so that
/// equal
/// ones keep their order, and more by quicksort with the median of three first, which moves them about.
/// </summary>
internal static class Introsort
{
    private const int InsertionSize = 16;

    /// <param name="items">sorted in place</param>
    /// <param name="before">a strict order: the first item must come before the second</param>
    public static void Sort<T>(Span<T> items, Func<T, T, bool> before)
    {
        Partition(items, before);
        for (int i = 1; i < items.Length; i++)
        {
            T item = items[i];
            int place = i;
            for (; place > 0 && before(item, items[place - 1]); place--)
                items[place] = items[place - 1];
            items[place] = item;
        }
    }

    private static void Partition<T>(Span<T> items, Func<T, T, bool> before)
    {
        while (items.Length > InsertionSize)
        {
            MedianToFirst(items, before);
            int left = 1, right = items.Length;
            while (true)
            {
                while (before(items[left], items[0]))
                    left++;
                right--;
                while (before(items[0], items[right]))
                    right--;
                if (left >= right)
                    break;
                (items[left], items[right]) = (items[right], items[left]);
                left++;
            }
            Partition(items[left..], before);
            items = items[..left];
        }
    }

    /// <summary>The median of the second, the middle and the last item changes places with the first.</summary>
    private static void MedianToFirst<T>(Span<T> items, Func<T, T, bool> before)
    {
        int a = 1, b = items.Length / 2, c = items.Length - 1;
        int median = before(items[a], items[b])
            ? before(items[b], items[c]) ? b : before(items[a], items[c]) ? c : a
            : before(items[a], items[c]) ? a : before(items[b], items[c]) ? c : b;
        (items[0], items[median]) = (items[median], items[0]);
    }
}
