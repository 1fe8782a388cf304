/* SPDX-License-Identifier: MIT */
/**
 * @file model.h
 * Open, describe, close a model. A model is a folder with `bioimageio.yaml` and `weights.onnx`, a folder with
 * `weights.onnx` and StarDist's `config.json` and `thresholds.json`, the path of any of those files, or a bare .onnx
 * file, whose geometry is then read from the network itself. Networks are loaded on a device at the first run there and
 * shared by all threads.
 */
#ifndef BIODL_MODEL_H
#define BIODL_MODEL_H

#include "biodl/status.h"

BIODL_BEGIN

typedef struct biodl_model biodl_model;

/** What a model says of itself. The strings live until the model is closed. @since 1 */
typedef struct biodl_model_info
{
    uint32_t struct_size;           /**< sizeof(biodl_model_info), set by the caller */
    int32_t channels;               /**< input channels: 1 for grey, 3 for RGB */
    const char* name;
    const char* description;
    const char* licence;            /**< SPDX id where known, "" otherwise */
    const char* source;             /**< the folder or file it came from, or "builtin:nuclei-fluo-small" */
    const char* sha256;             /**< of the weights, 64 hexadecimal digits */
    const char* citation;           /**< lines to cite, "" when none are given */
    int32_t rays;                   /**< rays of a star-convex polygon */
    int32_t grid_y;                 /**< pixels between predictions along y */
    int32_t grid_x;
    int32_t divisor_y;              /**< tiles are multiples of this many pixels */
    int32_t divisor_x;
    int32_t halo;                   /**< pixels around a tile that its inner part depends on */
    double percentile_low;          /**< of the model's own normalisation, in percent */
    double percentile_high;
    double prob_threshold;          /**< the model's own thresholds */
    double overlap_threshold;
} biodl_model_info;

/**
 * Open a model.
 * @param path   UTF-8 path of a folder or file; NULL or "" or "builtin:NAME" for a built-in model (NULL: nuclei-fluo-small)
 * @param model  receives the handle; close it with biodl_model_close. Set to NULL on failure
 * @param error  may be NULL
 * @return NOT_FOUND, IO, MODEL_INVALID, MODEL_UNSUPPORTED
 * @since 1
 */
BIODL_API biodl_status biodl_model_open(const char* path, biodl_model** model, biodl_error* error);

/** Describe an open model. @param info not NULL, struct_size set @since 1 */
BIODL_API biodl_status biodl_model_describe(const biodl_model* model, biodl_model_info* info, biodl_error* error);

/** Close a model. NULL is legal. Runs that still use it finish first, in their own threads. @since 1 */
BIODL_API biodl_status biodl_model_close(biodl_model* model);

BIODL_END
#endif
