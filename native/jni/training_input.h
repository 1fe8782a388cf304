/* SPDX-License-Identifier: MIT */
/** @file training_input.h  The images and options of a training: what Java gives, in the memory that the library reads during the call. */
#ifndef BIODL_JNI_TRAINING_INPUT_H
#define BIODL_JNI_TRAINING_INPUT_H

#include "tables.h"

namespace biodl_jni
{
/** A TrainingOptions.Struct of Java. */
class TrainingOptions
{
public:
    TrainingOptions(JNIEnv* env, jobject from) : _options(tables::training_options.of(env, from, _texts)) {}

    const biodl_training_options* get() const { return &_options; }

private:
    std::deque<std::string> _texts;
    biodl_training_options _options;
};

/** The images of a TrainingImage.Struct[]. */
class TrainingImages
{
public:
    TrainingImages(JNIEnv* env, jobjectArray images)
    {
        const jsize count = images ? env->GetArrayLength(images) : 0;
        // each window keeps a reference to its planes until the call is over
        env->EnsureLocalCapacity(MOST_VIEWS * count + 16);
        for (jsize i = 0; i < count && !env->ExceptionCheck(); i++)
        {
            jobject image = env->GetObjectArrayElement(images, i);
            _pointers.push_back(&_images.emplace_back(read(env, image)));
            env->DeleteLocalRef(image);
        }
    }

    const biodl_training_image* const* data() const { return _pointers.data(); }
    int64_t count() const { return static_cast<int64_t>(_pointers.size()); }

private:
    static constexpr jsize MOST_VIEWS = 3; // of an image

    biodl_training_image read(JNIEnv* env, jobject from)
    {
        biodl_training_image image = tables::training_image.of(env, from, _texts);
        image.input = view(env, from, "input");
        image.target = view(env, from, "target");
        image.labels = view(env, from, "labels");
        image.classes = numbers(env, from, "classes", image.classes_count);
        image.channels = numbers(env, from, "channels", image.channels_count);
        image.target_channels = numbers(env, from, "targetChannels", image.target_channels_count);
        return image;
    }

    const biodl_image* view(JNIEnv* env, jobject from, const char* name)
    {
        jobject object = tables::training_image.object(env, from, name);
        const biodl_image* image = _windows.emplace_back(env, object).image();
        env->DeleteLocalRef(object);
        return image;
    }

    const int32_t* numbers(JNIEnv* env, jobject from, const char* name, int64_t& count)
    {
        auto array = static_cast<jintArray>(tables::training_image.object(env, from, name));
        count = array ? env->GetArrayLength(array) : 0;
        std::vector<jint>& values = _numbers.emplace_back(static_cast<std::size_t>(count));
        if (count > 0)
            env->GetIntArrayRegion(array, 0, static_cast<jsize>(count), values.data());
        env->DeleteLocalRef(array);
        return count > 0 ? values.data() : nullptr;
    }

    // Their addresses must not change.
    std::deque<std::string> _texts;
    std::deque<PlaneWindow> _windows;
    std::deque<std::vector<jint>> _numbers;
    std::deque<biodl_training_image> _images;
    std::vector<const biodl_training_image*> _pointers;
};
}

#endif
