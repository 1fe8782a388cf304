/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Model: open, describe, segment, close. */
#include "listener.h"
#include "rows.h"
#include "run_options.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Model_open(JNIEnv* env, jclass, jbyteArray path)
{
    Owned model(biodl_model_close);
    biodl_error error = new_error();
    const std::string text = to_string(env, path);
    return succeeded(env, biodl_model_open(text.c_str(), &model.handle, &error), error) ? model.release() : 0;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Model_describe(JNIEnv* env, jclass, jlong handle)
{
    return described(env, tables::model_info,
        [=](biodl_model_info* info, biodl_error* e) { return biodl_model_describe(from_handle<biodl_model>(handle), info, e); });
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_Model_inputs(JNIEnv* env, jclass, jlong handle, jint count)
{
    const biodl_model* model = from_handle<biodl_model>(handle);
    return rows(env, tables::tensor_info, count,
        [=](int64_t i, biodl_tensor_info* info, biodl_error* e) { return biodl_model_get_input(model, i, info, e); });
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_Model_outputs(JNIEnv* env, jclass, jlong handle, jint count)
{
    const biodl_model* model = from_handle<biodl_model>(handle);
    return rows(env, tables::tensor_info, count,
        [=](int64_t i, biodl_tensor_info* info, biodl_error* e) { return biodl_model_get_output(model, i, info, e); });
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Model_segment(
    JNIEnv* env, jclass, jlong handle, jobject view, jobject run, jobject stars, jobject progress)
{
    const PlaneWindow image(env, view);
    const RunOptions options(env, run);
    const StarOptions star_options(env, stars);
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    Owned objects(biodl_objects_destroy);
    biodl_error error = new_error();
    const biodl_status status = biodl_run_stars(from_handle<biodl_model>(handle), image.image(), options.get(), star_options.get(),
        on_progress, &listener, nullptr, &objects.handle, &error);
    return succeeded(env, status, error) ? objects.release() : 0;
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Model_keep(
    JNIEnv* env, jclass, jlong handle, jobject view, jobject run, jdouble threshold, jobject progress)
{
    const PlaneWindow image(env, view);
    const RunOptions options(env, run);
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    Owned candidates(biodl_candidates_destroy);
    biodl_error error = new_error();
    const biodl_status status = biodl_run_stars_keep(
        from_handle<biodl_model>(handle), image.image(), options.get(), threshold, on_progress, &listener, &candidates.handle, &error);
    return succeeded(env, status, error) ? candidates.release() : 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Model_close(JNIEnv*, jclass, jlong handle)
{
    biodl_model_close(from_handle<biodl_model>(handle));
}
}
