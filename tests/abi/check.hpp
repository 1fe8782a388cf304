/* check.h for C++: an exception that names what is wrong, and numbers that are the same each time. */
#ifndef BIODL_TESTS_CHECK_HPP
#define BIODL_TESTS_CHECK_HPP

#include <cstring>
#include "check.h"
#include "biodl/biodl.hpp"

/** The expression throws a biodl::error of this status whose message names `word`, with a hint. */
#define CHECK_THROWS(expression, expected, word) \
    do \
    { \
        bool thrown = false; \
        try \
        { \
            (void)(expression); \
        } \
        catch (const biodl::error& told) \
        { \
            thrown = true; \
            if (told.status() != (expected) || !std::strstr(told.what(), (word)) || told.hint().empty()) \
            { \
                std::fprintf(stderr, "%s:%d: %s\n  gave %s: %s | %s\n", __FILE__, __LINE__, #expression, biodl_status_name(told.status()), \
                    told.what(), told.hint().c_str()); \
                std::exit(1); \
            } \
        } \
        CHECK(thrown); \
    } \
    while (0)

/** Numbers of a linear congruential generator (Knuth), so that a failure comes again. */
class numbers
{
public:
    explicit numbers(std::uint32_t seed) : state_(seed) {}

    /** From `low` to `high`, both included. */
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        state_ = state_ * 1664525u + 1013904223u;
        return low + static_cast<std::int64_t>(state_ >> 8) % (high - low + 1);
    }

private:
    std::uint32_t state_;
};

#endif
