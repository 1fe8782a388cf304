/* SPDX-License-Identifier: MIT */
/** @file rows.h  What the library describes, as Java objects: one struct, or a list that it hands out by index. */
#ifndef BIODL_JNI_ROWS_H
#define BIODL_JNI_ROWS_H

#include <utility>

#include "tables.h"

namespace biodl_jni
{
/** Let the library fill in a struct. @param get called with the struct and an error @return whether it did; else an exception is pending */
template <typename T, typename Get> bool describe(JNIEnv* env, T& info, Get get)
{
    info = {};
    info.struct_size = sizeof info;
    biodl_error error = new_error();
    return succeeded(env, get(&info, &error), error);
}

/** The same as an object. @return null with an exception pending on failure */
template <typename T, typename Get> jobject described(JNIEnv* env, const Record<T>& record, Get get)
{
    T info;
    return describe(env, info, get) ? record.of(env, info) : nullptr;
}

/**
 * An array of objects.
 * @param get called with an index from 0, the struct and an error
 * @return null with an exception pending on failure
 */
template <typename T, typename Get> jobjectArray rows(JNIEnv* env, const Record<T>& record, int64_t count, Get get)
{
    jobjectArray array = env->ExceptionCheck() ? nullptr : record.array(env, static_cast<jsize>(count));
    for (int64_t i = 0; array && i < count; i++)
    {
        jobject row = described(env, record, [&](T* info, biodl_error* error) { return get(i, info, error); });
        if (!row)
            return nullptr;
        env->SetObjectArrayElement(array, static_cast<jsize>(i), row);
        env->DeleteLocalRef(row);
    }
    return array;
}

/** A handle of the library, given back on every path. */
template <typename T> class Owned
{
public:
    explicit Owned(biodl_status (*destroy)(T*)) : _destroy(destroy) {}
    ~Owned() { _destroy(handle); }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;

    /** What to hand to Java, which then gives it back. */
    jlong release() { return to_handle(std::exchange(handle, nullptr)); }

    T* handle = nullptr;

private:
    biodl_status (*_destroy)(T*);
};
}

#endif
