/* SPDX-License-Identifier: MIT */
/* org.biodl.jni.Outputs: files that the plugin writes. */
#include <vector>

#include "support.h"

using namespace biodl_jni;

namespace
{
/** Texts of a byte[][], and pointers to them. */
class Texts
{
public:
    Texts(JNIEnv* env, jobjectArray texts)
    {
        const jsize count = env->GetArrayLength(texts);
        for (jsize i = 0; i < count; i++)
        {
            jbyteArray text = static_cast<jbyteArray>(env->GetObjectArrayElement(texts, i));
            _texts.push_back(to_string(env, text));
            env->DeleteLocalRef(text);
        }
        for (const std::string& text : _texts)
            _pointers.push_back(text.c_str());
    }

    const char* const* data() const { return _pointers.data(); }

    int64_t count() const { return static_cast<int64_t>(_pointers.size()); }

private:
    std::vector<std::string> _texts;
    std::vector<const char*> _pointers;
};
}

extern "C"
{
JNIEXPORT void JNICALL Java_org_biodl_jni_Outputs_check(JNIEnv* env, jclass, jobjectArray outputs, jobjectArray inputs, jboolean overwrite)
{
    const Texts written(env, outputs);
    const Texts read(env, inputs);
    biodl_error error = new_error();
    succeeded(env, biodl_outputs_check(written.data(), written.count(), read.data(), read.count(), overwrite ? 1 : 0, &error), error);
}

JNIEXPORT void JNICALL Java_org_biodl_jni_Outputs_place(JNIEnv* env, jclass, jbyteArray written, jbyteArray path, jboolean overwrite)
{
    const std::string from = to_string(env, written);
    const std::string to = to_string(env, path);
    biodl_error error = new_error();
    succeeded(env, biodl_output_place(from.c_str(), to.c_str(), overwrite ? 1 : 0, &error), error);
}
}
