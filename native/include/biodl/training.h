/* SPDX-License-Identifier: MIT */
/**
 * @file training.h
 * Models of one's own: a network is trained on the caller's images and becomes a model of the catalogue. In short:
 *
 *     biodl_training_options options = { sizeof options };
 *     options.method = BIODL_TRAIN_NOISE2VOID;
 *     biodl_training_image image = { sizeof image };
 *     image.input = &pixels;
 *     const biodl_training_image* images[] = { &image };
 *     biodl_training* training;
 *     biodl_training_create(&options, images, 1, NULL, NULL, &training, NULL);    // reads the pixels
 *     biodl_training_start(training, NULL);
 *     int32_t over = 0;
 *     while (!over)
 *         biodl_training_wait(training, 1.0, &over, NULL);                        // or poll, and show the curve
 *     biodl_training_result result = { sizeof result };
 *     biodl_training_get_result(training, &result, NULL);                         // result.model_id for biodl_model_open
 *     biodl_training_destroy(training);
 *
 * A training is a process of its own, which needs libtorch (biodl_model_install of "libtorch" brings it). It ends with the process that
 * created it; what it had learned stays, and biodl_training_resume goes on from there on the same curve. One training runs at a time on a
 * machine, further ones wait. While this library runs a model, the trainings of its process pause.
 *
 * The caller's images are read by biodl_training_create alone, a band of a plane at a time, on the calling thread. All other functions
 * return within milliseconds, but for biodl_training_wait and biodl_training_snapshot.
 */
#ifndef BIODL_TRAINING_H
#define BIODL_TRAINING_H

#include "biodl/image.h"
#include "biodl/progress.h"

BIODL_BEGIN

typedef struct biodl_training biodl_training;
typedef struct biodl_training_plan biodl_training_plan;
typedef struct biodl_training_picture biodl_training_picture;
typedef struct biodl_unfinished biodl_unfinished;

enum
{
    BIODL_TRAIN_DENOISE_IMAGE = 1,  /**< a small network fitted to one image in seconds; no training set */
    BIODL_TRAIN_NOISE2VOID = 2,     /**< denoising from noisy images alone */
    BIODL_TRAIN_RESTORATION = 3,    /**< from pairs of bad and good images of the same field */
    BIODL_TRAIN_STARDIST = 4,       /**< star-convex objects, from label images */
    BIODL_TRAIN_SEMANTIC = 5,       /**< a class for each pixel, from images of class numbers */
    BIODL_TRAIN_STAIN = 6           /**< stains from another image of the same field, from pairs */
};

enum
{
    BIODL_TRAINING_QUEUED = 0,      /**< not started, or another training runs */
    BIODL_TRAINING_PREPARING = 1,   /**< the worker starts */
    BIODL_TRAINING_TRAINING = 2,
    BIODL_TRAINING_YIELDING = 3,    /**< a run of a model has the processor */
    BIODL_TRAINING_FINISHING = 4,   /**< thresholds, test tensors and report are made */
    BIODL_TRAINING_DONE = 5,        /**< the model is in the catalogue */
    BIODL_TRAINING_CANCELLED = 6,
    BIODL_TRAINING_FAILED = 7       /**< biodl_training_get_result tells why */
};

enum
{
    BIODL_SIDE_DRAWN = 0,           /**< by the seed, images of a group together */
    BIODL_SIDE_TRAINING = 1,
    BIODL_SIDE_VALIDATION = 2       /**< for checks only */
};

/** Along which axis noise is correlated. */
enum { BIODL_NOISE_X = 0, BIODL_NOISE_Y = 1 };

/**
 * One image with what it is to become: every frame, and every slice unless volumes are trained, is a picture of its own. Images may be
 * of different sizes, but have the same number of (chosen) channels. @since 5
 */
typedef struct biodl_training_image
{
    uint32_t struct_size;           /**< sizeof(biodl_training_image) */
    int32_t side;                   /**< BIODL_SIDE_* */
    const char* name;               /**< a file or title, for messages and the report; NULL: its number */
    const biodl_image* input;       /**< not NULL */
    const biodl_image* target;      /**< restoration, stain: what the network is to give. Semantic: class numbers, 0 background. As large as
                                         the input; NULL for other methods */
    const biodl_image* labels;      /**< StarDist: a number for each object, 0 background, one channel. As large as the input */
    const int32_t* classes;         /**< StarDist with classes: that of label i + 1, from 1; 0: not known. NULL: no classes */
    int64_t classes_count;
    const int32_t* channels;        /**< 0-based channels of the input, in the network's order; NULL: all */
    int64_t channels_count;
    const int32_t* target_channels; /**< of the target; NULL: all */
    int64_t target_channels_count;
    const char* group;              /**< images of a group (a slide, a day) are all for training or all for checks; NULL, "": its own */
    double weight;                  /**< how often it is drawn relative to others, above 0; 0: 1 */
    double pixel_size;              /**< micrometres of a pixel along x, for what the model says it was made for; 0: not known */
} biodl_training_image;

