/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Catalogue: the models there are, installing and removing. */
#include "listener.h"
#include "plane_window.h"
#include "rows.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Catalogue_open(JNIEnv* env, jclass, jboolean online)
{
    Owned catalogue(biodl_catalogue_destroy);
    biodl_error error = new_error();
    return succeeded(env, biodl_catalogue_open(online ? 1 : 0, &catalogue.handle, &error), error) ? catalogue.release() : 0;
}

JNIEXPORT jbyteArray JNICALL Java_org_biodl_jni_Catalogue_defaultModel(JNIEnv* env, jclass, jint task, jobject view)
{
    const PlaneWindow image(env, view);
    if (env->ExceptionCheck())
        return nullptr;
    const char* id = nullptr;
    biodl_error error = new_error();
    return succeeded(env, biodl_catalogue_default(task, image.image(), &id, &error), error) ? to_bytes(env, id) : nullptr;
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Catalogue_install(JNIEnv* env, jclass, jbyteArray source, jbyteArray sha256, jobject progress)
{
    const std::string from = to_string(env, source);
    const std::string hash = to_string(env, sha256);
    Listener listener{env, progress};
    Owned catalogue(biodl_catalogue_destroy);
    biodl_error error = new_error();
    const biodl_status status =
        biodl_model_install(from.c_str(), hash.empty() ? nullptr : hash.c_str(), on_progress, &listener, &catalogue.handle, &error);
    return succeeded(env, status, error) ? catalogue.release() : 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Catalogue_remove(JNIEnv* env, jclass, jbyteArray id)
{
    const std::string text = to_string(env, id);
    biodl_error error = new_error();
    succeeded(env, biodl_model_remove(text.c_str(), &error), error);
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_Catalogue_entries(JNIEnv* env, jclass, jlong handle)
{
    const biodl_catalogue* catalogue = from_handle<biodl_catalogue>(handle);
    int64_t count = 0;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_catalogue_count(catalogue, &count, &error), error))
        return nullptr;
    return rows(env, tables::catalogue_entry, count,
        [&](int64_t i, biodl_catalogue_entry* entry, biodl_error* e) { return biodl_catalogue_get(catalogue, i, entry, e); });
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
