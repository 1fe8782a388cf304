/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Verification: a model against its own test tensors. */
#include "listener.h"
#include "rows.h"

using namespace biodl_jni;

extern "C" JNIEXPORT jobject JNICALL Java_org_biodl_jni_Verification_verify(
    JNIEnv* env, jclass, jlong model, jbyteArray device, jobject progress)
{
    const std::string device_id = to_string(env, device);
    Listener listener{env, progress};
    Owned verification(biodl_verification_destroy);
    biodl_error error = new_error();
    const biodl_status status =
        biodl_model_verify(from_handle<biodl_model>(model), device_id.c_str(), on_progress, &listener, &verification.handle, &error);
    biodl_verification_info info;
    const biodl_verification* report = verification.handle;
    if (!succeeded(env, status, error)
        || !describe(env, info, [&](biodl_verification_info* i, biodl_error* e) { return biodl_verification_describe(report, i, e); }))
        return nullptr;
    jobjectArray outputs = rows(env, tables::verification_output, info.outputs,
        [&](int64_t i, biodl_verification_output* o, biodl_error* e) { return biodl_verification_get_output(report, i, o, e); });
    return tables::verification_info.of(env, info, outputs);
}
