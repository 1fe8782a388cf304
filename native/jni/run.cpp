/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.RunPlan and RunResult: any network, images in and images out. */
#include <deque>
#include <vector>

#include "listener.h"
#include "plane_window.h"

using namespace biodl_jni;

namespace
{
/** The images of an ImageView[] during one call; null entries are NULL. */
class Windows
{
public:
    Windows(JNIEnv* env, jobjectArray views)
    {
        const jsize count = views ? env->GetArrayLength(views) : 0;
        for (jsize i = 0; i < count && !env->ExceptionCheck(); i++)
        {
            jobject view = env->GetObjectArrayElement(views, i);
            _images.push_back(_windows.emplace_back(env, view).image());
            env->DeleteLocalRef(view);
        }
    }

    const biodl_image* const* data() const { return _images.data(); }
    int64_t count() const { return static_cast<int64_t>(_images.size()); }

private:
    std::deque<PlaneWindow> _windows;       // their addresses must not change
    std::vector<const biodl_image*> _images;
};

/** The fields of a RunOptions of Java, and the memory that the library's options point to. */
class Options
{
public:
    /**
     * @param integers normalize, scale, tile, memory limit, region (top, left, height, width)
     * @param numbers  percentiles low and high
     * @param channels int[] for each input, or null
     */
    Options(JNIEnv* env, jlongArray integers, jdoubleArray numbers, jbyteArray device, jobjectArray channels) : _device(to_string(env, device))
    {
        jlong i[8] = {};
        jdouble d[2] = {};
        env->GetLongArrayRegion(integers, 0, 8, i);
        env->GetDoubleArrayRegion(numbers, 0, 2, d);
        _options.struct_size = sizeof _options;
        _options.normalize = static_cast<int32_t>(i[0]);
        _options.scale = static_cast<int32_t>(i[1]);
        _options.tile = static_cast<int32_t>(i[2]);
        _options.memory_limit = i[3];
        for (int k = 0; k < 4; k++)
            _options.region[k] = i[4 + k];
        _options.percentile_low = d[0];
        _options.percentile_high = d[1];
        _options.device = _device.c_str();
        read_channels(env, channels);
    }

    const biodl_run_options* get() const { return &_options; }

private:
    void read_channels(JNIEnv* env, jobjectArray channels)
    {
        const jsize count = channels ? env->GetArrayLength(channels) : 0;
        for (jsize k = 0; k < count && !env->ExceptionCheck(); k++)
        {
            auto array = static_cast<jintArray>(env->GetObjectArrayElement(channels, k));
            std::vector<jint>& index = _indices.emplace_back(array ? env->GetArrayLength(array) : 0);
            if (!index.empty())
                env->GetIntArrayRegion(array, 0, static_cast<jsize>(index.size()), index.data());
            env->DeleteLocalRef(array);
            _channels.push_back({index.empty() ? nullptr : index.data(), static_cast<int64_t>(index.size())});
        }
        _options.channels = _channels.empty() ? nullptr : _channels.data();
        _options.channels_count = static_cast<int64_t>(_channels.size());
    }

    biodl_run_options _options{};
    std::string _device;
    std::deque<std::vector<jint>> _indices;
    std::vector<biodl_channels> _channels;
};
}

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_RunPlan_plan(JNIEnv* env, jclass, jlong model, jobjectArray inputs, jlongArray integers,
                                                        jdoubleArray numbers, jbyteArray device, jobjectArray channels)
{
    const Windows images(env, inputs);
    const Options options(env, integers, numbers, device, channels);
    if (env->ExceptionCheck())
        return 0;
    biodl_plan* plan = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_run_plan(from_handle<biodl_model>(model), images.data(), images.count(), options.get(), &plan, &error);
    return succeeded(env, status, error) ? to_handle(plan) : 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunPlan_describe(JNIEnv* env, jclass, jlong handle, jobjectArray texts, jdoubleArray numbers)
{
    biodl_plan_info p{};
    p.struct_size = sizeof p;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_plan_describe(from_handle<biodl_plan>(handle), &p, &error), error))
        return;
    fill(env, texts, {p.match, p.why, p.warnings});
    fill(env, numbers, {double(p.outputs), double(p.tiles), double(p.tile[0]), double(p.tile[1]), double(p.tile[2]), double(p.halo[0]),
                        double(p.halo[1]), double(p.halo[2]), double(p.memory_bytes)});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunPlan_output(JNIEnv* env, jclass, jlong handle, jlong index, jobjectArray texts, jdoubleArray numbers)
{
    biodl_plan_output o{};
    o.struct_size = sizeof o;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_plan_get_output(from_handle<biodl_plan>(handle), index, &o, &error), error))
        return;
    fill(env, texts, {o.name, o.data_type, o.channel_names});
    fill(env, numbers, {double(o.kind), double(o.restores_input), double(o.dtype), double(o.shape[0]), double(o.shape[1]), double(o.shape[2]),
                        double(o.shape[3]), double(o.shape[4]), o.pixel_pitch[0], o.pixel_pitch[1], o.pixel_pitch[2], o.origin[0], o.origin[1],
                        o.origin[2]});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunPlan_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_plan_destroy(from_handle<biodl_plan>(handle));
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_RunResult_run(JNIEnv* env, jclass, jlong model, jobjectArray inputs, jlongArray integers,
                                                         jdoubleArray numbers, jbyteArray device, jobjectArray channels, jobjectArray outputs,
                                                         jobject progress)
{
    const Windows images(env, inputs);
    const Windows results(env, outputs);
    const Options options(env, integers, numbers, device, channels);
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    biodl_result* result = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_run(from_handle<biodl_model>(model), images.data(), images.count(), options.get(), on_progress, &listener,
                                          results.data(), results.count(), &result, &error);
    if (succeeded(env, status, error))
        return to_handle(result);
    biodl_result_destroy(result);
    return 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunResult_describe(JNIEnv* env, jclass, jlong handle, jobjectArray texts, jdoubleArray numbers)
{
    biodl_result_info r{};
    r.struct_size = sizeof r;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_result_describe(from_handle<biodl_result>(handle), &r, &error), error))
        return;
    fill(env, texts, {r.device, r.device_name, r.warnings, r.provenance});
    fill(env, numbers, {double(r.fell_back), double(r.tiles), double(r.tile[0]), double(r.tile[1]), double(r.tile[2]), double(r.bytes_read),
                        double(r.bytes_written), r.prepare_ms, r.statistics_ms, r.read_ms, r.network_ms, r.write_ms, r.total_ms});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunResult_output(JNIEnv* env, jclass, jlong handle, jlong index, jdoubleArray numbers)
{
    biodl_result_output o{};
    o.struct_size = sizeof o;
    biodl_error error = new_error();
    if (succeeded(env, biodl_result_get_output(from_handle<biodl_result>(handle), index, &o, &error), error))
        fill(env, numbers, {double(o.clipped), double(o.not_finite)});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_RunResult_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_result_destroy(from_handle<biodl_result>(handle));
}
}
