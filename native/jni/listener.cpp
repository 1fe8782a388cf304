/* SPDX-License-Identifier: MIT */
#include "listener.h"

namespace biodl_jni
{
int32_t on_progress(void* user_data, const biodl_progress* p)
{
    const Listener& listener = *static_cast<Listener*>(user_data);
    if (listener.env->ExceptionCheck())
        return 0;
    if (!listener.object)
        return 1;
    JNIEnv* env = listener.env;
    const jlong counts[] = {p->stage, p->done, p->total, p->frame, p->slice};
    const jdouble estimates[] = {p->fraction, p->seconds_left};
    jlongArray whole = env->NewLongArray(5);
    jdoubleArray real = whole ? env->NewDoubleArray(2) : nullptr;
    if (!real)
        return 0;
    env->SetLongArrayRegion(whole, 0, 5, counts);
    env->SetDoubleArrayRegion(real, 0, 2, estimates);
    jobject progress = env->NewObject(names().progress, names().progress_new, whole, real);
    const jboolean go_on = progress && env->CallBooleanMethod(listener.object, names().update, progress);
    env->DeleteLocalRef(progress);
    env->DeleteLocalRef(real);
    env->DeleteLocalRef(whole);
    return !env->ExceptionCheck() && go_on;
}
}
