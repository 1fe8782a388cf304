/* SPDX-License-Identifier: MIT */
/** @file error.hpp  Exceptions for C++, structs that know their size, handles that close themselves. */
#ifndef BIODL_CPP_ERROR_HPP
#define BIODL_CPP_ERROR_HPP

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include "biodl/biodl.h"

namespace biodl
{

/** A call that failed. what() says what happened and to which file or image. */
class error : public std::runtime_error
{
public:
    error(biodl_status status, const std::string& message, std::string hint)
        : std::runtime_error(message), status_(status), hint_(std::move(hint))
    {
    }

    /** BIODL_STATUS_*, never OK. */
    [[nodiscard]] biodl_status status() const noexcept
    {
        return status_;
    }

    /** What to do about it; may be empty. */
    [[nodiscard]] const std::string& hint() const noexcept
    {
        return hint_;
    }

private:
    biodl_status status_;
    std::string hint_;
};

/** A call that ended because its progress function returned false, or a training that was cancelled. */
class cancelled : public error
{
public:
    using error::error;
};

/** A struct of the C headers with struct_size set and all else zero, which means the default. */
template <class Struct> struct sized : Struct
{
    sized() noexcept : Struct{}
    {
        this->struct_size = static_cast<std::uint32_t>(sizeof(Struct));
    }
};

namespace detail
{

template <class Handle, biodl_status (*Destroy)(Handle*)> struct destroyer
{
    void operator()(Handle* handle) const noexcept
    {
        Destroy(handle);
    }
};

/** A handle that closes itself. */
template <class Handle, biodl_status (*Destroy)(Handle*)> using handle = std::unique_ptr<Handle, destroyer<Handle, Destroy>>;

[[noreturn]] inline void raise(biodl_status status, const char* message, const char* hint)
{
    if (status == BIODL_STATUS_CANCELLED)
        throw cancelled(status, message, hint);
    throw error(status, message, hint);
}

/** function(arguments..., biodl_error*), or an exception. */
template <class Function, class... Arguments> void call(Function function, Arguments... arguments)
{
    biodl_error told;
    told.struct_size = static_cast<std::uint32_t>(sizeof told);
    told.message[0] = told.hint[0] = '\0';
    if (const biodl_status status = function(arguments..., &told); status != BIODL_STATUS_OK)
        raise(status, told.message[0] ? told.message : biodl_status_name(status), told.hint);
}

/** A description: function(arguments..., Struct*, biodl_error*). */
template <class Struct, class Function, class... Arguments> sized<Struct> described(Function function, Arguments... arguments)
{
    sized<Struct> info;
    call(function, arguments..., static_cast<Struct*>(&info));
    return info;
}

/** A handle that the library makes: function(arguments..., Raw**, biodl_error*). */
template <class Handle, class Function, class... Arguments> Handle created(Function function, Arguments... arguments)
{
    typename Handle::pointer raw = nullptr;
    call(function, arguments..., &raw);
    return Handle(raw);
}

/** Text for C, where empty means none. */
inline const char* text(const std::string& words) noexcept
{
    return words.empty() ? nullptr : words.c_str();
}

/** The library that was loaded knows all that these headers declare. */
inline void require_abi()
{
    static const std::uint32_t loaded = biodl_abi_version();
    if (loaded < BIODL_ABI_VERSION)
        throw error(BIODL_STATUS_INVALID_STRUCT,
            "the library that was loaded has ABI " + std::to_string(loaded) + ", this program was compiled for "
                + std::to_string(BIODL_ABI_VERSION),
            "Install the library that the headers came with.");
}

}
}

#endif
