/* SPDX-License-Identifier: MIT */
/** @file progress.hpp  A callable for progress and cancelling. */
#ifndef BIODL_CPP_PROGRESS_HPP
#define BIODL_CPP_PROGRESS_HPP

#include <exception>
#include <functional>
#include "biodl/cpp/error.hpp"

namespace biodl
{

/**
 * Told at least once a tile how far a call is, on the thread that made the call and never after it has returned. False cancels: the call
 * throws biodl::cancelled. What it throws comes out of the call. An empty function is never called.
 */
using progress_function = std::function<bool(const biodl_progress&)>;

namespace detail
{

/** Between a callable and the C callback, over which no exception may go. */
class listener
{
public:
    explicit listener(const progress_function& tell) noexcept : tell_(tell)
    {
    }

    [[nodiscard]] biodl_progress_fn function() const noexcept
    {
        return tell_ ? &told : nullptr;
    }

    void rethrow() const
    {
        if (thrown_)
            std::rethrow_exception(thrown_);
    }

private:
    static std::int32_t told(void* self, const biodl_progress* progress) noexcept
    {
        auto& me = *static_cast<listener*>(self);
        try
        {
            return me.tell_(*progress);
        }
        catch (...)
        {
            me.thrown_ = std::current_exception();
            return 0;
        }
    }

    const progress_function& tell_;
    std::exception_ptr thrown_;
};

/** run(callback, user data), and what the progress function threw in place of the cancelled call that follows from it. */
template <class Run> auto watched(const progress_function& progress, Run run)
{
    listener heard(progress);
    try
    {
        auto result = run(heard.function(), static_cast<void*>(&heard));
        heard.rethrow();
        return result;
    }
    catch (const error&)
    {
        heard.rethrow();
        throw;
    }
}

}
}

#endif
