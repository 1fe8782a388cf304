/* SPDX-License-Identifier: MIT */
/**
 * @file device.h
 * What can run a network here. Devices are found once, at the first question. The CPU is always device 0. A kind of
 * device that this build knows but this machine cannot use is listed too, with the reason.
 */
#ifndef BIODL_DEVICE_H
#define BIODL_DEVICE_H

#include "biodl/status.h"

BIODL_BEGIN

enum
{
    BIODL_DEVICE_CPU = 1,
    BIODL_DEVICE_CUDA = 2,
    BIODL_DEVICE_DIRECTML = 3,
    BIODL_DEVICE_COREML = 4
};

/** One device. The strings live as long as the process. @since 1 */
typedef struct biodl_device_info
{
    uint32_t struct_size;           /**< sizeof(biodl_device_info), set by the caller */
    int32_t kind;                   /**< BIODL_DEVICE_* */
    const char* id;                 /**< what options take: "cpu", "cuda:0" */
    const char* name;               /**< what a person reads, such as the card's name */
    int64_t memory_bytes;           /**< memory of the device, 0 where unknown */
    int32_t available;              /**< 1 or 0 */
    int32_t reserved;
    const char* unavailable_reason; /**< why not, "" when available */
} biodl_device_info;

/** The number of devices listed, usable or not; at least 1. @param count not NULL @since 1 */
BIODL_API biodl_status biodl_device_count(int32_t* count, biodl_error* error);

/** Describe device `index`, 0 up to count - 1. @param info not NULL, struct_size set @since 1 */
BIODL_API biodl_status biodl_device_get(int32_t index, biodl_device_info* info, biodl_error* error);

BIODL_END
#endif
