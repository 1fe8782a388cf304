/* SPDX-License-Identifier: MIT */
/**
 * @file run.h
 * Any network, image to image: denoising, virtual staining, segmentation maps. Images in, images out, any number of
 * both, each in the caller's own memory.
 *
 * The caller provides the outputs' memory, so a run has two steps: `biodl_run_plan` says how the image's axes meet the
 * network's, what sizes the outputs will have and how much memory the run takes; `biodl_run` runs. In short:
 *
 *     biodl_plan* plan;
 *     biodl_plan_output out = { sizeof out };
 *     const biodl_image* inputs[] = { &image };
 *     biodl_run_plan(model, inputs, 1, NULL, &plan, NULL);
 *     biodl_plan_get_output(plan, 0, &out, NULL);
 *     biodl_image result = biodl_image_5d(memory, BIODL_DTYPE_UINT16, out.shape[0], out.shape[1], out.shape[2], out.shape[3],
 *         out.shape[4]);
 *     const biodl_image* outputs[] = { &result };
 *     biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 1, NULL, NULL);
 *     biodl_plan_destroy(plan);
 *
 * Frames are samples, one after the other. A network without a z axis takes every (t, z) plane as a sample; a network with one
 * takes the stack of a frame. A network of one channel takes several chosen channels one by one, and its outputs then have as
 * many. ARGB32 images have the channels red, green and blue. Statistics that the model's processing needs are taken
 * over the whole image, before it is cut into tiles; tiles overlap by what the network's graph says that a value depends on.
 */
#ifndef BIODL_RUN_H
#define BIODL_RUN_H

#include "biodl/image.h"
#include "biodl/model.h"
#include "biodl/progress.h"
#include "biodl/segment.h"

BIODL_BEGIN

typedef struct biodl_plan biodl_plan;
typedef struct biodl_result biodl_result;

enum
{
    BIODL_SCALE_BACK = 0,           /**< outputs that are restored inputs come in the image's own unit */
    BIODL_SCALE_NONE = 1            /**< outputs come as the network and the model's own postprocessing give them */
};

enum
{
    BIODL_OUTPUT_IMAGE = 0,         /**< intensities */
    BIODL_OUTPUT_LABELS = 1,        /**< whole numbers that name objects or classes */
    BIODL_OUTPUT_MASK = 2,          /**< 0 or 1 */
    BIODL_OUTPUT_VALUES = 3         /**< probabilities, distances and other measures */
};

/** The channels of the image that one input of the network sees. All zeros: all channels, in their order. @since 2 */
typedef struct biodl_channels
{
    const int32_t* index;           /**< 0-based channels of the image; 0, 1, 2 are red, green and blue of ARGB32 */
    int64_t count;
} biodl_channels;

/** Two values of an image, low below high. @since 3 */
typedef struct biodl_range
{
    double low;
    double high;
} biodl_range;

