using static BioDL.Tests.Graphs.NetworkKinds;

namespace BioDL.Tests.Graphs;

/// <summary>Networks of a finite reach.</summary>
internal static class LocalKinds
{
    public static IReadOnlyList<Kind> All { get; } = [.. Windows(), .. Transposed(), .. Resizes(), .. Layouts(), .. Deep(), .. Volumes()];

    private static IEnumerable<Kind> Windows()
    {
        yield return new("conv", (m, x) => Conv(m, Conv(m, x, 2, 3, 3), 3, 2, 5));
        yield return new("dilated", (m, x) => Conv(m, Conv(m, x, 2, 3, 3, dilation: 2), 3, 2, 3, dilation: 4));
        yield return new("grouped", (m, x) => Conv(m, x, 2, 4, 3, group: 2));
        yield return new("even kernel", (m, x) => Conv(m, x, 2, 2, 4));
        yield return new("valid", (m, x) => Conv(m, Conv(m, x, 2, 2, 3, pad: "VALID"), 2, 2, 5, pad: "VALID"));
        yield return new("valid then stride", (m, x) => Conv(m, Conv(m, x, 2, 2, 5, pad: "VALID"), 2, 2, 2, 2, pad: "VALID"));
        foreach (string pad in new[] { "SAME_UPPER", "SAME_LOWER" })
        {
            for (int kernel = 1; kernel <= 5; kernel++)
            {
                int k = kernel;
                yield return new($"{pad} {k} stride 2", (m, x) => Conv(m, x, 2, 2, k, 2, pad: pad));
                yield return new($"{pad} {k} stride 3 after valid",
                    (m, x) => Conv(m, Conv(m, x, 2, 2, 3, pad: "VALID"), 2, 2, k, 3, pad: pad));
            }
        }
        yield return new("max pool", (m, x) => Pool(m, "MaxPool", Pool(m, "MaxPool", x, 2, 2), 3, 1, ("pads", new long[] { 1, 1, 1, 1 })));
        yield return new("average pool", (m, x) => Pool(m, "AveragePool", x, 3, 2, ("pads", new long[] { 1, 1, 1, 1 })));
        yield return new("pool 3/2 rounded up", (m, x) => Pool(m, "MaxPool", x, 3, 2, ("ceil_mode", 1)));
        yield return new("pool SAME", (m, x) => Pool(m, "AveragePool", x, 3, 2, ("auto_pad", "SAME_UPPER")));
    }

    private static IEnumerable<Kind> Transposed()
    {
        yield return new("up 2/2", (m, x) => Up(m, x, 2, 3, 2, 2));
        yield return new("up 3/2", (m, x) => Up(m, x, 2, 3, 3, 2, ("pads", new long[] { 1, 1, 1, 1 }),
            ("output_padding", new long[] { 1, 1 })));
        yield return new("up 4/2", (m, x) => Up(m, x, 2, 3, 4, 2, ("pads", new long[] { 1, 1, 1, 1 })));
        yield return new("up 5/3", (m, x) => Up(m, x, 2, 3, 5, 3, ("pads", new long[] { 1, 1, 1, 1 })));
        yield return new("up 3/1", (m, x) => Up(m, x, 2, 3, 3, 1, ("pads", new long[] { 1, 1, 1, 1 })));
        yield return new("up unpadded", (m, x) => Up(m, x, 2, 3, 3, 2));
        yield return new("up dilated", (m, x) => Up(m, x, 2, 3, 3, 2, ("dilations", new long[] { 2, 2 }),
            ("pads", new long[] { 1, 1, 2, 2 })));
        foreach (string pad in new[] { "SAME_UPPER", "SAME_LOWER" })
        {
            yield return new($"up 3/2 {pad}", (m, x) => Up(m, x, 2, 3, 3, 2, ("auto_pad", pad)));
            yield return new($"up 4/2 {pad}", (m, x) => Up(m, x, 2, 3, 4, 2, ("auto_pad", pad)));
        }
        yield return new("down and up", (m, x) => Up(m, Conv(m, x, 2, 3, 4, 2), 3, 2, 4, 2, ("pads", new long[] { 1, 1, 1, 1 })));
    }

