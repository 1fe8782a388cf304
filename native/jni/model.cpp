/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Model: open, describe, segment, close. */
#include "listener.h"
#include "plane_window.h"

using namespace biodl_jni;

namespace
{
// SegmentOptions.integers(): normalize, vertices, label scope, border, tile, memory limit;
// SegmentOptions.numbers(): percentiles low and high, probability threshold, overlap threshold.
biodl_segment_options read_options(JNIEnv* env, jlongArray integers, jdoubleArray numbers)
{
    jlong i[6] = {};
    jdouble d[4] = {};
    env->GetLongArrayRegion(integers, 0, 6, i);
    env->GetDoubleArrayRegion(numbers, 0, 4, d);
    biodl_segment_options options{};
    options.struct_size = sizeof options;
    options.normalize = static_cast<int32_t>(i[0]);
    options.vertices = static_cast<int32_t>(i[1]);
    options.label_scope = static_cast<int32_t>(i[2]);
    options.border = static_cast<int32_t>(i[3]);
    options.tile = static_cast<int32_t>(i[4]);
    options.memory_limit = i[5];
    options.percentile_low = d[0];
    options.percentile_high = d[1];
    options.prob_threshold = d[2];
    options.overlap_threshold = d[3];
    return options;
}
}

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Model_open(JNIEnv* env, jclass, jbyteArray path)
{
    biodl_model* model = nullptr;
    biodl_error error = new_error();
    const std::string text = to_string(env, path);
    return succeeded(env, biodl_model_open(text.c_str(), &model, &error), error) ? to_handle(model) : 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Model_describe(JNIEnv* env, jclass, jlong handle, jobjectArray texts, jdoubleArray numbers)
{
    biodl_model_info info{};
    info.struct_size = sizeof info;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_model_describe(from_handle<biodl_model>(handle), &info, &error), error))
        return;
    fill(env, texts, {info.name, info.description, info.licence, info.source, info.sha256, info.citation, info.id, info.version, info.format,
                      info.weights_format, info.tags});
    fill(env, numbers, {double(info.channels), double(info.rays), double(info.grid_y), double(info.grid_x), info.percentile_low,
                        info.percentile_high, info.prob_threshold, info.overlap_threshold, double(info.task), double(info.inputs),
                        double(info.outputs)});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Model_tensor(JNIEnv* env, jclass, jlong handle, jboolean output, jlong index, jobjectArray texts,
                                                       jdoubleArray numbers)
{
    biodl_tensor_info t{};
    t.struct_size = sizeof t;
    biodl_error error = new_error();
    const biodl_model* model = from_handle<biodl_model>(handle);
    if (!succeeded(env, output ? biodl_model_get_output(model, index, &t, &error) : biodl_model_get_input(model, index, &t, &error), error))
        return;
    fill(env, texts, {t.name, t.axes, t.channel_names, t.processing});
    fill(env, numbers, {double(t.channels), double(t.min[0]), double(t.min[1]), double(t.min[2]), double(t.step[0]), double(t.step[1]),
                        double(t.step[2]), double(t.kind), double(t.restores_input)});
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Model_segment(JNIEnv* env, jclass, jlong handle, jobject view, jobject mask, jlongArray integers,
                                                         jdoubleArray numbers, jbyteArray device, jobject progress)
{
    const PlaneWindow image(env, view);
    const PlaneWindow mask_image(env, mask);
    const std::string device_id = to_string(env, device);
    biodl_segment_options options = read_options(env, integers, numbers);
    options.device = device_id.c_str();
    options.mask = mask_image.image();
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    biodl_objects* objects = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_segment(from_handle<biodl_model>(handle), image.image(), &options, on_progress, &listener, nullptr,
                                              &objects, &error);
    if (succeeded(env, status, error))
        return to_handle(objects);
    biodl_objects_destroy(objects);
    return 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Model_close(JNIEnv*, jclass, jlong handle)
{
    biodl_model_close(from_handle<biodl_model>(handle));
}
}
