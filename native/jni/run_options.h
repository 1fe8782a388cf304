/* SPDX-License-Identifier: MIT */
/** @file run_options.h  The images and options of one run: what Java gives, in the memory that the library reads during the call. */
#ifndef BIODL_JNI_RUN_OPTIONS_H
#define BIODL_JNI_RUN_OPTIONS_H

#include "tables.h"

namespace biodl_jni
{
/** The images of an ImageView[]; null entries are NULL. */
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
    std::deque<PlaneWindow> _windows; // their addresses must not change
    std::vector<const biodl_image*> _images;
};

/** A RunOptions.Struct of Java, and the memory that the library's options point to. */
class RunOptions
{
public:
    RunOptions(JNIEnv* env, jobject from)
        : _options(tables::run_options.of(env, from, _texts)),
          _mask(env, tables::run_options.object(env, from, "mask"))
    {
        _options.mask = _mask.image();
        read_channels(env, static_cast<jobjectArray>(tables::run_options.object(env, from, "channels")));
        read_values(env, static_cast<jobjectArray>(tables::run_options.object(env, from, "percentileValues")));
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

    void read_values(JNIEnv* env, jobjectArray pairs)
    {
        const jsize count = pairs ? env->GetArrayLength(pairs) : 0;
        for (jsize k = 0; k < count && !env->ExceptionCheck(); k++)
        {
            auto pair = static_cast<jdoubleArray>(env->GetObjectArrayElement(pairs, k));
            jdouble values[2] = {};
            if (pair)
                env->GetDoubleArrayRegion(pair, 0, 2, values);
            env->DeleteLocalRef(pair);
            _values.push_back({values[0], values[1]});
        }
        _options.percentile_values = _values.empty() ? nullptr : _values.data();
        _options.percentile_values_count = static_cast<int64_t>(_values.size());
    }

    std::deque<std::string> _texts;
    biodl_run_options _options;
    PlaneWindow _mask;
    std::deque<std::vector<jint>> _indices;
    std::vector<biodl_channels> _channels;
    std::vector<biodl_range> _values;
};

/** A StarOptions.Struct of Java, and the images that the library's options point to. */
class StarOptions
{
public:
    StarOptions(JNIEnv* env, jobject from)
        : _options(tables::star_options.of(env, from, _texts)),
          _probability(env, tables::star_options.object(env, from, "probability")),
          _distances(env, tables::star_options.object(env, from, "distances"))
    {
        _options.probability = _probability.image();
        _options.distances = _distances.image();
    }

    const biodl_star_options* get() const { return &_options; }

private:
    std::deque<std::string> _texts;
    biodl_star_options _options;
    PlaneWindow _probability;
    PlaneWindow _distances;
};
}

#endif
