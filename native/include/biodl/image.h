/* SPDX-License-Identifier: MIT */
/**
 * @file image.h
 * How pixels cross: a `biodl_image` describes memory of the caller's and is never a copy.
 *
 * Axes are always T, Z, C, Y, X; an axis the image has not has size 1. A *plane* is the Y, X pixels of one (t, z, c), and
 * has the number (t * Z + z) * C + c. Strides are in bytes and may be negative or skip pixels, so a channel of an
 * interleaved image, a region of interest or a flipped image is a view.
 *
 *   memory that stays        data = first pixel of plane 0, all five strides
 *   memory that may move     lock and unlock callbacks; data = NULL; the strides of T, Z and C are not used
 *
 * With callbacks, the library locks one plane only while it reads or writes one tile of it, never while a network runs
 * and never while another callback is made, and unlocks on every path. `lock` returns where the plane's memory starts
 * *now*; the first pixel of the view lies `offset` bytes further, so that a region of a moving array is a view too.
 *
 * An ARGB32 image has one packed plane (C = 1) that a model with three channels sees as red, green, blue, and a model with one
 * channel as grey, (r + g + b) / 3.
 *
 * What a person sees, what statistics are taken of, what a network gets and what it gives are *values*:
 * value = pixel * value_scale + value_offset. A pixel of an output is (value - value_offset) / value_scale, rounded and clipped to
 * the type. ImageJ's signed 16-bit images are UINT16 pixels with a value_offset of -32768.
 */
#ifndef BIODL_IMAGE_H
#define BIODL_IMAGE_H

#include <string.h>
#include "biodl/status.h"

BIODL_BEGIN

enum
{
    BIODL_DTYPE_UINT8 = 1,
    BIODL_DTYPE_UINT16 = 2,
    BIODL_DTYPE_UINT32 = 3,     /**< label images only */
    BIODL_DTYPE_FLOAT32 = 4,
    BIODL_DTYPE_ARGB32 = 5      /**< one native 32-bit word 0xAARRGGBB a pixel, as ImageJ and Java keep RGB; inputs only */
};

enum { BIODL_AXIS_T = 0, BIODL_AXIS_Z = 1, BIODL_AXIS_C = 2, BIODL_AXIS_Y = 3, BIODL_AXIS_X = 4 };

/** Return where plane `plane` starts and keep it there until unlock; NULL fails the call with BIODL_STATUS_HOST. */
typedef void* (*biodl_lock_fn)(void* user_data, int64_t plane);
/** Release the plane. `written` is 1 when the library wrote into it, else 0. */
typedef void (*biodl_unlock_fn)(void* user_data, int64_t plane, void* start, int32_t written);

/**
 * A view of the caller's pixels.
 * The callbacks are made on the thread that called the library, except that different planes may be asked for by
 * different calls of the library at once when several threads share the image.
 * @since 1
 */
typedef struct biodl_image
{
    uint32_t struct_size;       /**< sizeof(biodl_image) */
    int32_t dtype;              /**< BIODL_DTYPE_* */
    int64_t shape[5];           /**< T, Z, C, Y, X; each at least 1 */
    int64_t strides[5];         /**< bytes between neighbours along each axis */
    void* data;                 /**< first pixel of plane 0, or NULL with callbacks */
    int64_t offset;             /**< bytes added to data, or to what lock returns */
    biodl_lock_fn lock;         /**< with unlock, or both NULL */
    biodl_unlock_fn unlock;
    void* user_data;            /**< handed to the callbacks */
    double value_scale;         /**< value of a step of the pixels, not infinite; 0 means 1. Only 1 for ARGB32 and labels. @since 4 */
    double value_offset;        /**< value of the pixel 0. Only 0 for ARGB32 and labels. @since 4 */
} biodl_image;

/** Bytes of one pixel of `dtype`, 0 for an unknown one. */
static inline int64_t biodl_dtype_size(int32_t dtype)
{
    return dtype == BIODL_DTYPE_UINT8 ? 1 : dtype == BIODL_DTYPE_UINT16 ? 2
         : dtype >= BIODL_DTYPE_UINT32 && dtype <= BIODL_DTYPE_ARGB32 ? 4 : 0;
}

/** A view of a contiguous T, Z, C, Y, X array. */
static inline biodl_image biodl_image_5d(void* data, int32_t dtype, int64_t t, int64_t z, int64_t c, int64_t y, int64_t x)
{
    biodl_image image;
    memset(&image, 0, sizeof image);
    image.struct_size = (uint32_t)sizeof image;
    image.dtype = dtype;
    image.data = data;
    image.shape[0] = t; image.shape[1] = z; image.shape[2] = c; image.shape[3] = y; image.shape[4] = x;
    image.strides[4] = biodl_dtype_size(dtype);
    for (int axis = 3; axis >= 0; axis--)
        image.strides[axis] = image.strides[axis + 1] * image.shape[axis + 1];
    return image;
}

/** A view of one contiguous plane. */
static inline biodl_image biodl_image_2d(void* data, int32_t dtype, int64_t height, int64_t width)
{
    return biodl_image_5d(data, dtype, 1, 1, 1, height, width);
}

BIODL_END
#endif