    private static IEnumerable<Kind> Resizes()
    {
        foreach (float scale in new[] { 2f, 3f, 0.5f, 1.5f, 4f, 1f / 3 })
        {
            foreach (string place in new[] { "half_pixel", "asymmetric", "pytorch_half_pixel" })
            {
                foreach (string nearest in new[] { "floor", "ceil", "round_prefer_floor", "round_prefer_ceil" })
                    yield return new($"nearest {scale} {place} {nearest}", (m, x) => Resize(m, x, scale, "nearest", place, nearest));
                yield return new($"linear {scale} {place}", (m, x) => Resize(m, x, scale, "linear", place));
                yield return new($"cubic {scale} {place}", (m, x) => Resize(m, x, scale, "cubic", place));
            }
        }
        foreach (string mode in new[] { "linear", "cubic" })
            yield return new($"antialiased {mode}", (m, x) => Resize(m, x, 0.5f, mode, "half_pixel", "floor", ("antialias", 1)), Opset: 18);
        yield return new("tf nearest", (m, x) => Resize(m, x, 2, "nearest", "tf_half_pixel_for_nn"), Opset: 13);
        yield return new("resize 10", (m, x) => m.Node("Resize", [x, m.Floats([1, 1, 2, 2], 4)], ("mode", "linear")), Opset: 10);
        yield return new("upsample 9", (m, x) => m.Node("Upsample", [x, m.Floats([1, 1, 2, 2], 4)], ("mode", "nearest")), Opset: 9);
        yield return new("upsample 7", (m, x) => m.Node("Upsample", [x], ("mode", "linear"), ("scales", new[] { 1f, 1, 2, 2 })), Opset: 8);
        yield return new("to a computed size", (m, x) =>
        {
            string sizes = Shape(m, m.Node("Slice", [m.Node("Shape", [x]), m.Integers(0), m.Integers(2), m.Integers(0)]),
                SizeOf(m, x, 2, 2), SizeOf(m, x, 3, 2));
            return m.Node("Resize", [x, "", "", sizes], ("mode", "linear"), ("coordinate_transformation_mode", "pytorch_half_pixel"));
        });
        yield return new("by a computed scale", (m, x) =>
        {
            // As tf2onnx does it: sizes as floats, divided by sizes.
            string size = m.Node("Cast", [m.Node("Slice", [m.Node("Shape", [x]), m.Integers(2), m.Integers(4), m.Integers(0)])], ("to", 1));
            string scale = m.Node("Div", [m.Node("Mul", [size, m.Floats([2, 2], 2)]), size]);
            return m.Node("Resize", [x, "", m.Node("Concat", [m.Floats([1, 1], 2), scale], ("axis", 0))], ("mode", "nearest"),
                ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        });
        yield return new("two of four axes",
            (m, x) => m.Node("Resize", [x, "", m.Floats([2, 2], 2)], ("axes", new long[] { 2, 3 }), ("mode", "linear")), Opset: 18);
    }

    private static IEnumerable<Kind> Layouts()
    {
        yield return new("reflect", (m, x) => Conv(m, m.Node("Pad", [x, m.Integers(0, 0, 2, 2, 0, 0, 2, 2)], ("mode", "reflect")), 2,
            2, 5, pad: "VALID"));
        yield return new("edge, then cut",
            (m, x) => m.Node("Slice", [Conv(m, m.Node("Pad", [x, m.Integers(0, 0, 3, 3, 0, 0, 3, 3)], ("mode", "edge")), 2, 2, 3,
            pad: "VALID"), m.Integers(2, 2), m.Integers(-2, -2), m.Integers(2, 3)]));
        yield return new("pads by PyTorch", (m, x) =>
        {
            string rows = m.Node("Reshape",
                [m.Node("Concat", [m.Integers(1, 1, 1, 1),
                m.Node("ConstantOfShape", [m.Integers(4)],
                ("value", new NetworkMaker.InnerTensor(NetworkMaker.Tensor("", 7, new byte[8], [1]))))], ("axis", 0)), m.Integers(-1, 2)]);
            string turned = m.Node("Transpose",
                [m.Node("Slice", [rows, m.Integers(-1), m.Integers(long.MinValue + 1), m.Integers(0), m.Integers(-1)])],
                ("perm", new long[] { 1, 0 }));
            return Conv(m, m.Node("Pad", [x, m.Node("Cast", [m.Node("Reshape", [turned, m.Integers(-1)])], ("to", 7))],
                ("mode", "reflect")), 2, 2, 3, pad: "VALID");
        });
        yield return new("depth to space", (m, x) => m.Node("DepthToSpace", [Conv(m, x, 2, 8, 3)], ("blocksize", 2)));
        yield return new("space to depth",
            (m, x) => m.Node("DepthToSpace", [Conv(m, m.Node("SpaceToDepth", [x], ("blocksize", 2)), 8, 4, 3)], ("blocksize", 2)));
        yield return new("pixel shuffle", (m, x) =>
        {
            string wide = Conv(m, x, 2, 8, 3);
            string six = m.Node("Reshape", [wide,
                Shape(m, m.Integers(1), m.Integers(2), m.Integers(2), m.Integers(2), SizeOf(m, wide, 2), SizeOf(m, wide, 3))]);
            return m.Node("Reshape", [m.Node("Transpose", [six], ("perm", new long[] { 0, 1, 4, 2, 5, 3 })),
                Shape(m, m.Integers(1, 2), SizeOf(m, wide, 2, 2), SizeOf(m, wide, 3, 2))]);
        });
        yield return new("pixel unshuffle", (m, x) =>
        {
            string six = m.Node("Reshape", [x,
                Shape(m, m.Integers(1, 2), SizeOf(m, x, 2, 1, 2), m.Integers(2), SizeOf(m, x, 3, 1, 2), m.Integers(2))]);
            return Conv(m, m.Node("Reshape",
                [m.Node("Transpose", [six], ("perm", new long[] { 0, 1, 3, 5, 2, 4 })),
                Shape(m, m.Integers(1, 8), SizeOf(m, x, 2, 1, 2), SizeOf(m, x, 3, 1, 2))]), 8, 2, 3);
        });
        yield return new("channels last",
            (m, x) => m.Node("Transpose", [Conv(m, m.Node("Transpose", [x], ("perm", new long[] { 0, 3, 1, 2 })), 2, 3, 3)],
            ("perm", new long[] { 0, 2, 3, 1 })), "byxc");
        yield return new("x before y", (m, x) => Conv(m, x, 2, 2, 3), "bcxy");
        yield return new("no batch", (m, x) =>
            m.Node("Squeeze", [Conv(m, m.Node("Unsqueeze", [x, m.Integers(0)]), 2, 1, 5), m.Integers(0)]), "cyx");
        yield return new("no channel", (m, x) =>
            m.Node("Squeeze", [Conv(m, m.Node("Unsqueeze", [x, m.Integers(0, 1)]), 1, 1, 5), m.Integers(0, 1)]), "yx", 1);
        yield return new("dense over channels",
            (m, x) => m.Node("Add", [m.Node("MatMul", [m.Node("Softmax", [x], ("axis", -1)), m.Weights(2, 5)]), m.Weights(5)]), "byxc");
        yield return new("layer norm over channels", (m, x) => m.Node("LayerNormalization", [x, m.Weights(2), m.Weights(2)], ("axis", -1)),
            "byxc");
        yield return new("means over channels",
            (m, x) => m.Node("Mul", [Conv(m, x, 2, 2, 3), m.Node("ReduceMean", [x], ("axes", new long[] { 1 }))]));
        yield return new("split and swapped", (m, x) =>
        {
            string[] parts = m.Nodes("Split", [Conv(m, x, 2, 6, 3), m.Integers(2, 4)], 2, ("axis", 1));
            return m.Node("Concat", [parts[1], Conv(m, parts[0], 2, 2, 3), x], ("axis", 1));
        });
        yield return new("chosen channels", (m, x) => m.Node("Gather", [Conv(m, x, 2, 6, 3), m.Integers(4, 1)], ("axis", 1)));
        yield return new("broadcast", (m, x) =>
            m.Node("Where", [m.Node("Greater", [x, m.Floats([0], 1)]), Conv(m, x, 2, 2, 3), m.Node("Mul", [x, m.Weights(2, 1, 1)])]));
    }

    private static IEnumerable<Kind> Deep()
    {
        yield return new("unet nearest", (m, x) => Unet(m, x, 2, (at, _) => Resize(m, at, 2, "nearest", "asymmetric")));
        yield return new("unet linear", (m, x) => Unet(m, x, 2, (at, _) => Resize(m, at, 2, "linear", "half_pixel")));
        yield return new("unet transposed", (m, x) => Unet(m, x, 2, (at, _) => Up(m, at, 4, 4, 2, 2)));
        yield return new("unet to the skip's size", (m, x) => Unet(m, x, 2, (at, skip) => ResizeTo(m, at, skip)));
        yield return new("valid unet", (m, x) =>
        {
            string skip = Conv(m, x, 2, 3, 3, pad: "VALID"), low = Conv(m, Pool(m, "MaxPool", Conv(m, skip, 3, 3, 3, pad: "VALID"), 2, 2),
                3, 3, 3, pad: "VALID");
            string cut = m.Node("Slice", [skip, m.Integers(3, 3), m.Integers(-3, -3), m.Integers(2, 3)]);
            return Conv(m, m.Node("Concat", [cut, Up(m, low, 3, 3, 2, 2)], ("axis", 1)), 6, 2, 3, pad: "VALID");
        });
        yield return new("three scales",
            (m, x) => m.Node("Add", [Resize(m, Conv(m, x, 2, 2, 3, 2), 2, "linear", "half_pixel"),
            Resize(m, Pool(m, "AveragePool", x, 3, 3), 3, "nearest", "asymmetric")]));
    }

    private static IEnumerable<Kind> Volumes()
    {
        yield return new("3D conv", (m, x) => Conv3D(m, Conv3D(m, x, 2, 3, 1, 3), 3, 2, 3, 5), "bczyx");
        yield return new("3D unet of flat voxels", (m, x) =>
        {
            string skip = Conv3D(m, x, 2, 3, 3, 3), low = m.Node("MaxPool", [skip], ("kernel_shape", new long[] { 1, 2, 2 }),
                ("strides", new long[] { 1, 2, 2 }));
            string up = m.Node("Resize", [Conv3D(m, low, 3, 3, 3, 3), "", m.Floats([1, 1, 1, 2, 2], 5)], ("mode", "nearest"),
                ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
            return Conv3D(m, m.Node("Concat", [skip, up], ("axis", 1)), 6, 1, 1, 1);
        }, "bczyx");
        yield return new("3D transposed",
            (m, x) => m.Node("ConvTranspose",
            [m.Node("MaxPool", [x], ("kernel_shape", new long[] { 2, 2, 2 }), ("strides", new long[] { 2, 2, 2 })),
            m.Weights(2, 2, 2, 2, 2)], ("strides", new long[] { 2, 2, 2 })), "bczyx");
        yield return new("3D channels last",
            (m, x) => m.Node("Transpose", [Conv3D(m, m.Node("Transpose", [x], ("perm", new long[] { 0, 4, 1, 2, 3 })), 2, 2, 3, 3)],
            ("perm", new long[] { 0, 2, 3, 4, 1 })), "bzyxc");
        yield return new("slices as batch", (m, x) =>
        {
            string moved = m.Node("Transpose", [x], ("perm", new long[] { 0, 2, 1, 3, 4 }));
            string flat = m.Node("Reshape", [moved, Shape(m, SizeOf(m, x, 2), m.Integers(2), SizeOf(m, x, 3), SizeOf(m, x, 4))]);
            string back = m.Node("Reshape",
                [Conv(m, flat, 2, 3, 3), Shape(m, m.Integers(1), SizeOf(m, x, 2), m.Integers(3), SizeOf(m, x, 3), SizeOf(m, x, 4))]);
            return m.Node("Transpose", [back], ("perm", new long[] { 0, 2, 1, 3, 4 }));
        }, "bczyx");
    }
}
