package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.ImageStack;
import ij.VirtualStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.Test;

class StackPlanesTest
{
    @Test
    void aStackInMemoryIsTakenOnce()
    {
        ImageStack stack = new ImageStack(2, 1);
        byte[] first = { 1, 2 };
        byte[] second = { 3, 4 };
        stack.addSlice("", first);
        stack.addSlice("", second);
        StackPlanes planes = new StackPlanes(stack, new int[] { 2, 1 }, 2);
        stack.deleteLastSlice();
        assertSame(second, planes.plane(0));
        assertSame(first, planes.plane(1));
    }

    @Test
    void aVirtualStackIsReadWhenNeededAndFewPlanesAreKept()
    {
        List<Integer> read = new ArrayList<>();
        ImageStack stack = new VirtualStack(2, 1)
        {
            @Override
            public Object getPixels(int n)
            {
                read.add(n);
                return n == 4 ? null : new byte[] { (byte) n, 0 };
            }
        };
        StackPlanes planes = new StackPlanes(stack, new int[] { 1, 2, 3, 4 }, 2);
        for (int index : new int[] { 0, 0, 1, 0, 2, 1 })
            planes.plane(index);
        assertEquals(Arrays.asList(1, 2, 3, 2), read);
        assertThrows(BioDLException.class, () -> planes.plane(3));
    }
}
