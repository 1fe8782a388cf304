/* SPDX-License-Identifier: MIT */
/**
 * @file record.h
 * How structs of C become objects of Java and back, field by field and by name. tables.h, which is generated, names the fields; the
 * compiler finds their places and types here, and the JVM is asked for the matching constructors and fields when the shim is loaded.
 */
#ifndef BIODL_JNI_RECORD_H
#define BIODL_JNI_RECORD_H

#include <cstddef>
#include <deque>
#include <type_traits>
#include <vector>

#include "support.h"

namespace biodl_jni
{
/** One field: where it lies in the struct, and what it is in Java. */
struct Value
{
    const char* name;      // in Java
    std::string signature; // the JVM's spelling of its type
    std::size_t offset;
    jsize length;             // of an array inside the struct, else 0
    jfieldID field = nullptr; // of classes that are read
};

/** The JVM's letter for a number of C; text crosses as the bytes of UTF-8. */
template <typename T> constexpr const char* signature_of()
{
    if constexpr (std::is_same_v<T, const char*>)
        return "[B";
    else if constexpr (std::is_same_v<T, int32_t>)
        return "I";
    else if constexpr (std::is_same_v<T, int64_t>)
        return "J";
    else if constexpr (std::is_same_v<T, float>)
        return "F";
    else
    {
        static_assert(std::is_same_v<T, double>, "Java has nothing for this type");
        return "D";
    }
}

template <typename T> Value value(const char* name, std::size_t offset)
{
    using Element = std::remove_extent_t<T>;
    return {name, std::string(std::is_array_v<T> ? "[" : "") + signature_of<Element>(), offset, static_cast<jsize>(std::extent_v<T>)};
}

#define VALUE(type, field, name) value<decltype(type::field)>(#name, offsetof(type, field))
#define OBJECT(name, signature) \
    Value { #name, signature, 0, 0 }

/** A Java class and the fields of C that it has. */
class Table
{
public:
    Table(const char* type, std::vector<Value> values, const char* rows = "") : _name(type), _values(std::move(values)), _rows(rows) {}

    /** A new array of objects of this class, null with an exception pending when memory is short. */
    jobjectArray array(JNIEnv* env, jsize length) const { return env->NewObjectArray(length, _type, nullptr); }

protected:
    bool load_constructor(JNIEnv* env, const char* prefix);
    bool load_fields(JNIEnv* env);
    jobject make(JNIEnv* env, const char* from, jobject rows) const;
    jobject make_columns(JNIEnv* env, const char* first, jsize count, int64_t step) const;
    void read(JNIEnv* env, jobject from, char* to, std::deque<std::string>& texts) const;
    const Value& find(const char* name) const;

private:
    bool load_class(JNIEnv* env);

    const char* _name; // as the JVM spells it
    std::vector<Value> _values;
    const char* _rows;      // signature of the list that the constructor takes first, "" when it takes none
    jclass _type = nullptr; // a global reference
    jmethodID _constructor = nullptr;
};

/** A class whose constructor takes a value for each field. */
template <typename T> class Record : public Table
{
public:
    using Table::Table;
    bool load(JNIEnv* env) { return load_constructor(env, ""); }

    /** @param rows what the constructor takes first, where it does @return null with an exception pending on failure */
    jobject of(JNIEnv* env, const T& from, jobject rows = nullptr) const { return make(env, reinterpret_cast<const char*>(&from), rows); }
};

/** A class whose constructor takes an array for each field: many structs at once. */
template <typename T> class Columns : public Table
{
public:
    using Table::Table;
    bool load(JNIEnv* env) { return load_constructor(env, "["); }

    /** @param step bytes from one struct to the next */
    jobject of(JNIEnv* env, const T* first, int64_t count, int64_t step) const
    {
        return make_columns(env, reinterpret_cast<const char*>(first), static_cast<jsize>(count), step);
    }
};

/** A class whose fields are read. */
template <typename T> class Struct : public Table
{
public:
    using Table::Table;
    bool load(JNIEnv* env) { return load_fields(env); }

    /** Numbers and text of `from`; objects stay null. @param texts receives the text that the struct then points to */
    T of(JNIEnv* env, jobject from, std::deque<std::string>& texts) const
    {
        T to{};
        to.struct_size = sizeof to;
        read(env, from, reinterpret_cast<char*>(&to), texts);
        return to;
    }

    /** A field that is an object, by its name. */
    jobject object(JNIEnv* env, jobject from, const char* name) const
    {
        return env->ExceptionCheck() ? nullptr : env->GetObjectField(from, find(name).field);
    }
};
}

#endif
