/* A cache of a test's own, beside its program. Include it first: setenv is POSIX's. */
#ifndef BIODL_TESTS_OWN_CACHE_H
#define BIODL_TESTS_OWN_CACHE_H

#ifndef _POSIX_C_SOURCE
#    define _POSIX_C_SOURCE 200112L
#endif
#include <stdio.h>
#include <stdlib.h>

static inline void own_cache(const char* name)
{
    char folder[256];
    snprintf(folder, sizeof folder, "%s.cache", name);
#ifdef _WIN32
    _putenv_s("BIODL_CACHE", folder);
#else
    setenv("BIODL_CACHE", folder, 1);
#endif
}

#endif
