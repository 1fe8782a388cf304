/* SPDX-License-Identifier: MIT */
/**
 * @file catalogue.h
 * The models there are: built in, installed on this machine, and online in the BioImage Model Zoo. A listing is a snapshot. Installing
 * copies a package into the cache (the folder in the environment variable BIODL_CACHE, else the user's cache folder), from where
 * biodl_model_open finds it by its id.
 */
#ifndef BIODL_CATALOGUE_H
#define BIODL_CATALOGUE_H

#include "biodl/image.h"
#include "biodl/model.h"
#include "biodl/progress.h"

BIODL_BEGIN

typedef struct biodl_catalogue biodl_catalogue;
typedef struct biodl_verification biodl_verification;

enum
{
    BIODL_MODEL_BUILTIN = 0,
    BIODL_MODEL_INSTALLED = 1,
    BIODL_MODEL_ONLINE = 2
};

/** One model of a listing. The strings live until the catalogue is destroyed; "" where nothing is known. @since 2 */
typedef struct biodl_catalogue_entry
{
    uint32_t struct_size;           /**< sizeof(biodl_catalogue_entry), set by the caller */
    int32_t state;                  /**< BIODL_MODEL_BUILTIN, INSTALLED or ONLINE */
    int32_t task;                   /**< BIODL_TASK_* */
    int32_t runnable;               /**< 1, or 0 when this machine cannot run it; why_not tells */
    int64_t bytes;                  /**< on disk or to download; 0 where unknown */
    const char* id;                 /**< what biodl_model_open, biodl_model_install and biodl_model_remove take */
    const char* name;
    const char* version;
    const char* description;
    const char* licence;            /**< SPDX id where known */
    const char* citation;           /**< lines to cite */
    const char* input;              /**< in words, such as "2D, 1 channel" */
    const char* tags;               /**< one a line */
    const char* source;             /**< where it is, or came from: a path or URL */
    const char* cover;              /**< picture: a path or URL */
    const char* why_not;            /**< why it cannot be run */
    const char* made_for;           /**< the images that it was made for, in words; "" where that is not known. @since 4 */
} biodl_catalogue_entry;

/**
 * List the models.
 * @param online     1: also those of the online collection; when it cannot be reached, biodl_catalogue_warnings says so
 * @param catalogue  receives the listing; destroy with biodl_catalogue_destroy. Set to NULL on failure
 * @param error      may be NULL
 * @since 2
 */
BIODL_API biodl_status biodl_catalogue_open(int32_t online, biodl_catalogue** catalogue, biodl_error* error);

/** How many entries there are. @param count not NULL @since 2 */
BIODL_API biodl_status biodl_catalogue_count(const biodl_catalogue* catalogue, int64_t* count, biodl_error* error);

/** One entry. @param index from 0 @param entry not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_catalogue_get(const biodl_catalogue* catalogue, int64_t index, biodl_catalogue_entry* entry,
    biodl_error* error);

/**
 * What went wrong without stopping the listing, one a line.
 * @param warnings receives text that lives until the catalogue is destroyed
 * @since 2
 */
BIODL_API biodl_status biodl_catalogue_warnings(const biodl_catalogue* catalogue, const char** warnings, biodl_error* error);

/** Destroy a listing. NULL is legal. @since 2 */
BIODL_API biodl_status biodl_catalogue_destroy(biodl_catalogue* catalogue);

/**
 * The built-in model that a command takes where none is named.
 * @param task   BIODL_TASK_SEGMENT, DENOISE or STAIN
 * @param image  that it is for: for BIODL_TASK_SEGMENT colours on a bright ground ask for another model than fluorescence; some of its
 *               first plane is read. NULL: not known
 * @param id     receives what biodl_model_open takes; the text is never freed
 * @param error  may be NULL
 * @return NOT_FOUND: none is built in for the task; INVALID_ARGUMENT, HOST
 * @since 5
 */
BIODL_API biodl_status biodl_catalogue_default(int32_t task, const biodl_image* image, const char** id, biodl_error* error);

