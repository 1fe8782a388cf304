/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Training and UnfinishedTraining: models of one's own. */
#include "listener.h"
#include "rows.h"
#include "training_input.h"

using namespace biodl_jni;

namespace
{
const biodl_training* training_of(jlong handle) { return from_handle<biodl_training>(handle); }

/** A call that gives nothing but an error. */
template <typename Call> void perform(JNIEnv* env, Call call)
{
    biodl_error error = new_error();
    succeeded(env, call(&error), error);
}

jobjectArray planes(JNIEnv* env, const biodl_training_picture* picture, const biodl_training_picture_info& info)
{
    const jsize pixels = info.height * info.width;
    jobjectArray all = env->NewObjectArray(info.planes, names().floats, nullptr);
    for (int32_t i = 0; all && i < info.planes; i++)
    {
        const float* values = nullptr;
        biodl_error error = new_error();
        if (!succeeded(env, biodl_training_picture_get_plane(picture, i, &values, &error), error))
            return nullptr;
        jfloatArray plane = env->NewFloatArray(pixels);
        if (!plane)
            return nullptr;
        env->SetFloatArrayRegion(plane, 0, pixels, values);
        env->SetObjectArrayElement(all, i, plane);
        env->DeleteLocalRef(plane);
    }
    return all;
}
}

extern "C"
{
JNIEXPORT jobject JNICALL Java_org_biodl_jni_Training_plan(JNIEnv* env, jclass, jobject from, jobjectArray images)
{
    const TrainingOptions options(env, from);
    const TrainingImages seen(env, images);
    if (env->ExceptionCheck())
        return nullptr;
    Owned plan(biodl_training_plan_destroy);
    biodl_error error = new_error();
    if (!succeeded(env, biodl_training_plan_create(options.get(), seen.data(), seen.count(), &plan.handle, &error), error))
        return nullptr;
    return described(env, tables::training_plan_info,
        [&](biodl_training_plan_info* info, biodl_error* e) { return biodl_training_plan_describe(plan.handle, info, e); });
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Training_create(JNIEnv* env, jclass, jobject from, jobjectArray images, jobject progress)
{
    const TrainingOptions options(env, from);
    const TrainingImages seen(env, images);
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    Owned training(biodl_training_destroy);
    biodl_error error = new_error();
    const biodl_status status =
        biodl_training_create(options.get(), seen.data(), seen.count(), on_progress, &listener, &training.handle, &error);
    return succeeded(env, status, error) ? training.release() : 0;
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Training_resume(JNIEnv* env, jclass, jbyteArray id)
{
    const std::string text = to_string(env, id);
    Owned training(biodl_training_destroy);
    biodl_error error = new_error();
    return succeeded(env, biodl_training_resume(text.c_str(), &training.handle, &error), error) ? training.release() : 0;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Training_describe(JNIEnv* env, jclass, jlong handle)
{
    return described(env, tables::training_info,
        [=](biodl_training_info* info, biodl_error* e) { return biodl_training_describe(training_of(handle), info, e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Training_start(JNIEnv* env, jclass, jlong handle)
{
    perform(env, [=](biodl_error* e) { return biodl_training_start(training_of(handle), e); });
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Training_poll(JNIEnv* env, jclass, jlong handle)
{
    return described(env, tables::training_progress,
        [=](biodl_training_progress* progress, biodl_error* e) { return biodl_training_poll(training_of(handle), progress, e); });
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_Training_curve(JNIEnv* env, jclass, jlong handle, jlong first, jlong end)
{
    return rows(env, tables::training_point, end - first,
        [=](int64_t i, biodl_training_point* point, biodl_error* e)
        { return biodl_training_get_point(training_of(handle), first + i, point, e); });
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Training_picture(JNIEnv* env, jclass, jlong handle)
{
    Owned picture(biodl_training_picture_destroy);
    biodl_training_picture_info info;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_training_get_picture(training_of(handle), &picture.handle, &error), error) || !picture.handle
        || !describe(env, info,
            [&](biodl_training_picture_info* i, biodl_error* e) { return biodl_training_picture_describe(picture.handle, i, e); }))
        return nullptr;
    return tables::training_picture_info.of(env, info, planes(env, picture.handle, info));
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Training_snapshot(JNIEnv* env, jclass, jlong handle, jbyteArray folder)
{
    const std::string text = to_string(env, folder);
    perform(env, [&](biodl_error* e) { return biodl_training_snapshot(training_of(handle), text.c_str(), e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Training_stop(JNIEnv* env, jclass, jlong handle)
{
    perform(env, [=](biodl_error* e) { return biodl_training_stop(training_of(handle), e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Training_cancel(JNIEnv* env, jclass, jlong handle)
{
    perform(env, [=](biodl_error* e) { return biodl_training_cancel(training_of(handle), e); });
}

JNIEXPORT jboolean JNICALL Java_org_biodl_jni_Training_await(JNIEnv* env, jclass, jlong handle, jdouble seconds)
{
    int32_t over = 0;
    perform(env, [&](biodl_error* e) { return biodl_training_wait(training_of(handle), seconds, &over, e); });
    return over != 0;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_Training_result(JNIEnv* env, jclass, jlong handle)
{
    return described(env, tables::training_result,
        [=](biodl_training_result* result, biodl_error* e) { return biodl_training_get_result(training_of(handle), result, e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Training_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_training_destroy(from_handle<biodl_training>(handle));
}

JNIEXPORT jobjectArray JNICALL Java_org_biodl_jni_UnfinishedTraining_read(JNIEnv* env, jclass)
{
    Owned list(biodl_unfinished_destroy);
    int64_t count = 0;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_unfinished_open(&list.handle, &error), error)
        || !succeeded(env, biodl_unfinished_count(list.handle, &count, &error), error))
        return nullptr;
    return rows(env, tables::unfinished_entry, count,
        [&](int64_t i, biodl_unfinished_entry* entry, biodl_error* e) { return biodl_unfinished_get(list.handle, i, entry, e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_UnfinishedTraining_discard(JNIEnv* env, jclass, jbyteArray id)
{
    const std::string text = to_string(env, id);
    perform(env, [&](biodl_error* e) { return biodl_training_discard(text.c_str(), e); });
}
}
