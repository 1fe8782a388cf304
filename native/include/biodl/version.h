/* SPDX-License-Identifier: MIT */
/** @file version.h  Versions of the ABI and of the library. */
#ifndef BIODL_VERSION_H
#define BIODL_VERSION_H

#include "biodl/status.h"

BIODL_BEGIN

/** The version of the ABI these headers describe. It rises when a function or field is added; nothing is ever removed. */
#define BIODL_ABI_VERSION 5u

/** The ABI version of the loaded library. A host needs it to be at least BIODL_ABI_VERSION; check before any other call. @since 1 */
BIODL_API uint32_t biodl_abi_version(void);

/** Versions and places, for logs and bug reports. All strings live as long as the process. @since 1 */
typedef struct biodl_version_info
{
    uint32_t struct_size;           /**< sizeof(biodl_version_info), set by the caller */
    uint32_t abi_version;
    const char* version;            /**< of this library, such as "0.1.0" */
    const char* build;              /**< commit and compiler, such as "1a2b3c4 net9.0 linux-x64" */
    const char* runtime_version;    /**< of ONNX Runtime */
    const char* library_path;       /**< where this library was loaded from */
    const char* runtime_path;       /**< where ONNX Runtime was loaded from */
    const char* instruction_set;    /**< what the pixel kernels use on this CPU, such as "AVX-512" */
} biodl_version_info;

/**
 * Fill in `info`.
 * @param info   not NULL, struct_size set
 * @param error  may be NULL
 * @since 1
 */
BIODL_API biodl_status biodl_version_get(biodl_version_info* info, biodl_error* error);

BIODL_END
#endif
