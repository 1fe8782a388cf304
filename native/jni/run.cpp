/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.RunPlan and RunResult: any network, images in and images out. */
#include "listener.h"
#include "run_options.h"
#include "rows.h"

using namespace biodl_jni;

namespace
{
jobject told(JNIEnv* env, const biodl_plan* plan)
{
    biodl_plan_info info;
    if (!describe(env, info, [=](biodl_plan_info* i, biodl_error* e) { return biodl_plan_describe(plan, i, e); }))
        return nullptr;
    jobjectArray outputs = rows(env, tables::plan_output, info.outputs,
        [=](int64_t i, biodl_plan_output* o, biodl_error* e) { return biodl_plan_get_output(plan, i, o, e); });
    return tables::plan_info.of(env, info, outputs);
}
}

extern "C"
{
JNIEXPORT jobject JNICALL Java_org_biodl_jni_RunPlan_plan(JNIEnv* env, jclass, jlong model, jobjectArray inputs, jobject from)
{
    const Windows images(env, inputs);
    const RunOptions options(env, from);
    if (env->ExceptionCheck())
        return nullptr;
    Owned plan(biodl_plan_destroy);
    biodl_error error = new_error();
    const biodl_status status =
        biodl_run_plan(from_handle<biodl_model>(model), images.data(), images.count(), options.get(), &plan.handle, &error);
    return succeeded(env, status, error) ? told(env, plan.handle) : nullptr;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_RunPlan_planStars(JNIEnv* env, jclass, jlong model, jobject view, jobject from)
{
    const PlaneWindow image(env, view);
    const RunOptions options(env, from);
    if (env->ExceptionCheck())
        return nullptr;
    Owned plan(biodl_plan_destroy);
    biodl_error error = new_error();
    const biodl_status status = biodl_run_stars_plan(from_handle<biodl_model>(model), image.image(), options.get(), &plan.handle, &error);
    return succeeded(env, status, error) ? told(env, plan.handle) : nullptr;
}

JNIEXPORT jobject JNICALL Java_org_biodl_jni_RunResult_run(
    JNIEnv* env, jclass, jlong model, jobjectArray inputs, jobject from, jobjectArray outputs, jobject progress)
{
    const Windows images(env, inputs);
    const Windows results(env, outputs);
    const RunOptions options(env, from);
    if (env->ExceptionCheck())
        return nullptr;
    Listener listener{env, progress};
    Owned result(biodl_result_destroy);
    biodl_error error = new_error();
    biodl_result_info info;
    const biodl_status status = biodl_run(from_handle<biodl_model>(model), images.data(), images.count(), options.get(), on_progress,
        &listener, results.data(), results.count(), &result.handle, &error);
    if (!succeeded(env, status, error)
        || !describe(env, info, [&](biodl_result_info* i, biodl_error* e) { return biodl_result_describe(result.handle, i, e); }))
        return nullptr;
    jobjectArray told = rows(env, tables::result_output, results.count(),
        [&](int64_t i, biodl_result_output* o, biodl_error* e) { return biodl_result_get_output(result.handle, i, o, e); });
    return tables::result_info.of(env, info, told);
}
}
