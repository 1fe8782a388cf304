/* SPDX-License-Identifier: MIT */
/* Opening, closing, and the messages of libtiff. */
#if !defined(_WIN32)
#  define _DEFAULT_SOURCE
#endif
#include "biodl_tiff_internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(_WIN32)
#  include <windows.h>
#else
#  include <pthread.h>
#  include <sys/mman.h>
#  include <unistd.h>
#endif

/* libtiff's handlers are process-wide and older versions do not say for which file they are called; it calls them on the thread
   that called it, so the text is kept per thread. Warnings matter only where something failed without an error. */
static _Thread_local char error_text[1024];
static _Thread_local char warning_text[1024];

static void append(char* text, size_t size, const char* format, va_list values)
{
    size_t used = strlen(text);
    if (used > 0 && used + 3 < size)
    {
        memcpy(text + used, "; ", 3);
        used += 2;
    }
    vsnprintf(text + used, size - used, format, values);
}

static void on_error(const char* module, const char* format, va_list values)
{
    (void)module;
    append(error_text, sizeof error_text, format, values);
}

static void on_warning(const char* module, const char* format, va_list values)
{
    (void)module;
    append(warning_text, sizeof warning_text, format, values);
}

static void set_handlers(void)
{
    TIFFSetErrorHandler(on_error);
    TIFFSetWarningHandler(on_warning);
}

void biodl_tiff_begin_call(void)
{
    error_text[0] = 0;
    warning_text[0] = 0;
}

static const char* reason(const char* otherwise)
{
    return error_text[0] ? error_text : warning_text[0] ? warning_text : otherwise;
}

int32_t biodl_tiff_fail(biodl_tiff* file, const char* otherwise)
{
    snprintf(file->message, sizeof file->message, "%s", reason(otherwise));
    return 0;
}

static TIFF* open_file(const char* path, const char* mode)
{
#if defined(_WIN32)
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    BOOL pending;
    wchar_t wide[32768];
    if (InitOnceBeginInitialize(&once, 0, &pending, NULL) && pending)
    {
        set_handlers();
        InitOnceComplete(&once, 0, NULL);
    }
    return MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 32768) > 0 ? TIFFOpenW(wide, mode) : NULL;
#else
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_handlers);
    return TIFFOpen(path, mode);
#endif
}

biodl_tiff* biodl_tiff_open(const char* path, const char* mode, char* message, int64_t message_size)
{
    /* "m": libtiff does not map the file by itself, so a file that shrinks is an error and not a signal. */
    char full_mode[16];
    snprintf(full_mode, sizeof full_mode, "%s%s", mode, mode[0] == 'r' ? "m" : "");
    biodl_tiff_begin_call();
    biodl_tiff* file = calloc(1, sizeof *file);
    if (file != NULL)
    {
        file->current = -1;
        file->tiff = open_file(path, full_mode);
    }
    if (file == NULL || file->tiff == NULL)
    {
        snprintf(message, (size_t)message_size, "%s", reason("it cannot be opened"));
        free(file);
        return NULL;
    }
    return file;
}

void biodl_tiff_close(biodl_tiff* file)
{
    if (file == NULL)
        return;
    TIFFClose(file->tiff);
    free(file->pages);
    free(file);
}

const char* biodl_tiff_message(const biodl_tiff* file)
{
    return file->message;
}

const char* biodl_tiff_version(void)
{
    return TIFFGetVersion();
}

void biodl_tiff_release_pages(void* start, int64_t bytes)
{
#if defined(_WIN32)
    (void)start;
    (void)bytes;
#else
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = ((uintptr_t)start + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)start + (uintptr_t)bytes) / page * page;
    if (end > first)
        madvise((void*)first, end - first, MADV_DONTNEED);
#endif
}
