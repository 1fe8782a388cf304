/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Candidates: what is kept of a run, and the objects among it. */
#include "listener.h"
#include "rows.h"
#include "run_options.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jobject JNICALL Java_org_biodl_jni_Candidates_describe(JNIEnv* env, jclass, jlong handle)
{
    const biodl_candidates* candidates = from_handle<biodl_candidates>(handle);
    return described(env, tables::candidates_info,
        [=](biodl_candidates_info* info, biodl_error* e) { return biodl_candidates_describe(candidates, info, e); });
}

JNIEXPORT jlong JNICALL Java_org_biodl_jni_Candidates_select(JNIEnv* env, jclass, jlong handle, jobject stars, jobject progress)
{
    const StarOptions options(env, stars);
    if (env->ExceptionCheck())
        return 0;
    Listener listener{env, progress};
    Owned objects(biodl_objects_destroy);
    biodl_error error = new_error();
    const biodl_status status = biodl_candidates_select(
        from_handle<biodl_candidates>(handle), options.get(), on_progress, &listener, nullptr, &objects.handle, &error);
    return succeeded(env, status, error) ? objects.release() : 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Candidates_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_candidates_destroy(from_handle<biodl_candidates>(handle));
}
}