/** What is trained. All zeros but the method mean defaults that are taken from the images. @since 5 */
typedef struct biodl_training_options
{
    uint32_t struct_size;           /**< sizeof(biodl_training_options) */
    int32_t method;                 /**< BIODL_TRAIN_* */
    const char* name;               /**< of the model; NULL, "": method, first image and day */
    const char* start;              /**< model whose weights are the start: path, id or "builtin:NAME"; "none": random weights; NULL, "":
                                         the method's own (of planes, a built-in model for STARDIST and DENOISE_IMAGE) */
    const char* folder;             /**< that is not there yet, where the package is written too; NULL, "": in the catalogue alone */
    int32_t steps;                  /**< of the optimiser; 0: the method's */
    int32_t volumes;                /**< 1: the network sees the slices of an image as a volume */
    double minutes;                 /**< after which it ends with what it has; 0: when its steps are done */
    int64_t seed;                   /**< the same seed gives the same curve with the same number of threads; 0: 1 */
    double validation;              /**< share of the images for checks, up to 0.5; 0: 0.15, of one image a region; -1: none */
    int32_t patch;                  /**< pixels along y and x of what a step sees; 0: the method's */
    int32_t batch;                  /**< patches a step; 0: the method's, or less where memory is short */
    int32_t threads;                /**< 0: all cores */
    int32_t median;                 /**< Noise2Void: 1: Noise2Void 2, hidden pixels get the median of their neighbours */
    int64_t memory_limit;           /**< bytes that it may take; 0: what is free */
    int32_t noise_axis;             /**< Noise2Void: BIODL_NOISE_*: along which noise is correlated */
    int32_t noise_radius;           /**< Noise2Void: pixels to each side that are hidden with one; 0: noise is not correlated */
    int32_t probabilistic;          /**< restoration: 1: the network also tells the spread of its values */
    int32_t rays;                   /**< StarDist; 0: 32 */
    double structural_similarity;   /**< restoration, stain: share of multi-scale SSIM in the loss, up to 1; 0: the method's */
    double adversarial;             /**< stain: weight of pix2pix's adversarial term; 0: none */
    double simulated_noise;         /**< restoration of clean images, which are their own targets: strength of the noise, up to 10 (1: from
                                         hardly any to hardly any signal); 0: none */
    const char* authors;            /**< of the model, one a line; NULL: not said */
    const char* licence;            /**< SPDX identifier; NULL: none is given, so that nobody else may use it */
    const char* description;        /**< in words */
    const char* data;               /**< what it was trained on, in words; NULL: the names of the images */
    const char* citation;           /**< text or DOI to cite besides the method; NULL: none */
} biodl_training_options;

/** What a training would be. The strings live until the plan is destroyed. @since 5 */
typedef struct biodl_training_plan_info
{
    uint32_t struct_size;           /**< sizeof(biodl_training_plan_info), set by the caller */
    int32_t steps;
    int32_t batch;                  /**< patches a step */
    int32_t training_samples;       /**< planes or volumes that patches are drawn from */
    int32_t validation_samples;     /**< and those for checks */
    int32_t reserved;
    int64_t patch[3];               /**< pixels along z, y, x */
    int64_t memory_bytes;           /**< of the worker at its highest */
    int64_t disk_bytes;             /**< in the cache, while it is trained */
    double minutes;                 /**< until the model is there, if it does not end early */
    const char* notes;              /**< how images are split, what was made smaller and why; one a line */
} biodl_training_plan_info;

/** What a training is called. The strings live until the training is destroyed. @since 5 */
typedef struct biodl_training_info
{
    uint32_t struct_size;           /**< sizeof(biodl_training_info), set by the caller */
    int32_t method;                 /**< BIODL_TRAIN_* */
    const char* id;                 /**< for biodl_training_resume */
    const char* name;               /**< of the model to be */
    const char* notes;              /**< what its images told, to be known before it takes its time: how they were split, what was left
                                         out, masks that were given as labels; one a line */
} biodl_training_info;

