/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <algorithm>
#include <cstring>

namespace biodl_jni
{
namespace
{
template <typename T> const T& at(const char* place) { return *reinterpret_cast<const T*>(place); }

jvalue to_value(jobject object)
{
    jvalue value{};
    value.l = object;
    return value;
}

/** A local reference to an array that holds what an array field holds. */
jobject to_array(JNIEnv* env, const Value& value, const char* place)
{
    if (value.signature == "[J")
    {
        jlongArray array = env->NewLongArray(value.length);
        if (array)
            env->SetLongArrayRegion(array, 0, value.length, reinterpret_cast<const jlong*>(place));
        return array;
    }
    jdoubleArray array = env->NewDoubleArray(value.length);
    if (array)
        env->SetDoubleArrayRegion(array, 0, value.length, reinterpret_cast<const jdouble*>(place));
    return array;
}

jvalue to_java(JNIEnv* env, const Value& value, const char* place)
{
    jvalue result{};
    switch (value.signature[0])
    {
    case 'I': result.i = at<int32_t>(place); break;
    case 'J': result.j = at<int64_t>(place); break;
    case 'F': result.f = at<float>(place); break;
    case 'D': result.d = at<double>(place); break;
    default: result.l = value.length > 0 ? to_array(env, value, place) : to_bytes(env, at<const char*>(place)); break;
    }
    return result;
}

jarray new_array(JNIEnv* env, char type, jsize length)
{
    switch (type)
    {
    case 'I': return env->NewIntArray(length);
    case 'J': return env->NewLongArray(length);
    case 'F': return env->NewFloatArray(length);
    default: return env->NewDoubleArray(length);
    }
}

/** One field of many structs as an array; null with an exception pending when memory is short. */
jarray to_column(JNIEnv* env, const Value& value, const char* first, jsize count, int64_t step)
{
    const std::size_t size = value.signature == "I" || value.signature == "F" ? 4 : 8;
    jarray array = new_array(env, value.signature[0], count);
    char* target = array && count > 0 ? static_cast<char*>(env->GetPrimitiveArrayCritical(array, nullptr)) : nullptr;
    if (!target)
        return count > 0 ? nullptr : array;
    for (jsize i = 0; i < count; i++)
        std::memcpy(target + size * static_cast<std::size_t>(i), first + i * step + value.offset, size);
    env->ReleasePrimitiveArrayCritical(array, target, 0);
    return array;
}

void read_array(JNIEnv* env, const Value& value, jobject array, char* place)
{
    if (value.signature == "[J")
        env->GetLongArrayRegion(static_cast<jlongArray>(array), 0, value.length, reinterpret_cast<jlong*>(place));
    else
        env->GetDoubleArrayRegion(static_cast<jdoubleArray>(array), 0, value.length, reinterpret_cast<jdouble*>(place));
}
}

bool Table::load_class(JNIEnv* env)
{
    jclass local = env->FindClass(_name);
    _type = local ? static_cast<jclass>(env->NewGlobalRef(local)) : nullptr;
    env->DeleteLocalRef(local);
    return _type;
}

bool Table::load_constructor(JNIEnv* env, const char* prefix)
{
    std::string signature = std::string("(") + _rows;
    for (const Value& value : _values)
        signature += prefix + value.signature;
    _constructor = load_class(env) ? env->GetMethodID(_type, "<init>", (signature + ")V").c_str()) : nullptr;
    return _constructor;
}

bool Table::load_fields(JNIEnv* env)
{
    bool found = load_class(env);
    for (Value& value : _values)
        found = found && (value.field = env->GetFieldID(_type, value.name, value.signature.c_str()));
    return found;
}

// Each value may be an object, so the frame has room for all of them and what they are made into.
jobject Table::make(JNIEnv* env, const char* from, jobject rows) const
{
    if (env->ExceptionCheck() || env->PushLocalFrame(static_cast<jint>(_values.size()) + 2) != 0)
        return nullptr;
    std::vector<jvalue> arguments;
    if (_rows[0])
        arguments.push_back(to_value(rows));
    for (const Value& value : _values)
        if (!env->ExceptionCheck())
            arguments.push_back(to_java(env, value, from + value.offset));
    return env->PopLocalFrame(env->ExceptionCheck() ? nullptr : env->NewObjectA(_type, _constructor, arguments.data()));
}

jobject Table::make_columns(JNIEnv* env, const char* first, jsize count, int64_t step) const
{
    if (env->ExceptionCheck() || env->PushLocalFrame(static_cast<jint>(_values.size()) + 2) != 0)
        return nullptr;
    std::vector<jvalue> arguments;
    for (const Value& value : _values)
        if (!env->ExceptionCheck())
            arguments.push_back(to_value(to_column(env, value, first, count, step)));
    return env->PopLocalFrame(env->ExceptionCheck() ? nullptr : env->NewObjectA(_type, _constructor, arguments.data()));
}

void Table::read(JNIEnv* env, jobject from, char* to, std::deque<std::string>& texts) const
{
    for (const Value& value : _values)
    {
        char* place = to + value.offset;
        if (env->ExceptionCheck())
            return;
        if (value.signature == "I")
            *reinterpret_cast<int32_t*>(place) = env->GetIntField(from, value.field);
        else if (value.signature == "J")
            *reinterpret_cast<int64_t*>(place) = env->GetLongField(from, value.field);
        else if (value.signature == "D")
            *reinterpret_cast<double*>(place) = env->GetDoubleField(from, value.field);
        else if (value.length > 0 || value.signature == "[B")
        {
            jobject object = env->GetObjectField(from, value.field);
            if (value.length > 0)
                read_array(env, value, object, place);
            else
                *reinterpret_cast<const char**>(place) = texts.emplace_back(to_string(env, static_cast<jbyteArray>(object))).c_str();
            env->DeleteLocalRef(object);
        }
    }
}

const Value& Table::find(const char* name) const
{
    return *std::find_if(_values.begin(), _values.end(), [name](const Value& value) { return std::strcmp(value.name, name) == 0; });
}
}