/**
 * Install a model: download or copy it, check it and make it known by its id. A broken download goes on where it ended.
 * @param source     UTF-8: a file or folder, a URL (http, https), or the id of an online model
 * @param sha256     of the file, 64 hexadecimal digits; NULL: not checked beyond what the package and the collection say
 * @param progress   may be NULL; the stage is BIODL_STAGE_DOWNLOAD while bytes are brought, whose number done and total then are, and
 *                   BIODL_STAGE_VERIFY while they
 *                   are checked
 * @param user_data  handed to progress
 * @param catalogue  receives a listing with the installed model alone, may be NULL; destroy with biodl_catalogue_destroy
 * @param error      may be NULL
 * @return NOT_FOUND, IO (network or disk; the message says which and how far it came), MODEL_INVALID (damaged, or another file than
 *         expected), MODEL_UNSUPPORTED, CANCELLED
 * @since 2
 */
BIODL_API biodl_status biodl_model_install(const char* source, const char* sha256, biodl_progress_fn progress, void* user_data,
                                           biodl_catalogue** catalogue, biodl_error* error);

/** Remove an installed model. Models that are open stay usable. @param id of an installed model @return NOT_FOUND, IO @since 2 */
BIODL_API biodl_status biodl_model_remove(const char* id, biodl_error* error);

enum
{
    BIODL_VERIFY_PASSED = 0,
    BIODL_VERIFY_FAILED = 1,        /**< an output deviates by more than the tolerance */
    BIODL_VERIFY_IMPOSSIBLE = 2     /**< the package has no test tensors */
};

/** A model against its own test tensors. The strings live until the verification is destroyed. @since 2 */
typedef struct biodl_verification_info
{
    uint32_t struct_size;           /**< sizeof(biodl_verification_info), set by the caller */
    int32_t outcome;                /**< BIODL_VERIFY_* */
    int64_t outputs;                /**< how many were compared */
    const char* device;             /**< that ran it */
    const char* weights_format;     /**< bioimage.io's name, such as "onnx" */
    const char* text;               /**< the whole report, to be read by a person */
    double milliseconds;
} biodl_verification_info;

/** One output against its test tensor. @since 2 */
typedef struct biodl_verification_output
{
    uint32_t struct_size;           /**< sizeof(biodl_verification_output), set by the caller */
    int32_t passed;                 /**< 1 or 0 */
    const char* name;
    int64_t values;                 /**< compared */
    int64_t mismatches;             /**< values further away than absolute + relative * |reference| */
    double largest_deviation;
    double absolute_tolerance;      /**< 1e-3 where the package does not say */
    double relative_tolerance;      /**< 1e-3 where the package does not say */
    double allowed_per_million;     /**< mismatches that are allowed: 100 where the package does not say */
} biodl_verification_output;

/**
 * Verify a model against its own test tensors, by the rules of the bioimage.io format 0.5.
 * @param model         an open model
 * @param device        "cpu", "cuda:0", ...; NULL or "auto": the fastest there is
 * @param progress      may be NULL
 * @param user_data     handed to progress
 * @param verification  receives the report; destroy with biodl_verification_destroy. Set to NULL on failure
 * @param error         may be NULL
 * @return OK also when the model failed or has no test tensors: see the outcome; IO, MODEL_INVALID (broken test tensors), CANCELLED
 * @since 2
 */
BIODL_API biodl_status biodl_model_verify(const biodl_model* model, const char* device, biodl_progress_fn progress, void* user_data,
                                          biodl_verification** verification, biodl_error* error);

/** The report as a whole. @param info not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_verification_describe(const biodl_verification* verification, biodl_verification_info* info,
    biodl_error* error);

/** One output. @param index from 0 @param output not NULL, struct_size set @since 2 */
BIODL_API biodl_status biodl_verification_get_output(const biodl_verification* verification, int64_t index,
    biodl_verification_output* output,
                                                     biodl_error* error);

/** Destroy a report. NULL is legal. @since 2 */
BIODL_API biodl_status biodl_verification_destroy(biodl_verification* verification);

BIODL_END
#endif