/** How to run. All zeros, or a NULL pointer, mean the defaults. @since 2 */
typedef struct biodl_run_options
{
    uint32_t struct_size;           /**< sizeof(biodl_run_options) */
    int32_t normalize;              /**< BIODL_NORMALIZE_*: NONE leaves the model's preprocessing out, and scaling back */
    double percentile_low;          /**< 0 to 100, in percent, in place of the model's own; both 0: the model's own */
    double percentile_high;         /**< above percentile_low, up to 100 */
    int32_t scale;                  /**< BIODL_SCALE_* */
    int32_t tile;                   /**< side of a tile in pixels along y and x, halo included; 0: chosen by the cost model */
    const char* device;             /**< "cpu", "cuda:0", ...; NULL or "auto": the fastest there is */
    int64_t memory_limit;           /**< bytes that tiles may take; 0: a part of what is free */
    const biodl_channels* channels; /**< one for each input of the network, or NULL */
    int64_t channels_count;         /**< 0 with NULL, else the number of inputs */
    int64_t region[4];              /**< top, left, height, width in pixels: only this part of each plane is computed: outputs have its
                                         size, objects have their centroid in it (stars.h); statistics stay those of the whole image. Height
                                         0: all */
    /* since 3 */
    const biodl_image* mask;        /**< UINT8, 1 x 1 x 1 x Y x X of the image: tiles that own no non-zero pixel are not computed. Objects
                                         have their centroid on one; pixels of an output in tiles left out stay as the caller had them.
                                         NULL: all */
    const biodl_range* percentile_values;   /**< the values at the percentiles, one for each channel of the first input or one for all of
                                                 them, taken by the caller from a whole of which this image is a block: blocks computed
                                                 apart then agree.
                                         NULL: taken from the image */
    int64_t percentile_values_count;        /**< 0 with NULL */
    double pixel_size[3];           /**< micrometres from one pixel to the next along z, y, x, for the account; 0: not known */
    /* since 4 */
    int32_t dark_objects;           /**< 1: dark objects on a bright ground count as bright ones on a dark ground: intensities are turned
                                         over before the normalisation, restored outputs turned back */
    int32_t reserved_2;
    const char* channel_names;      /**< of the first image, one a line in the order of its channels, "" where one has none: compared with
                                         what the model was made for. NULL: not known */
    double image_scale;             /**< the network sees the image resampled by this factor along y and x, 1/64 to 64: 0.25 for objects
                                         four times larger than the model's. Objects, labels and outputs keep the image's own pixels.
                                         0: as it is */
    double object_diameter;         /**< diameter of the image's objects in its pixels, in place of image_scale: the image is brought to
                                         the diameter in biodl_model_info. 0: not given */
} biodl_run_options;

/** How a run will go. The strings live until the plan is destroyed. @since 2 */
typedef struct biodl_plan_info
{
    uint32_t struct_size;           /**< sizeof(biodl_plan_info), set by the caller */
    int32_t outputs;                /**< how many there are */
    int64_t tiles;                  /**< of the whole run */
    int64_t tile[3];                /**< pixels of a tile along z, y, x, halo included */
    int64_t halo[3];                /**< pixels that tiles overlap by, to each side */
    int64_t memory_bytes;           /**< what the run takes besides the caller's images */
    const char* match;              /**< how the image's axes meet the network's, one line an axis */
    const char* why;                /**< the choice of tiles in one line */
    const char* warnings;           /**< one a line, "" when there are none */
} biodl_plan_info;

/** What an output will be. The strings live until the plan is destroyed. @since 2 */
typedef struct biodl_plan_output
{
    uint32_t struct_size;           /**< sizeof(biodl_plan_output), set by the caller */
    int32_t kind;                   /**< BIODL_OUTPUT_* */
    int64_t shape[5];               /**< T, Z, C, Y, X that the caller's image needs */
    int32_t restores_input;         /**< 1: values in the input's own unit, so its pixel type fits */
    int32_t dtype;                  /**< BIODL_DTYPE_* that fits: the image's own for restored inputs, else by what the model says */
    const char* name;
    const char* data_type;          /**< that the model gives, by NumPy's name, such as "float32" */
    const char* channel_names;      /**< one a line, as many as channels; "" where the model has no name */
    double pixel_pitch[3];          /**< pixels of the input for one of the output along z, y, x: for the calibration */
    double origin[3];               /**< centre of the first pixel in pixels of the input, along z, y, x */
} biodl_plan_output;

/** How it went. The strings live until the result is destroyed. @since 2 */
typedef struct biodl_result_info
{
    uint32_t struct_size;           /**< sizeof(biodl_result_info), set by the caller */
    int32_t fell_back;              /**< 1 when another device than the one asked for ran */
    int64_t tiles;
    int64_t tile[3];                /**< pixels along z, y, x, halo included */
    int64_t bytes_read;             /**< from the caller's images, all passes together */
    int64_t bytes_written;          /**< to the caller's images */
    const char* device;             /**< id of the device that really ran, such as "cpu" */
    const char* device_name;
    const char* warnings;           /**< one a line, "" when there are none */
    const char* provenance;         /**< what biodl_account gives */
    double prepare_ms;              /**< loading the network, 0 when it was loaded */
    double statistics_ms;
    double read_ms;                 /**< pixels into tensors, normalised on the way */
    double network_ms;
    double write_ms;                /**< tensors into pixels, scaled back on the way */
    double total_ms;
} biodl_result_info;

