/* SPDX-License-Identifier: MIT */
/** @file listener.h  A ProgressListener of Java as the library's progress callback, the same for every long call. */
#ifndef BIODL_JNI_LISTENER_H
#define BIODL_JNI_LISTENER_H

#include "support.h"

namespace biodl_jni
{
/** The listener of one call and the thread it is told on; lives on the stack of that thread. Hand it over as user_data. */
struct Listener
{
    JNIEnv* env;
    jobject object; // a ProgressListener, or null
};

/** A biodl_progress_fn. A pending exception (of a plane that could not be read, or of the listener) cancels the call; Java then sees it. */
int32_t on_progress(void* user_data, const biodl_progress* progress);
}

#endif
