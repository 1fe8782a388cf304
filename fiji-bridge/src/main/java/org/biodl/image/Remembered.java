package org.biodl.image;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;

/** Something that is made when it is asked for, and kept as long as memory is not needed otherwise. */
final class Remembered<T>
{
    private final Supplier<T> _make;
    private SoftReference<T> _kept = new SoftReference<>(null);

    Remembered(Supplier<T> make)
    {
        _make = make;
    }

    synchronized T get()
    {
        T kept = _kept.get();
        if (kept == null)
        {
            kept = _make.get();
            _kept = new SoftReference<>(kept);
        }
        return kept;
    }
}
