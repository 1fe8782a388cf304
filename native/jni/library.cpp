/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Library: versions, devices, and what the windows did. */
#include "plane_window.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Library_abiVersion(JNIEnv*, jclass)
{
    return biodl_abi_version();
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Library_neededAbiVersion(JNIEnv*, jclass)
{
    return BIODL_ABI_VERSION;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Library_version(JNIEnv* env, jclass, jobjectArray texts)
{
    biodl_version_info info{};
    info.struct_size = sizeof info;
    biodl_error error = new_error();
    if (succeeded(env, biodl_version_get(&info, &error), error))
        fill(env, texts, {info.version, info.build, info.runtime_version, info.library_path, info.runtime_path, info.instruction_set});
}

JNIEXPORT jint JNICALL Java_org_biodl_jni_Library_deviceCount(JNIEnv* env, jclass)
{
    int32_t count = 0;
    biodl_error error = new_error();
    succeeded(env, biodl_device_count(&count, &error), error);
    return count;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Library_device(JNIEnv* env, jclass, jint index, jobjectArray texts, jdoubleArray numbers)
{
    biodl_device_info info{};
    info.struct_size = sizeof info;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_device_get(index, &info, &error), error))
        return;
    fill(env, texts, {info.id, info.name, info.unavailable_reason});
    fill(env, numbers, {double(info.kind), double(info.memory_bytes), double(info.available)});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Library_windows(JNIEnv* env, jclass, jdoubleArray numbers)
{
    const WindowCounters c = window_counters();
    fill(env, numbers, {double(c.locks), double(c.copies), double(c.held), c.total_nanoseconds * 1e-6, c.longest_nanoseconds * 1e-6});
    reset_longest_window();
}
}
