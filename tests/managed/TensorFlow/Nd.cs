namespace BioDL.Tests.TensorFlow;

/// <summary>A plain tensor of float64, row by row, for reference computations.</summary>
internal sealed record Nd(int[] Shape, double[] Values)
{
    public Nd(params int[] shape)
        : this(shape, new double[shape.Aggregate(1, (product, size) => product * size)])
    {
    }

    public int Rank => Shape.Length;

    public double this[params ReadOnlySpan<int> index]
    {
        get => Values[Place(index)];
        set => Values[Place(index)] = value;
    }

    /// <summary>Numbers from -1 to 1 that float32 holds exactly.</summary>
    public static Nd Random(int seed, params int[] shape)
    {
        var random = new Random(seed);
        var tensor = new Nd(shape);
        for (int i = 0; i < tensor.Values.Length; i++)
            tensor.Values[i] = (float)(random.NextDouble() * 2 - 1);
        return tensor;
    }

    public Nd Map(Func<double, double> function) => new(Shape, Array.ConvertAll(Values, value => function(value)));

    /// <summary>A tensor whose value at each index a function tells.</summary>
    public static Nd Of(int[] shape, Func<int[], double> value)
    {
        var tensor = new Nd(shape);
        int[] index = new int[shape.Length];
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            tensor.Values[i] = value(index);
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
        return tensor;
    }

    /// <summary>Output axis i is input axis order[i].</summary>
    public Nd Transpose(params int[] order)
    {
        int[] shape = [.. order.Select(axis => Shape[axis])];
        return Of(shape, index =>
        {
            int[] from = new int[Rank];
            for (int i = 0; i < order.Length; i++)
                from[order[i]] = index[i];
            return this[from];
        });
    }

    public Nd ChannelsFirst() => Transpose([0, Rank - 1, .. Enumerable.Range(1, Rank - 2)]);

    public Nd ChannelsLast() => Transpose([0, .. Enumerable.Range(2, Rank - 2), 1]);

    /// <summary>The largest difference of any two values; infinite for other shapes and for NaN.</summary>
    public double Deviation(Nd other)
    {
        if (!Shape.SequenceEqual(other.Shape))
            return double.PositiveInfinity;
        double worst = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            double difference = Math.Abs(Values[i] - other.Values[i]);
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, difference);
        }
        return worst;
    }

    /// <summary>Where the value at an index lies.</summary>
    public int Place(ReadOnlySpan<int> index)
    {
        int place = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index[axis], (uint)Shape[axis]);
            place = place * Shape[axis] + index[axis];
        }
        return place;
    }
}
