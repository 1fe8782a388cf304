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
    const jboolean go_on = listener.env->CallBooleanMethod(listener.object, names().update, jint(p->stage), jlong(p->done), jlong(p->total),
                                                           jint(p->frame), jint(p->slice), jdouble(p->fraction));
    return !listener.env->ExceptionCheck() && go_on;
}
}