/** How far a training is. The strings live until the training is destroyed. @since 5 */
typedef struct biodl_training_progress
{
    uint32_t struct_size;           /**< sizeof(biodl_training_progress), set by the caller */
    int32_t state;                  /**< BIODL_TRAINING_* */
    int32_t step;                   /**< done */
    int32_t steps;                  /**< of so many */
    int64_t validations;            /**< points of the curve so far; the picture changes with each */
    double loss;                    /**< mean of late; NaN before the first step */
    double validation_loss;         /**< of the last validation; NaN before the first */
    double rate;                    /**< of learning */
    double seconds;                 /**< of training */
    double seconds_left;            /**< estimated; negative: not known yet */
    int64_t memory_bytes;           /**< that the worker has */
    const char* message;            /**< what happened of late, such as a smaller batch; "" for nothing */
    const char* figures;            /**< of the last validation, one a line, such as "val_psnr=31.2" */
} biodl_training_progress;

/** A validation. @since 5 */
typedef struct biodl_training_point
{
    uint32_t struct_size;           /**< sizeof(biodl_training_point), set by the caller */
    int32_t step;
    double loss;                    /**< mean since the point before; NaN where there was no step */
    double validation_loss;         /**< NaN where nothing is held back */
    double rate;
    double seconds;                 /**< of training until then */
} biodl_training_point;

/** A part of a validation image, always the same one. The strings live until the picture is destroyed. @since 5 */
typedef struct biodl_training_picture_info
{
    uint32_t struct_size;           /**< sizeof(biodl_training_picture_info), set by the caller */
    int32_t step;                   /**< when it was made */
    int32_t height;
    int32_t width;
    int32_t planes;
    int32_t reserved;
    const char* names;              /**< of the planes, one a line: "input", "prediction" and, where there is one, "target" */
} biodl_training_picture_info;

/** What a training has made. The strings live until the training is destroyed. @since 5 */
typedef struct biodl_training_result
{
    uint32_t struct_size;           /**< sizeof(biodl_training_result), set by the caller */
    int32_t reserved;
    const char* model_id;           /**< for biodl_model_open */
    const char* path;               /**< folder of the package */
    const char* report;             /**< the page in it that shows curve, examples and settings: HTML */
    const char* figures;            /**< of the validation, one a line, such as "psnr=31.2" */
    const char* warnings;           /**< one a line */
} biodl_training_result;

/** A training that was broken off. The strings live until the list is destroyed. @since 5 */
typedef struct biodl_unfinished_entry
{
    uint32_t struct_size;           /**< sizeof(biodl_unfinished_entry), set by the caller */
    int32_t method;                 /**< BIODL_TRAIN_* */
    const char* id;                 /**< for biodl_training_resume and biodl_training_discard */
    const char* name;               /**< of the model to be */
    int32_t step;                   /**< done */
    int32_t steps;                  /**< of so many */
    int64_t last;                   /**< when it last kept what it had learned: seconds since 1970, UTC */
} biodl_unfinished_entry;

/**
 * Settle a training without beginning it; no pixel is read. For dialogs that tell time and memory.
 * @param options  not NULL
 * @param images   not NULL
 * @param count    of images, from 1
 * @param plan     receives the plan; destroy with biodl_training_plan_destroy. Set to NULL on failure
 * @param error    may be NULL
 * @return INVALID_ARGUMENT (the images do not go together, are too few or too small, an option is out of its range), OUT_OF_MEMORY (not
 *         even one patch a step fits), and for the start as biodl_model_open
 * @since 5
 */
BIODL_API biodl_status biodl_training_plan_create(const biodl_training_options* options, const biodl_training_image* const* images,
                                                  int64_t count, biodl_training_plan** plan, biodl_error* error);

/** What is planned. @param info not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_training_plan_describe(const biodl_training_plan* plan, biodl_training_plan_info* info, biodl_error* error);

/** Destroy a plan. NULL is legal. @since 5 */
BIODL_API biodl_status biodl_training_plan_destroy(biodl_training_plan* plan);

/**
 * Read the images and lay a training down in the cache; it is not started.
 * @param options    not NULL
 * @param images     not NULL; not read after the call
 * @param count      of images, from 1
 * @param progress   may be NULL; the stage is BIODL_STAGE_PREPARE
 * @param user_data  handed to progress
 * @param training   receives the training; destroy with biodl_training_destroy. Set to NULL on failure
 * @param error      may be NULL
 * @return as biodl_training_plan_create, and INVALID_ARGUMENT for images without contrast or finite values and label images without
 *         labels, NOT_FOUND (libtorch or the worker is not installed), IO (the disk is full), HOST, CANCELLED
 * @since 5
 */
BIODL_API biodl_status biodl_training_create(const biodl_training_options* options, const biodl_training_image* const* images,
                                             int64_t count, biodl_progress_fn progress, void* user_data, biodl_training** training,
                                             biodl_error* error);

