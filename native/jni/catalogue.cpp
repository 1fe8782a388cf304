/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Catalogue: the models there are, installing and removing. */
#include "listener.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Catalogue_open(JNIEnv* env, jclass, jboolean online)
{
    biodl_catalogue* catalogue = nullptr;
    biodl_error error = new_error();
    return succeeded(env, biodl_catalogue_open(online ? 1 : 0, &catalogue, &error), error) ? to_handle(catalogue) : 0;
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Catalogue_install(JNIEnv* env, jclass, jbyteArray source, jbyteArray sha256, jobject progress)
{
    const std::string from = to_string(env, source);
    const std::string hash = to_string(env, sha256);
    Listener listener{env, progress};
    biodl_catalogue* catalogue = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_model_install(from.c_str(), hash.empty() ? nullptr : hash.c_str(), on_progress, &listener, &catalogue, &error);
    if (succeeded(env, status, error))
        return to_handle(catalogue);
    biodl_catalogue_destroy(catalogue);
    return 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Catalogue_remove(JNIEnv* env, jclass, jbyteArray id)
{
    const std::string text = to_string(env, id);
    biodl_error error = new_error();
    succeeded(env, biodl_model_remove(text.c_str(), &error), error);
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Catalogue_count(JNIEnv* env, jclass, jlong handle)
{
    int64_t count = 0;
    biodl_error error = new_error();
    succeeded(env, biodl_catalogue_count(from_handle<biodl_catalogue>(handle), &count, &error), error);
    return count;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Catalogue_get(JNIEnv* env, jclass, jlong handle, jlong index, jobjectArray texts, jdoubleArray numbers)
{
    biodl_catalogue_entry e{};
    e.struct_size = sizeof e;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_catalogue_get(from_handle<biodl_catalogue>(handle), index, &e, &error), error))
        return;
    fill(env, texts, {e.id, e.name, e.version, e.description, e.licence, e.citation, e.input, e.tags, e.source, e.cover, e.why_not});
    fill(env, numbers, {double(e.state), double(e.task), double(e.runnable), double(e.bytes)});
}

JNIEXPORT jbyteArray JNICALL Java_org_biodl_jni_Catalogue_warnings(JNIEnv* env, jclass, jlong handle)
{
    const char* warnings = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_catalogue_warnings(from_handle<biodl_catalogue>(handle), &warnings, &error);
    return succeeded(env, status, error) ? to_bytes(env, warnings) : nullptr;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Catalogue_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_catalogue_destroy(from_handle<biodl_catalogue>(handle));
}
}
