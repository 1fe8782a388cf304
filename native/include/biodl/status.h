/* SPDX-License-Identifier: MIT */
/**
 * @file status.h
 * What every call returns, and the error a caller may ask for.
 *
 * Each function returns a `biodl_status`; its last parameter is a `biodl_error*` that may be NULL. On success the error
 * is left untouched. On failure it holds one sentence about what happened and one about what to do. The error belongs
 * to the caller, so errors of several threads or calls never mix.
 */
#ifndef BIODL_STATUS_H
#define BIODL_STATUS_H

#include <stddef.h>
#include <stdint.h>

#ifndef BIODL_API
#  if defined(_WIN32)
#    define BIODL_API __declspec(dllimport)
#  else
#    define BIODL_API
#  endif
#endif

#ifdef __cplusplus
#  define BIODL_BEGIN extern "C" {
#  define BIODL_END }
#else
#  define BIODL_BEGIN
#  define BIODL_END
#endif

BIODL_BEGIN

/** The outcome of a call. Numbers are pinned for ever; the gaps are for later ones. */
typedef int32_t biodl_status;

enum
{
    BIODL_STATUS_OK = 0,
    /* the caller's arguments */
    BIODL_STATUS_INVALID_ARGUMENT = 100,   /**< NULL where it is not allowed, a value out of range, a size that overflows */
    BIODL_STATUS_INVALID_HANDLE = 101,     /**< closed, foreign or NULL handle */
    BIODL_STATUS_INVALID_STRUCT = 102,     /**< struct_size is zero or smaller than the first version of the struct */
    BIODL_STATUS_LABEL_OVERFLOW = 103,     /**< more labels than the label image's type can hold */
    /* files */
    BIODL_STATUS_NOT_FOUND = 200,          /**< no such file or folder */
    BIODL_STATUS_IO = 201,                 /**< a file could not be read or written */
    BIODL_STATUS_MODEL_INVALID = 210,      /**< not a model, truncated, or not what its description says */
    BIODL_STATUS_MODEL_UNSUPPORTED = 211,  /**< a model for another task, or of a format this version cannot run */
    /* the run */
    BIODL_STATUS_DEVICE_UNAVAILABLE = 300, /**< the device asked for by name does not exist or cannot be used */
    BIODL_STATUS_OUT_OF_MEMORY = 301,
    BIODL_STATUS_HOST = 302,               /**< a callback of the host failed (lock gave NULL) */
    BIODL_STATUS_CANCELLED = 310,          /**< the progress callback returned 0; nothing was lost */
    /* us */
    BIODL_STATUS_INTERNAL = 900            /**< a defect of this library; the message helps us find it */
};

/**
 * One error, in the caller's memory. Set struct_size before the call; text that does not fit is cut at a character
 * boundary and always ends with NUL.
 * @since 1
 */
typedef struct biodl_error
{
    uint32_t struct_size;   /**< sizeof(biodl_error) */
    biodl_status code;      /**< the status that the call returned */
    char message[1024];     /**< what happened, to which file or image */
    char hint[512];         /**< what to do about it; may be empty */
} biodl_error;

/** The name of a status, such as "BIODL_STATUS_CANCELLED"; "unknown" for a number not in the list. Lives for ever. @since 1 */
BIODL_API const char* biodl_status_name(biodl_status status);

BIODL_END
#endif
