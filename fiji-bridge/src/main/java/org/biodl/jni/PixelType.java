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

    /** @return the type of the library's number, null for one that images in Java have not */
    // <generated PixelType>
    static PixelType of(int number)
    {
        switch (number)
        {
            case 1: return UINT8;
            case 2: return UINT16;
            case 4: return FLOAT32;
            case 5: return ARGB32;
            default: return null;
        }
    }
    // </generated>

    /** @return bytes of a pixel */
    public int bytes()
    {
        return size;
    }

    /** @return a new array of so many pixels */
    public Object array(int pixels)
    {
        return this == UINT8 ? new byte[pixels] : this == UINT16 ? new short[pixels] : this == FLOAT32
            ? (Object) new float[pixels] : new int[pixels];
    }
}
