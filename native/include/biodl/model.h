/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * Open, describe, close a model. A model is a bioimage.io package (formats 0.4 and 0.5), a model as CSBDeep, Noise2Void or StarDist
 * export it (TensorFlow SavedModel or frozen graph with its JSON files), as a folder or a zip or the path of a telling file in it; a bare
 * .onnx file, whose geometry is then read from the network itself; or the id of an installed model (catalogue.h). TensorFlow graphs are
 * converted when the model is opened. Networks are loaded on a device at the first run there and shared by all threads.
 */
#ifndef BIODL_MODEL_H
#define BIODL_MODEL_H

#include "biodl/status.h"

BIODL_BEGIN

typedef struct biodl_model biodl_model;

enum
{
    BIODL_TASK_OTHER = 0,           /**< not known: biodl_run takes any model */
    BIODL_TASK_SEGMENT = 1,         /**< star-convex objects, for biodl_segment */
    BIODL_TASK_DENOISE = 2,         /**< restoration: the output is the input, better */
    BIODL_TASK_STAIN = 3            /**< label-free to fluorescence, stain to stain */
};

/** What a model says of itself. The strings live until the model is closed. @since 1 */
typedef struct biodl_model_info
{
    uint32_t struct_size;           /**< sizeof(biodl_model_info), set by the caller */
    int32_t channels;               /**< input channels: 1 for grey, 3 for RGB */
    const char* name;
    const char* description;
    const char* licence;            /**< SPDX id where known, "" otherwise */
    const char* source;             /**< the folder or file it came from, or "builtin:nuclei-fluo" */
    const char* sha256;             /**< of the weights, 64 hexadecimal digits */
    const char* citation;           /**< lines to cite, "" when none are given */
    int32_t rays;                   /**< rays of a star-convex polygon; 0, as all that follows to overlap_threshold, for a model that is not
                                         StarDist's */
    int32_t grid_y;                 /**< pixels between predictions along y */
    int32_t grid_x;
    int32_t divisor_y;              /**< tiles are multiples of this many pixels */
    int32_t divisor_x;
    int32_t halo;                   /**< pixels around a tile that its inner part depends on */
    double percentile_low;          /**< of the model's own normalisation, in percent */
    double percentile_high;
    double prob_threshold;          /**< the model's own thresholds */
    double overlap_threshold;
    /* since 2 */
    int32_t task;                   /**< BIODL_TASK_* */
    int32_t inputs;                 /**< tensors that the network takes */
    int32_t outputs;                /**< tensors that it gives */
    int32_t reserved;
    const char* id;                 /**< of the collection it comes from, "" when it has none */
    const char* version;
    const char* format;             /**< how it was described, such as "bioimage.io 0.5.4" */
    const char* weights_format;     /**< bioimage.io's name: "onnx", "tensorflow_saved_model_bundle", "torchscript", ... */
    const char* tags;               /**< one a line */
    /* since 4 */
    const char* made_for;           /**< the images that it was made for, in words; "" where its description does not say */
    double object_diameter;         /**< usual diameter of an object in pixels of those images; 0: not known */
} biodl_model_info;

/** A tensor that a network takes or gives. The strings live until the model is closed. @since 2 */
typedef struct biodl_tensor_info
{
    uint32_t struct_size;           /**< sizeof(biodl_tensor_info), set by the caller */
    int32_t channels;
    const char* name;
    const char* axes;               /**< one letter an axis, outermost first, out of b, c, z, y, x, such as "bcyx" */
    const char* channel_names;      /**< one a line, "" when the model does not name them */
    const char* processing;         /**< steps before (input) or after (output) the network by bioimage.io's names, one a line, with their
                                         parameters */
    int64_t min[3];                 /**< inputs: smallest size along z, y, x; sizes are min + n * step */
    int64_t step[3];                /**< inputs: 0 for a fixed size */
    int32_t kind;                   /**< outputs: BIODL_OUTPUT_* of run.h */
    int32_t restores_input;         /**< outputs: 1 when it is the input, restored, so that scaling back gives the input's own unit */
} biodl_tensor_info;

/**
 * Open a model.
 * @param path   UTF-8: a folder or file, the id of an installed model, or NULL or "" or "builtin:NAME" for a built-in one (NULL:
 *               that of biodl_catalogue_default for BIODL_TASK_SEGMENT)
 * @param model  receives the handle; close it with biodl_model_close. Set to NULL on failure
 * @param error  may be NULL
 * @return NOT_FOUND, IO, MODEL_INVALID, MODEL_UNSUPPORTED
 * @since 1
 */
BIODL_API biodl_status biodl_model_open(const char* path, biodl_model** model, biodl_error* error);

/** Describe an open model. @param info not NULL, struct_size set @since 1 */
BIODL_API biodl_status biodl_model_describe(const biodl_model* model, biodl_model_info* info, biodl_error* error);

/** One input of the network. @param index from 0 @param info not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_model_get_input(const biodl_model* model, int64_t index, biodl_tensor_info* info, biodl_error* error);

/** One output of the network. @param index from 0 @param info not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_model_get_output(const biodl_model* model, int64_t index, biodl_tensor_info* info, biodl_error* error);

/** Close a model. NULL is legal. Runs that still use it finish first, in their own threads. @since 1 */
BIODL_API biodl_status biodl_model_close(biodl_model* model);

BIODL_END
#endif