/**
 * Take up a training that was broken off; it is not started.
 * @param id        of biodl_unfinished_entry
 * @param training  receives the training; destroy with biodl_training_destroy. Set to NULL on failure
 * @param error     may be NULL
 * @return NOT_FOUND (no such training, or libtorch is not installed), INVALID_ARGUMENT (another process runs it)
 * @since 5
 */
BIODL_API biodl_status biodl_training_resume(const char* id, biodl_training** training, biodl_error* error);

/** What it is called. @param info not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_training_describe(const biodl_training* training, biodl_training_info* info, biodl_error* error);

/** Begin, or wait until other trainings are over. Once. @return INVALID_ARGUMENT (started already) @since 5 */
BIODL_API biodl_status biodl_training_start(const biodl_training* training, biodl_error* error);

/** How far it is. @param progress not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_training_poll(const biodl_training* training, biodl_training_progress* progress, biodl_error* error);

/** A point of the curve. @param index from 0 to biodl_training_progress.validations - 1 @param point not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_training_get_point(const biodl_training* training, int64_t index, biodl_training_point* point,
                                                biodl_error* error);

/**
 * The last validation picture.
 * @param picture  receives it, NULL before the first validation; destroy with biodl_training_picture_destroy
 * @since 5
 */
BIODL_API biodl_status biodl_training_get_picture(const biodl_training* training, biodl_training_picture** picture, biodl_error* error);

/** What the picture is. @param info not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_training_picture_describe(const biodl_training_picture* picture, biodl_training_picture_info* info,
                                                       biodl_error* error);

/**
 * A plane of a picture.
 * @param index   from 0
 * @param pixels  receives height * width normalised values, row by row, that live until the picture is destroyed
 * @since 5
 */
BIODL_API biodl_status biodl_training_picture_get_plane(const biodl_training_picture* picture, int64_t index, const float** pixels,
                                                        biodl_error* error);

/** Destroy a picture. NULL is legal. @since 5 */
BIODL_API biodl_status biodl_training_picture_destroy(biodl_training_picture* picture);

/**
 * Write the best model so far, as a package that can be opened and installed, while the training goes on. Takes some seconds. The package
 * is called after the model to be and the step.
 * @param folder  UTF-8: one that is not there yet
 * @return INVALID_ARGUMENT (there is no state to keep yet, or the folder is there), IO
 * @since 5
 */
BIODL_API biodl_status biodl_training_snapshot(const biodl_training* training, const char* folder, biodl_error* error);

/**
 * End it with the best state that it has had; the model is made of that. Returns at once. One that still waits for its turn has had none:
 * it is cancelled, and biodl_training_resume takes it up. @since 5
 */
BIODL_API biodl_status biodl_training_stop(const biodl_training* training, biodl_error* error);

/** End it and leave nothing of it. Returns at once. @since 5 */
BIODL_API biodl_status biodl_training_cancel(const biodl_training* training, biodl_error* error);

/**
 * Wait until it is over: done, cancelled or failed.
 * @param seconds  at most
 * @param over     receives 1, or 0 when the time was over first; not NULL
 * @since 5
 */
BIODL_API biodl_status biodl_training_wait(const biodl_training* training, double seconds, int32_t* over, biodl_error* error);

/**
 * What it has made.
 * @param result  not NULL, struct_size set
 * @return the error that ended it; CANCELLED; INVALID_ARGUMENT (it is not over)
 * @since 5
 */
BIODL_API biodl_status biodl_training_get_result(const biodl_training* training, biodl_training_result* result, biodl_error* error);

/** Destroy a training. NULL is legal. One that is not over is broken off, and biodl_training_resume goes on with it. @since 5 */
BIODL_API biodl_status biodl_training_destroy(biodl_training* training);

/**
 * List trainings of this user that were broken off and that no process runs, the latest first.
 * @param unfinished  receives the list; destroy with biodl_unfinished_destroy. Set to NULL on failure
 * @since 5
 */
BIODL_API biodl_status biodl_unfinished_open(biodl_unfinished** unfinished, biodl_error* error);

/** How many there are. @param count not NULL @since 5 */
BIODL_API biodl_status biodl_unfinished_count(const biodl_unfinished* unfinished, int64_t* count, biodl_error* error);

/** One of them. @param index from 0 @param entry not NULL, struct_size set @since 5 */
BIODL_API biodl_status biodl_unfinished_get(const biodl_unfinished* unfinished, int64_t index, biodl_unfinished_entry* entry,
                                            biodl_error* error);

/** Destroy a list. NULL is legal. @since 5 */
BIODL_API biodl_status biodl_unfinished_destroy(biodl_unfinished* unfinished);

/** Delete what is left of a training that no process runs; nothing happens where there is none. @since 5 */
BIODL_API biodl_status biodl_training_discard(const char* id, biodl_error* error);

BIODL_END
#endif
