namespace BioDL.Graphs.Walking;

/// <summary>Which values of its input a resized value takes along one axis, by the definition of ONNX's Resize.</summary>
/// <param name="node">Resize or Upsample</param>
/// <param name="scale">output size / input size</param>
internal readonly struct Resampling(OnnxNode node, double scale)
{
    private readonly string _mode = node.Text("mode", "nearest");
    private readonly string _place = node.Operator == "Upsample" ? "asymmetric" : node.Text("coordinate_transformation_mode", "half_pixel");
    private readonly string _rounding = node.Operator == "Upsample" ? "floor" : node.Text("nearest_mode", "round_prefer_floor");
    private readonly bool _antialias = node.Integer("antialias", 0) != 0;

    /// <summary>
    /// Output o takes inputs o / scale + Low to o / scale + High. Whole: places also depend on the size of the tensor, so a tile gives
    /// other
    /// values than the whole image.
    /// </summary>
    public (double Low, double High, bool Whole) Taps()
    {
        if (_place is "align_corners" or "tf_crop_and_resize")
        {
            // Along align_corners o falls on o * (in - 1) / (out - 1), which is up to |1 - 1 / scale| away from o / scale.
            double drift = Math.Abs(1 - 1 / scale);
            return (-Radius() - drift, Radius() + drift, true);
        }
        if (Rational.Of(scale) is not { } ratio || ratio.Numerator > 4096)
            return (Place(0) - Radius(), Place(0) + Radius(), false);
        // A scale such as 1/3 is no float32, so places computed with it lie a little beside the true ones and may round to a neighbour.
        double slack = scale * (1 << 20) == Math.Floor(scale * (1 << 20)) && 1 / scale * (1 << 20) == Math.Floor(1 / scale * (1 << 20))
            ? 0 : 1e-3;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (long o = 0; o < ratio.Numerator; o++)
        {
            double exact = o * (double)ratio.Denominator / ratio.Numerator, place = exact + Place(0);
            low = Math.Min(low, Indices(place - slack).First - exact);
            high = Math.Max(high, Indices(place + slack).Last - exact);
        }
        return (low, high, false);
    }

    /// <summary>Where output 0 falls in the input; the others follow by 1 / scale.</summary>
    private double Place(double o) => _place switch
    {
        "asymmetric" => o / scale,
        "tf_half_pixel_for_nn" => (o + 0.5) / scale,
        _ => (o + 0.5) / scale - 0.5,
    };

    private double Radius() => (_mode == "cubic" ? 2 : 1) * (_antialias && scale < 1 ? 1 / scale : 1);

    private (double First, double Last) Indices(double place)
    {
        if (_mode == "nearest")
        {
            double index = _rounding switch
            {
                "floor" => Math.Floor(place),
                "ceil" => Math.Ceiling(place),
                "round_prefer_ceil" => Math.Floor(place + 0.5),
                _ => Math.Ceiling(place - 0.5),
            };
            return (index, index);
        }
        if (_antialias && scale < 1)
            return (Math.Floor(place - Radius()), Math.Ceiling(place + Radius()));
        double floor = Math.Floor(place);
        if (place == floor)
            return (floor, floor);
        return _mode == "cubic" ? (floor - 1, floor + 2) : (floor, floor + 1);
    }
}
