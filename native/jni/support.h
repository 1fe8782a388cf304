/* SPDX-License-Identifier: MIT */
/**
 * @file support.h
 * What every file of the shim needs: classes and methods looked up once, text and numbers across, one way to throw.
 * Text crosses as UTF-8 bytes, because JNI's own string functions use a modified UTF-8 that spells some characters differently.
 */
#ifndef BIODL_JNI_SUPPORT_H
#define BIODL_JNI_SUPPORT_H

#include <jni.h>

#include <string>

#include "biodl/biodl.h"

namespace biodl_jni
{
/** Classes (global references), methods and fields, looked up when the shim is loaded. */
struct Names
{
    jclass exception;        // org.biodl.jni.BioDLException
    jmethodID exception_new; // (int status, byte[] message, byte[] hint)
    jmethodID plane;         // Planes.plane(long) -> a primitive array
    jmethodID update;        // ProgressListener.update(Progress) -> boolean
    jfieldID view_planes;    // ImageView.planes
    jclass bytes, shorts, ints, floats;
};

const Names& names();

/** Throw a BioDLException, unless an exception is on its way already: the first one tells the cause. */
void throw_error(JNIEnv* env, biodl_status status, const char* message, const char* hint);

/** An error to hand to the library. */
biodl_error new_error();

/** Throw when `status` is not OK. @return whether it was OK and no exception is pending */
bool succeeded(JNIEnv* env, biodl_status status, const biodl_error& error);

/** The bytes of `text`, "" for null. */
std::string to_string(JNIEnv* env, jbyteArray text);

/** A new byte[] with the bytes of `text`; null when memory is short, with an exception pending. */
jbyteArray to_bytes(JNIEnv* env, const char* text);

/** A handle of the library inside a Java long. */
template <typename T> T* from_handle(jlong handle) { return reinterpret_cast<T*>(static_cast<uintptr_t>(handle)); }

inline jlong to_handle(const void* pointer) { return static_cast<jlong>(reinterpret_cast<uintptr_t>(pointer)); }
}

#endif
