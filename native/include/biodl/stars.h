/* SPDX-License-Identifier: MIT */
/**
 * @file stars.h
 * Star-convex objects by the road of every other run (run.h): the same options say what the network sees and where; these say which
 * of what it predicts are objects. Every (t, z) plane is segmented by itself, and every object belongs to exactly one tile.
 */
#ifndef BIODL_STARS_H
#define BIODL_STARS_H

#include "biodl/objects.h"
#include "biodl/run.h"

BIODL_BEGIN

/** Which candidates are objects. All zeros, or a NULL pointer, mean the defaults. @since 3 */
typedef struct biodl_star_options
{
    uint32_t struct_size;       /**< sizeof(biodl_star_options) */
    int32_t vertices;           /**< BIODL_VERTICES_* */
    double prob_threshold;      /**< up to 1; 0: the model's own; BIODL_EXACTLY_ZERO */
    double overlap_threshold;   /**< up to 1: an object falls when it shares more than this part of the smaller of the two with a more
                                     probable one; 0: the model's own; BIODL_EXACTLY_ZERO: no overlap at all */
    int32_t label_scope;        /**< BIODL_LABELS_* */
    int32_t border;             /**< candidates this close to the border, in grid cells, are excluded; 0: the model's own (2 where it does
                                     not say); negative: none are */
} biodl_star_options;

/**
 * Plan a segmentation without making it; no pixel is read. The plan's outputs are what the network predicts, which no caller has to
 * provide.
 * @param model    an open StarDist model
 * @param image    as for biodl_run_stars
 * @param options  may be NULL: defaults
 * @param plan     receives the plan; destroy with biodl_plan_destroy. Set to NULL on failure
 * @param error    may be NULL
 * @return INVALID_ARGUMENT (the image does not fit the network), INVALID_HANDLE, MODEL_UNSUPPORTED (not a StarDist model)
 * @since 3
 */
BIODL_API biodl_status biodl_run_stars_plan(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
                                            biodl_plan** plan, biodl_error* error);

/**
 * Segment an image.
 * @param model      an open StarDist model
 * @param image      input, not NULL; UINT8, UINT16, FLOAT32 or ARGB32, with as many (chosen) channels as the model. Never written to. NaN
 *                   and infinite pixels count as 0 after normalisation and are left out of percentiles
 * @param options    may be NULL: defaults. Its region and mask select objects by their centroid: objects, and their
 *                   coordinates, are those of the whole plane, neither cut nor changed by what is left out; what lies around them
 *                   within the network's reach is computed too
 * @param stars      may be NULL: defaults
 * @param progress   may be NULL
 * @param user_data  handed to progress
 * @param labels     may be NULL: no label image. UINT16, UINT32 or FLOAT32 (labels up to 2^24), same T, Z, Y, X as the image, C = 1.
 *                   Written only when all planes succeeded: background 0, and label 1 the most probable object
 * @param objects    receives the objects, may be NULL; destroy with biodl_objects_destroy. Set to NULL on failure
 * @param error      may be NULL
 * @return INVALID_ARGUMENT, INVALID_HANDLE, MODEL_UNSUPPORTED (not a StarDist model), LABEL_OVERFLOW (labels untouched; render the objects
 *         into a wider image), DEVICE_UNAVAILABLE (only for a device asked for by name that does not exist), OUT_OF_MEMORY, CANCELLED, HOST
 * @since 3
 */
BIODL_API biodl_status biodl_run_stars(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
                                       const biodl_star_options* stars, biodl_progress_fn progress, void* user_data,
                                       const biodl_image* labels, biodl_objects** objects, biodl_error* error);

BIODL_END
#endif
