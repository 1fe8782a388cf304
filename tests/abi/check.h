/* A check that fails names its place and ends the test; a program runs the case that its argument names. */
#ifndef BIODL_TESTS_CHECK_H
#define BIODL_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "biodl/biodl.h"

#define CHECK(condition) \
    do \
    { \
        if (!(condition)) \
        { \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            exit(1); \
        } \
    } \
    while (0)

/** The call returns this status, and its error says the same and names `word`. */
#define CHECK_FAILS(call, expected, word) \
    do \
    { \
        biodl_error error = new_error(); \
        biodl_status got = (call); \
        if (got != (expected) || error.code != (expected) || !strstr(error.message, (word)) || !error.hint[0]) \
        { \
            fprintf(stderr, "%s:%d: %s\n  gave %d %s: %s | %s\n  expected %s and '%s'\n", __FILE__, __LINE__, #call, got, \
                biodl_status_name(got), error.message, error.hint, biodl_status_name(expected), (word)); \
            exit(1); \
        } \
    } \
    while (0)

#define CHECK_OK(call) \
    do \
    { \
        biodl_error error = new_error(); \
        biodl_status got = (call); \
        if (got != BIODL_STATUS_OK) \
        { \
            fprintf(stderr, "%s:%d: %s\n  gave %d: %s | %s\n", __FILE__, __LINE__, #call, got, error.message, error.hint); \
            exit(1); \
        } \
    } \
    while (0)

typedef struct test_case
{
    const char* name;
    void (*run)(void);
} test_case;

static inline biodl_error new_error(void)
{
    biodl_error error;
    memset(&error, 0, sizeof error);
    error.struct_size = (uint32_t)sizeof error;
    return error;
}

static inline int run_case(int argc, char** argv, const test_case* cases, int count)
{
    for (int i = 0; argc > 1 && i < count; i++)
        if (strcmp(argv[1], cases[i].name) == 0)
            return cases[i].run(), 0;
    fprintf(stderr, "no such case: %s\n", argc > 1 ? argv[1] : "(none)");
    return 2;
}

#define MAIN(...) \
    int main(int argc, char** argv) \
    { \
        const test_case cases[] = { __VA_ARGS__ }; \
        return run_case(argc, argv, cases, (int)(sizeof cases / sizeof cases[0])); \
    }
#define CASE(name) \
    { \
#        name, name \
    }

#endif
