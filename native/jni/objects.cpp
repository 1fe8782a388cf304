/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.SegmentedObjects: what was found, in bulk arrays, and the account of the run. */
#include "rows.h"

using namespace biodl_jni;

namespace
{
bool get_view(JNIEnv* env, jlong handle, biodl_objects_view& view)
{
    return describe(
        env, view, [=](biodl_objects_view* v, biodl_error* e) { return biodl_objects_get(from_handle<biodl_objects>(handle), v, e); });
}
}

extern "C"
{
JNIEXPORT jobject JNICALL Java_org_biodl_jni_SegmentedObjects_columns(JNIEnv* env, jclass, jlong handle)
{
    biodl_objects_view view;
    return get_view(env, handle, view) ? tables::object.of(env, view.objects, view.count, view.object_size) : nullptr;
}

JNIEXPORT jint JNICALL Java_org_biodl_jni_SegmentedObjects_rays(JNIEnv* env, jclass, jlong handle)
{
    biodl_objects_view view;
    return get_view(env, handle, view) ? view.rays : 0;
}

JNIEXPORT jfloatArray JNICALL Java_org_biodl_jni_SegmentedObjects_vertices(JNIEnv* env, jclass, jlong handle)
{
    biodl_objects_view view;
    if (!get_view(env, handle, view))
        return nullptr;
    const int64_t count = view.count * view.rays * 2;
    if (count > INT32_MAX)
        throw_error(env, BIODL_STATUS_OUT_OF_MEMORY, "There are more objects than a Java array can hold.", "Segment a part of the image.");
    jfloatArray array = env->ExceptionCheck() ? nullptr : env->NewFloatArray(static_cast<jsize>(count));
    if (array && count > 0)
        env->SetFloatArrayRegion(array, 0, static_cast<jsize>(count), view.vertices);
    return array;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_SegmentedObjects_describe(JNIEnv* env, jclass, jlong handle)
{
    const biodl_objects* objects = from_handle<biodl_objects>(handle);
    return described(env, tables::objects_report,
        [=](biodl_objects_report* report, biodl_error* e) { return biodl_objects_describe(objects, report, e); });
}

JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_render(JNIEnv* env, jclass, jlong handle, jobject labels)
{
    const PlaneWindow image(env, labels);
    biodl_error error = new_error();
    if (!env->ExceptionCheck())
        succeeded(env, biodl_objects_render(from_handle<biodl_objects>(handle), image.image(), &error), error);
}

JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_objects_destroy(from_handle<biodl_objects>(handle));
}
}
