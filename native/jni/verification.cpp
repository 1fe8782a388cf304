/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Verification: a model against its own test tensors. */
#include "listener.h"

using namespace biodl_jni;

extern "C"
{
JNIEXPORT jlong JNICALL Java_org_biodl_jni_Verification_verify(JNIEnv* env, jclass, jlong model, jbyteArray device, jobject progress)
{
    const std::string device_id = to_string(env, device);
    Listener listener{env, progress};
    biodl_verification* verification = nullptr;
    biodl_error error = new_error();
    const biodl_status status = biodl_model_verify(from_handle<biodl_model>(model), device_id.c_str(), on_progress, &listener, &verification, &error);
    if (succeeded(env, status, error))
        return to_handle(verification);
    biodl_verification_destroy(verification);
    return 0;
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Verification_describe(JNIEnv* env, jclass, jlong handle, jobjectArray texts, jdoubleArray numbers)
{
    biodl_verification_info v{};
    v.struct_size = sizeof v;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_verification_describe(from_handle<biodl_verification>(handle), &v, &error), error))
        return;
    fill(env, texts, {v.device, v.weights_format, v.text});
    fill(env, numbers, {double(v.outcome), double(v.outputs), v.milliseconds});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Verification_output(JNIEnv* env, jclass, jlong handle, jlong index, jobjectArray texts, jdoubleArray numbers)
{
    biodl_verification_output o{};
    o.struct_size = sizeof o;
    biodl_error error = new_error();
    if (!succeeded(env, biodl_verification_get_output(from_handle<biodl_verification>(handle), index, &o, &error), error))
        return;
    fill(env, texts, {o.name});
    fill(env, numbers, {double(o.passed), double(o.values), double(o.mismatches), o.largest_deviation, o.absolute_tolerance,
                        o.relative_tolerance, o.allowed_per_million});
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Verification_destroy(JNIEnv*, jclass, jlong handle)
{
    biodl_verification_destroy(from_handle<biodl_verification>(handle));
}
}
