/* SPDX-License-Identifier: MIT */
/** @file progress.h  One callback for progress and cancelling, the same for every long call. */
#ifndef BIODL_PROGRESS_H
#define BIODL_PROGRESS_H

#include "biodl/status.h"

BIODL_BEGIN

enum
{
    BIODL_STAGE_PREPARE = 1,    /**< loading the network on the device */
    BIODL_STAGE_STATISTICS = 2, /**< percentiles of a plane */
    BIODL_STAGE_NETWORK = 3,    /**< tiles */
    BIODL_STAGE_SUPPRESS = 4,   /**< non-maximum suppression of a plane */
    BIODL_STAGE_RENDER = 5,     /**< writing labels */
    BIODL_STAGE_DOWNLOAD = 6,   /**< bringing a model; done and total count bytes. @since 2 */
    BIODL_STAGE_VERIFY = 7      /**< a model's own test tensors. @since 2 */
};

/** How far a call is. Lives during the callback only. @since 1 */
typedef struct biodl_progress
{
    uint32_t struct_size;
    int32_t stage;              /**< BIODL_STAGE_* */
    int64_t done;               /**< steps of the whole call done: tiles, over all planes */
    int64_t total;              /**< all steps of the call, at least 1 */
    int32_t frame;              /**< 0-based frame and slice being worked on */
    int32_t slice;
    double fraction;            /**< 0 to 1, never falling */
    double seconds_left;        /**< estimated from what was done so far; negative: not known yet. @since 2 */
} biodl_progress;

/**
 * Called on the thread that made the library call, at least once a tile, never after that call has returned, and never while a plane
 * is locked.
 * @return non-zero to go on, 0 to cancel: the call then ends soon with BIODL_STATUS_CANCELLED, and results are not written
 */
typedef int32_t (*biodl_progress_fn)(void* user_data, const biodl_progress* progress);

BIODL_END
#endif