/** What became of one output. @since 2 */
typedef struct biodl_result_output
{
    uint32_t struct_size;           /**< sizeof(biodl_result_output), set by the caller */
    int32_t reserved;
    int64_t clipped;                /**< values beyond the pixel type that became its smallest or largest value */
    int64_t not_finite;             /**< values that were NaN or infinite and became 0 */
} biodl_result_output;

/**
 * Plan a run without making it; no pixel is read.
 * @param model        an open model of any kind
 * @param inputs       one image for each input of the network, of the same T, Z, Y and X
 * @param input_count  how many they are
 * @param options      may be NULL: defaults
 * @param plan         receives the plan; destroy with biodl_plan_destroy. Set to NULL on failure
 * @param error        may be NULL
 * @return INVALID_ARGUMENT (the images do not fit the network; the message names the axis), INVALID_HANDLE
 * @since 2
 */
BIODL_API biodl_status biodl_run_plan(const biodl_model* model, const biodl_image* const* inputs, int64_t input_count,
                                      const biodl_run_options* options, biodl_plan** plan, biodl_error* error);

/** The plan as a whole. @param info not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_plan_describe(const biodl_plan* plan, biodl_plan_info* info, biodl_error* error);

/** One output. @param index from 0 @param output not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_plan_get_output(const biodl_plan* plan, int64_t index, biodl_plan_output* output, biodl_error* error);

/** Destroy a plan. NULL is legal. @since 2 */
BIODL_API biodl_status biodl_plan_destroy(biodl_plan* plan);

/**
 * Run a network over images.
 * @param model         an open model of any kind; a StarDist model gives its probabilities and distances
 * @param inputs        as for biodl_run_plan; never written to. NaN and infinite pixels count as 0 after normalisation and are left out of
 *                      statistics
 * @param input_count   how many they are
 * @param options       may be NULL: defaults
 * @param progress      may be NULL
 * @param user_data     handed to progress
 * @param outputs       one image for each output, with the shape that the plan gives; an entry may be NULL: that output is not written.
 *                      UINT8, UINT16, UINT32, FLOAT32, or ARGB32 for three channels. Values are rounded to whole types and clipped to their
 *                      range. Written tile by tile: undefined after a failure
 * @param output_count  how many they are: all outputs of the network
 * @param result        receives the account of the run, may be NULL; destroy with biodl_result_destroy. Set to NULL on failure
 * @param error         may be NULL
 * @return INVALID_ARGUMENT, INVALID_HANDLE, DEVICE_UNAVAILABLE (only for a device asked for by name that does not exist), OUT_OF_MEMORY,
 *         CANCELLED, HOST, MODEL_INVALID
 * @since 2
 */
BIODL_API biodl_status biodl_run(const biodl_model* model, const biodl_image* const* inputs, int64_t input_count,
    const biodl_run_options* options,
                                 biodl_progress_fn progress, void* user_data, const biodl_image* const* outputs, int64_t output_count,
                                 biodl_result** result, biodl_error* error);

/** The account of a run. @param info not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_result_describe(const biodl_result* result, biodl_result_info* info, biodl_error* error);

/** What became of one output. @param index from 0 @param output not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_result_get_output(const biodl_result* result, int64_t index, biodl_result_output* output, biodl_error* error);

/** Destroy a result. NULL is legal. @since 2 */
BIODL_API biodl_status biodl_result_destroy(biodl_result* result);

/**
 * The account of a run as one JSON object, the same keys for every task: "schema" (1), "task", "model" (id, version, sha256,
 * weights_format),
 * "inputs" (shape and channels), "region_yxhw", "masked", "options" as they took effect, "processing", "statistics" used, "tiles" and why,
 * "device" (asked, used), "times_ms", "outputs", "objects", "warnings", "versions". Later versions may add keys.
 * @param result  a biodl_result, or biodl_objects
 * @param json    receives UTF-8 text that lives until the result or the objects are destroyed
 * @param error   may be NULL
 * @return INVALID_HANDLE
 * @since 3
 */
BIODL_API biodl_status biodl_account(const void* result, const char** json, biodl_error* error);

BIODL_END
#endif
