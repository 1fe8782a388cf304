package org.biodl.jni;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small .onnx files by hand: convolutions with given weights, and element-wise operators. Axes are n, c, (z,) y, x of any size. */
public final class TinyOnnx
{
    private static final int Float = 1;
    private static final int Ints = 7;

    private final ByteArrayOutputStream _graph = new ByteArrayOutputStream();
    private final int _dimensions;
    private final boolean _channelsLast;

    /** @param dimensions 2 or 3 */
    public TinyOnnx(int dimensions)
    {
        this(dimensions, false);
    }

    /** @param channelsLast whether inputs and outputs are n, (z,) y, x, c */
    public TinyOnnx(int dimensions, boolean channelsLast)
    {
        _dimensions = dimensions;
        _channelsLast = channelsLast;
        put(_graph, 2, "tiny");
    }

    public TinyOnnx input(String name, int channels)
    {
        put(_graph, 11, value(name, channels));
        return this;
    }

    public TinyOnnx output(String name, int channels)
    {
        put(_graph, 12, value(name, channels));
        return this;
    }

    /** A convolution of stride 1 that keeps the size; weights by output channel, input channel, z, y, x. */
    public TinyOnnx convolution(String from, String to, int inputs, int outputs, int[] kernel, float... weights)
    {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, outputs);
        number(tensor, 1, inputs);
        for (int size : kernel)
            number(tensor, 1, size);
        number(tensor, 2, Float);
        put(tensor, 8, to + "_weights");
        ByteBuffer raw = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float weight : weights)
            raw.putFloat(weight);
        put(tensor, 9, raw.array());
        put(_graph, 5, tensor.toByteArray());
        int[] pads = new int[2 * kernel.length];
        for (int i = 0; i < pads.length; i++)
            pads[i] = kernel[i % kernel.length] / 2;
        put(_graph, 1, node("Conv", to, integers("kernel_shape", kernel), integers("pads", pads), from, to + "_weights"));
        return this;
    }

    /** The mean of 2 x 2 pixels, at half the size. */
    public TinyOnnx halve(String from, String to)
    {
        int[] two = { 2, 2 };
        put(_graph, 1, node("AveragePool", to, integers("kernel_shape", two), integers("strides", two), from));
        return this;
    }

    /** The axes in another order. */
    public TinyOnnx transpose(String from, String to, int... order)
    {
        put(_graph, 1, node("Transpose", to, integers("perm", order), null, from));
        return this;
    }

    /** An operator without attributes. */
    public TinyOnnx operator(String type, String to, String... from)
    {
        put(_graph, 1, node(type, to, null, null, from));
        return this;
    }

    public byte[] bytes()
    {
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        put(opset, 1, "");
        number(opset, 2, 13);
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 7);
        put(model, 2, "tests");
        put(model, 8, opset.toByteArray());
        put(model, 7, _graph.toByteArray());
        return model.toByteArray();
    }

    private static byte[] node(String type, String to, byte[] first, byte[] second, String... from)
    {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (String name : from)
            put(node, 1, name);
        put(node, 2, to);
        put(node, 4, type);
        if (first != null)
            put(node, 5, first);
        if (second != null)
            put(node, 5, second);
        return node.toByteArray();
    }

    private static byte[] integers(String name, int[] values)
    {
        ByteArrayOutputStream attribute = new ByteArrayOutputStream();
        put(attribute, 1, name);
        for (int value : values)
            number(attribute, 8, value);
        number(attribute, 20, Ints);
        return attribute.toByteArray();
    }

    private byte[] value(String name, int channels)
    {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        put(shape, 1, free("n"));
        ByteArrayOutputStream fixed = new ByteArrayOutputStream();
        number(fixed, 1, channels);
        for (int i = 0; i <= _dimensions; i++)
            put(shape, 1, i == (_channelsLast ? _dimensions : 0) ? fixed.toByteArray() : free("d" + i));
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, Float);
        put(tensor, 2, shape.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        put(type, 1, tensor.toByteArray());
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        put(value, 1, name);
        put(value, 2, type.toByteArray());
        return value.toByteArray();
    }

    private static byte[] free(String name)
    {
        ByteArrayOutputStream dimension = new ByteArrayOutputStream();
        put(dimension, 2, name);
        return dimension.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, int field, String text)
    {
        put(out, field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ByteArrayOutputStream out, int field, byte[] content)
    {
        varint(out, (long) field << 3 | 2);
        varint(out, content.length);
        out.write(content, 0, content.length);
    }

    private static void number(ByteArrayOutputStream out, int field, long value)
    {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value)
    {
        for (; value >= 0x80; value >>= 7)
            out.write((int) (value | 0x80) & 0xFF);
        out.write((int) value);
    }
}
