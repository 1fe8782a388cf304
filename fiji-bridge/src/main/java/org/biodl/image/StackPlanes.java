package org.biodl.image;

import ij.ImageStack;
import java.util.LinkedHashMap;
import java.util.Map;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Planes;

/**
 * The planes of a stack, as the engine asks for them. The arrays of a stack in memory are taken once, so that closing or converting the
 * image during a run changes nothing for the run. The planes of a virtual stack are read when needed, and only a few are kept.
 */
final class StackPlanes implements Planes
{
    private final ImageStack _stack;
    private final int[] _indices;
    private final Object[] _arrays;
    private final Map<Integer, Object> _recent;

    /**
     * @param stack the stack
     * @param indices 1-based index in the stack of each plane
     * @param keep how many planes of a virtual stack to keep
     */
    StackPlanes(ImageStack stack, int[] indices, int keep)
    {
        _stack = stack;
        _indices = indices;
        _arrays = stack.isVirtual() ? null : new Object[indices.length];
        for (int i = 0; _arrays != null && i < indices.length; i++)
            _arrays[i] = stack.getPixels(indices[i]);
        _recent = new LinkedHashMap<Integer, Object>(16, 0.75f, true)
        {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Object> eldest)
            {
                return size() > keep;
            }
        };
    }

    @Override
    public Object plane(long index)
    {
        int i = Math.toIntExact(index);
        return _arrays != null ? _arrays[i] : _recent.computeIfAbsent(_indices[i], this::read);
    }

    private Object read(int index)
    {
        Object pixels = _stack.getPixels(index);
        if (pixels == null)
            throw new BioDLException(BioDLException.HOST, "Slice " + index + " of the virtual stack could not be read.",
                "Is the file still there? Open the image again.");
        return pixels;
    }
}
