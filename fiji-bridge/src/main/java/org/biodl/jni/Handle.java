package org.biodl.jni;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A native handle that is given back once. A handle given back is 0 to the library, which answers with an error. */
final class Handle implements AutoCloseable
{
    private final AtomicLong _value;
    private final LongConsumer _release;

    Handle(long value, LongConsumer release)
    {
        _value = new AtomicLong(value);
        _release = release;
    }

    long get()
    {
        return _value.get();
    }

    @Override
    public void close()
    {
        long value = _value.getAndSet(0);
        if (value != 0)
            _release.accept(value);
    }
}
