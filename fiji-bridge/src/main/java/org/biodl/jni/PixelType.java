package org.biodl.jni;

/** Types of pixels, with the number the native library gives them. */
public enum PixelType
{
    /** 8-bit grey, byte[]. */
    UINT8(1, 1),
    /** 16-bit grey, short[]. */
    UINT16(2, 2),
    /** 32-bit grey, float[]. */
    FLOAT32(4, 4),
    /** Packed RGB, int[]. */
    ARGB32(5, 4);

    final int code;
    final int size;

    PixelType(int code, int size)
    {
        this.code = code;
        this.size = size;
    }
}
