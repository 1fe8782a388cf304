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

enum
{
    BIODL_LINK_NONE = 0,
    BIODL_LINK_FRAMES = 1,          /**< through time, each slice by itself */
    BIODL_LINK_SLICES = 2           /**< through the stack, each frame by itself */
};

typedef struct biodl_candidates biodl_candidates;

/**
 * Which candidates are objects, and what becomes of them. All zeros, or a NULL pointer, mean the defaults.
 *
 * Objects that are left out are as if deleted from the label image of all: no other object changes, and labels are consecutive. Objects
 * are linked when the labels of consecutive planes overlap: pairs by falling IoU, each object once, so that of a nucleus that divides
 * one half goes on with its track. Labels grow by Euclidean distance between pixels, the nearest object wins, of two as near the more
 * probable; edge, area and links are those of the objects before they grow, pixels, centroid and polygon (the outline along the
 * rays) those of the grown.
 * @since 3
 */
typedef struct biodl_star_options
{
    uint32_t struct_size;       /**< sizeof(biodl_star_options) */
    int32_t vertices;           /**< BIODL_VERTICES_* */
    double prob_threshold;      /**< up to 1; 0: the model's own; BIODL_EXACTLY_ZERO */
    double overlap_threshold;   /**< up to 1: an object falls when it shares more than this part of the smaller of the two with a more
                                     probable one; 0: the model's own; BIODL_EXACTLY_ZERO: no overlap at all */
    int32_t label_scope;        /**< BIODL_LABELS_*; TRACK needs a link */
    int32_t border;             /**< candidates this close to the border, in grid cells, are excluded; 0: the model's own (2 where it does
                                     not say); negative: none are */
    /* since 4 */
    int32_t exclude_edges;      /**< 1: objects with a pixel in the first or last row or column of the image are left out */
    int32_t rings;              /**< 1: labels are what they grew by, without the object inside; needs grow */
    double min_area;            /**< pixels of its label that an object has at least; 0: no limit */
    double max_area;            /**< and at most; 0: no limit */
    double grow;                /**< pixels by which labels grow into the background, up to 1000 */
    int32_t link;               /**< BIODL_LINK_*: sets biodl_object.track */
    int32_t reserved;
    double link_overlap;        /**< IoU that a link needs, up to 1; 0: 0.25 */
    const biodl_image* probability; /**< receives what the network predicts, 0 to 1, of whole planes whatever the selection; the sizes are
                                         those of the first output of biodl_run_stars_plan without a region. UINT8, UINT16, FLOAT32.
                                         Written tile by tile: undefined after a failure. NULL: not wanted. Not for kept candidates */
    const biodl_image* distances;   /**< the same of the second output: a channel for each ray, in pixels of the image */
    /* since 5 */
    int64_t origin[2];          /**< y and x of this image's first pixel in a whole of which it is a block: vertices are rounded as in the
                                     whole, so that blocks computed apart agree to the bit. Coordinates stay this image's own; 0, 0 */
} biodl_star_options;

/** What is kept of a run. @since 4 */
typedef struct biodl_candidates_info
{
    uint32_t struct_size;       /**< sizeof(biodl_candidates_info), set by the caller */
    int32_t reserved;
    int64_t count;              /**< candidates, of all planes */
    double prob_threshold;      /**< thresholds from this on can be answered; above the one asked for where there were too many */
} biodl_candidates_info;

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

/**
 * Run the network once and keep what it predicts, so that biodl_candidates_select answers thresholds in no time: for dialogs that show
 * objects while a threshold is moved. Takes some 140 bytes a candidate, and at most 256 MB: of too many the more probable are kept.
 * @param model           an open StarDist model; may be closed before the candidates are destroyed
 * @param image           as for biodl_run_stars; not read after the call
 * @param options         as for biodl_run_stars; its region and mask hold for every answer
 * @param prob_threshold  up to 1: the lowest that will be asked for; 0: 0.05; BIODL_EXACTLY_ZERO
 * @param progress        may be NULL
 * @param user_data       handed to progress
 * @param candidates      receives them; destroy with biodl_candidates_destroy. Set to NULL on failure
 * @param error           may be NULL
 * @return as biodl_run_stars
 * @since 4
 */
BIODL_API biodl_status biodl_run_stars_keep(const biodl_model* model, const biodl_image* image, const biodl_run_options* options,
                                            double prob_threshold, biodl_progress_fn progress, void* user_data,
                                            biodl_candidates** candidates, biodl_error* error);

/** What is kept. @param info not NULL, struct_size set @since 4 */
BIODL_API biodl_status biodl_candidates_describe(const biodl_candidates* candidates, biodl_candidates_info* info, biodl_error* error);

/**
 * The objects among the candidates by these options, without the network: equal to biodl_run_stars with them. May be called by several
 * threads at once.
 * @param candidates  not NULL
 * @param stars       may be NULL: defaults; probability and distances must be NULL
 * @param progress    may be NULL
 * @param user_data   handed to progress
 * @param labels      as for biodl_run_stars
 * @param objects     as for biodl_run_stars
 * @param error       may be NULL
 * @return INVALID_ARGUMENT (an option out of its range, or prob_threshold below that of biodl_candidates_info: run again), INVALID_HANDLE,
 *         LABEL_OVERFLOW, OUT_OF_MEMORY, CANCELLED
 * @since 4
 */
BIODL_API biodl_status biodl_candidates_select(const biodl_candidates* candidates, const biodl_star_options* stars,
                                               biodl_progress_fn progress, void* user_data, const biodl_image* labels,
                                               biodl_objects** objects, biodl_error* error);

/** Destroy candidates. NULL is legal. @since 4 */
BIODL_API biodl_status biodl_candidates_destroy(biodl_candidates* candidates);

BIODL_END
#endif
