/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Library: versions, devices, and what the windows did. */
#include "rows.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Library_abiVersion(JNIEnv*, jclass) { return biodl_abi_version(); }

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Library_neededAbiVersion(JNIEnv*, jclass) { return BIODL_ABI_VERSION; }

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Library_readVersion(JNIEnv* env, jclass)
{
    return described(env, tables::version_info, biodl_version_get);
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_Library_readDevices(JNIEnv* env, jclass)
{
    int32_t count = 0;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_device_count(&count, &error), error))
        return nullptr;
    return rows(env, tables::device_info, count,
        [](int64_t i, biodl_device_info* info, biodl_error* e) { return biodl_device_get(static_cast<int32_t>(i), info, e); });
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Library_readWindows(JNIEnv* env, jclass)
{
    const biodl_window_counters counters = read_window_counters();
    reset_longest_window();
    return tables::window_counters.of(env, counters);
}
}
