/* SPDX-License-Identifier: MIT */
/**
 * @file segment.h
 * Star-convex segmentation (Schmidt et al., Cell Detection with Star-Convex Polygons, MICCAI 2018): image in, label
 * image and objects out. Every (t, z) plane is segmented by itself; percentiles are taken over the whole plane before it is cut into
 * tiles, and every object belongs to exactly one tile.
 *
 * biodl_segment is biodl_run_stars (stars.h) as ABI 1 had it; a new program calls that, whose options are those of every other run.
 */
#ifndef BIODL_SEGMENT_H
#define BIODL_SEGMENT_H

#include "biodl/image.h"
#include "biodl/model.h"
#include "biodl/progress.h"

BIODL_BEGIN

typedef struct biodl_objects biodl_objects;

/** Stands for a value of exactly 0 in options where 0 means the default. */
#define BIODL_EXACTLY_ZERO (-1.0)

enum
{
    BIODL_NORMALIZE_DEFAULT = 0,    /**< as the model describes, with the percentiles below where given */
    BIODL_NORMALIZE_NONE = 1        /**< the pixels are normalised already */
};

enum
{
    BIODL_VERTICES_EXACT = 0,       /**< suppress by the exact overlap of the predicted polygons */
    BIODL_VERTICES_INTEGER = 1      /**< cut vertices to whole pixels first, as the reference implementation does */
};

enum
{
    BIODL_LABELS_PER_PLANE = 0,     /**< labels start at 1 in every plane */
    BIODL_LABELS_UNIQUE = 1,        /**< no label is used twice in the whole series: unique over time */
    BIODL_LABELS_TRACK = 2          /**< an object has the number of its track, so that a nucleus keeps its label (biodl_run_stars) */
};

/** How to segment. All zeros, or a NULL pointer, mean the defaults. @since 1 */
typedef struct biodl_segment_options
{
    uint32_t struct_size;       /**< sizeof(biodl_segment_options) */
    int32_t normalize;          /**< BIODL_NORMALIZE_* */
    double percentile_low;      /**< 0 to 100, in percent; both 0: the model's own */
    double percentile_high;     /**< above percentile_low, up to 100 */
    double prob_threshold;      /**< up to 1; 0: the model's own; BIODL_EXACTLY_ZERO */
    double overlap_threshold;   /**< up to 1: an object falls when it shares more than this part of the smaller of the two with a more
                                     probable one; 0: the model's own; BIODL_EXACTLY_ZERO: no overlap at all */
    int32_t vertices;           /**< BIODL_VERTICES_* */
    int32_t label_scope;        /**< BIODL_LABELS_* */
    int32_t border;             /**< candidates this close to the border, in grid cells, are excluded; 0: the model's own (2 where it does
                                     not say); negative: none are */
    int32_t tile;               /**< side of a tile in pixels, halo included; 0: chosen by the cost model */
    const char* device;         /**< "cpu", "cuda:0", ...; NULL or "auto": the fastest there is */
    const biodl_image* mask;    /**< UINT8, 1 x 1 x 1 x Y x X: only objects with their centroid on a non-zero pixel; NULL: all */
    int64_t memory_limit;       /**< bytes that tiles may take, 0: a part of what is free, at most 768 MiB */
} biodl_segment_options;

/**
 * Fill in the options that this model uses by default, all spelled out.
 * @param model    may be NULL: the values that hold for any model, zeros elsewhere
 * @param options  not NULL, struct_size set
 * @since 1
 */
BIODL_API biodl_status biodl_segment_options_default(const biodl_model* model, biodl_segment_options* options, biodl_error* error);

/**
 * Segment an image: biodl_run_stars of stars.h, which says what the other parameters are and what is returned.
 * @param options  may be NULL: defaults
 * @since 1
 */
BIODL_API biodl_status biodl_segment(const biodl_model* model, const biodl_image* image, const biodl_segment_options* options,
                                     biodl_progress_fn progress, void* user_data, const biodl_image* labels,
                                     biodl_objects** objects, biodl_error* error);

BIODL_END
#endif
