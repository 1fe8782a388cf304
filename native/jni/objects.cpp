/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.SegmentedObjects: what was found, in bulk arrays, and the account of the run. */
#include "plane_window.h"

#include <vector>

using namespace biodl_jni;

namespace
{
bool get_view(JNIEnv* env, jlong handle, biodl_objects_view& view)
{
    view = {};
    view.struct_size = sizeof view;
    biodl_error error = new_error();
    return succeeded(env, biodl_objects_get(from_handle<biodl_objects>(handle), &view, &error), error);
}

const biodl_object& object_at(const biodl_objects_view& view, int64_t index)
{
    return *reinterpret_cast<const biodl_object*>(reinterpret_cast<const char*>(view.objects) + index * view.object_size);
}
}

extern "C"
{
JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_size(JNIEnv* env, jclass, jlong handle, jdoubleArray numbers)
{
    biodl_objects_view view;
    if (get_view(env, handle, view))
        fill(env, numbers, {double(view.count), double(view.rays)});
}

// labels, then frame, slice, top, left, bottom, right of each object
JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_places(JNIEnv* env, jclass, jlong handle, jlongArray labels, jintArray places)
{
    biodl_objects_view view;
    if (!get_view(env, handle, view))
        return;
    std::vector<jlong> numbers;
    std::vector<jint> boxes;
    for (int64_t i = 0; i < view.count; i++)
    {
        const biodl_object& o = object_at(view, i);
        numbers.push_back(o.label);
        boxes.insert(boxes.end(), {o.frame, o.slice, o.top, o.left, o.bottom, o.right});
    }
    env->SetLongArrayRegion(labels, 0, static_cast<jsize>(numbers.size()), numbers.data());
    env->SetIntArrayRegion(places, 0, static_cast<jsize>(boxes.size()), boxes.data());
}

// probability, centre x, centre y of each object, its area, and the vertices of all as they are
JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_shapes(JNIEnv* env, jclass, jlong handle, jfloatArray points, jdoubleArray areas,
                                                                  jfloatArray vertices)
{
    biodl_objects_view view;
    if (!get_view(env, handle, view))
        return;
    std::vector<jfloat> centers;
    std::vector<jdouble> sizes;
    for (int64_t i = 0; i < view.count; i++)
    {
        const biodl_object& o = object_at(view, i);
        centers.insert(centers.end(), {o.probability, o.center_x, o.center_y});
        sizes.push_back(o.area);
    }
    env->SetFloatArrayRegion(points, 0, static_cast<jsize>(centers.size()), centers.data());
    env->SetDoubleArrayRegion(areas, 0, static_cast<jsize>(sizes.size()), sizes.data());
    if (view.count > 0)
        env->SetFloatArrayRegion(vertices, 0, static_cast<jsize>(view.count * view.rays * 2), view.vertices);
}

JNIEXPORT void JNICALL Java_org_biodl_jni_SegmentedObjects_describe(JNIEnv* env, jclass, jlong handle, jobjectArray texts, jdoubleArray numbers)
{
    biodl_objects_report r{};
    r.struct_size = sizeof r;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_objects_describe(from_handle<biodl_objects>(handle), &r, &error), error))
        return;
    fill(env, texts, {r.device, r.device_name, r.warnings, r.provenance});
    fill(env, numbers, {double(r.tile_height), double(r.tile_width), double(r.fell_back), double(r.tiles), double(r.candidates), r.prepare_ms,
                        r.read_ms, r.normalize_ms, r.network_ms, r.candidates_ms, r.suppress_ms, r.render_ms, r.total_ms});
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
