/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <cstring>

namespace biodl_jni
{
namespace
{
Names loaded_names;

jclass global_class(JNIEnv* env, const char* name)
{
    jclass local = env->FindClass(name);
    jclass global = local ? static_cast<jclass>(env->NewGlobalRef(local)) : nullptr;
    env->DeleteLocalRef(local);
    return global;
}

jmethodID method(JNIEnv* env, const char* type, const char* name, const char* signature)
{
    jclass local = env->ExceptionCheck() ? nullptr : env->FindClass(type);
    jmethodID id = local ? env->GetMethodID(local, name, signature) : nullptr;
    env->DeleteLocalRef(local);
    return id;
}

jfieldID field(JNIEnv* env, const char* type, const char* name, const char* signature)
{
    jclass local = env->ExceptionCheck() ? nullptr : env->FindClass(type);
    jfieldID id = local ? env->GetFieldID(local, name, signature) : nullptr;
    env->DeleteLocalRef(local);
    return id;
}

/**
 * The engine is compiled for x86-64-v3 (BioDLInstructionSet in Directory.Build.props) and would end the JVM at its first call on an
 * older processor.
 */
bool processor_suffices()
{
#if defined(__x86_64__) && defined(__GNUC__) && !defined(BIODL_ANY_X64)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
#else
    return true;
#endif
}

bool load_names(JNIEnv* env)
{
    if (!processor_suffices())
    {
        jclass error = env->FindClass("java/lang/UnsatisfiedLinkError");
        if (error)
            env->ThrowNew(error, "BioDL needs a processor with AVX2 and FMA (Intel since 2013, AMD since 2015); this one has not got them");
        return false;
    }

    Names& n = loaded_names;
    n.exception = global_class(env, "org/biodl/jni/BioDLException");
    n.exception_new = method(env, "org/biodl/jni/BioDLException", "<init>", "(I[B[B)V");
    n.plane = method(env, "org/biodl/jni/Planes", "plane", "(J)Ljava/lang/Object;");
    n.update = method(env, "org/biodl/jni/ProgressListener", "update", "(Lorg/biodl/jni/Progress;)Z");
    n.view_planes = field(env, "org/biodl/jni/ImageView", "planes", "Lorg/biodl/jni/Planes;");
    if (env->ExceptionCheck())
        return false;
    n.bytes = global_class(env, "[B");
    n.shorts = global_class(env, "[S");
    n.ints = global_class(env, "[I");
    n.floats = global_class(env, "[F");
    return !env->ExceptionCheck() && load_tables(env);
}
}

const Names& names() { return loaded_names; }

void throw_error(JNIEnv* env, biodl_status status, const char* message, const char* hint)
{
    if (env->ExceptionCheck())
        return;
    jbyteArray text = to_bytes(env, message);
    jbyteArray remedy = text ? to_bytes(env, hint) : nullptr;
    jobject exception =
        remedy ? env->NewObject(names().exception, names().exception_new, static_cast<jint>(status), text, remedy) : nullptr;
    if (exception)
        env->Throw(static_cast<jthrowable>(exception));
}

biodl_error new_error()
{
    biodl_error error{};
    error.struct_size = sizeof error;
    return error;
}

bool succeeded(JNIEnv* env, biodl_status status, const biodl_error& error)
{
    if (status != BIODL_STATUS_OK)
        throw_error(env, status, error.message[0] ? error.message : biodl_status_name(status), error.hint);
    return !env->ExceptionCheck();
}

std::string to_string(JNIEnv* env, jbyteArray text)
{
    if (!text)
        return {};
    std::string result(static_cast<size_t>(env->GetArrayLength(text)), '\0');
    env->GetByteArrayRegion(text, 0, static_cast<jsize>(result.size()), reinterpret_cast<jbyte*>(&result[0]));
    return result;
}

jbyteArray to_bytes(JNIEnv* env, const char* text)
{
    const jsize length = text ? static_cast<jsize>(std::strlen(text)) : 0;
    jbyteArray result = env->NewByteArray(length);
    if (result && length > 0)
        env->SetByteArrayRegion(result, 0, length, reinterpret_cast<const jbyte*>(text));
    return result;
}
}

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void*)
{
    JNIEnv* env = nullptr;
    if (vm->GetEnv(reinterpret_cast<void**>(&env), JNI_VERSION_1_8) != JNI_OK)
        return JNI_ERR;
    return biodl_jni::load_names(env) ? JNI_VERSION_1_8 : JNI_ERR;
}
