/* SPDX-License-Identifier: MIT */
#include "listener.h"
#include "tables.h"

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
    jobject progress = tables::progress.of(env, *p);
    const jboolean go_on = progress && env->CallBooleanMethod(listener.object, names().update, progress);
    env->DeleteLocalRef(progress);
    return !env->ExceptionCheck() && go_on;
}
}
