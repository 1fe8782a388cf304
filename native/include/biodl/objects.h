/* SPDX-License-Identifier: MIT */
/** @file objects.h  The objects a segmentation found, and the account of how. */
#ifndef BIODL_OBJECTS_H
#define BIODL_OBJECTS_H

#include "biodl/segment.h"

BIODL_BEGIN

/**
 * One object. Pixel coordinates: pixel (y, x) is the unit square centred on (y, x), so 0 is the centre of the first pixel.
 *
 * What a label image shows of an object and what is measured are the same: pixels and centroid are those of its label, inside the image
 * and without what more probable objects cover, whether a label image is made or not. In the unit of a calibrated image as ImageJ
 * gives it, the area is pixels * width * height of a pixel, and x is (centroid_x + 0.5 - origin) * width of a pixel. An object that is
 * wholly covered keeps its label and has no pixels; its centroid is then its centre.
 * @since 1
 */
typedef struct biodl_object
{
    int64_t label;          /**< its value in the label image, from 1 */
    int32_t frame;          /**< 0-based */
    int32_t slice;
    float probability;      /**< 0 to 1 */
    float center_y;         /**< of the star: the point it was predicted from, in pixels */
    float center_x;
    int32_t top;            /**< bounding box of its polygon's pixels inside the image, bottom and right excluded */
    int32_t left;
    int32_t bottom;
    int32_t right;
    int32_t reserved;
    double area;            /**< of the polygon, in square pixels */
    /* since 3 */
    float center_z;         /**< slices, 0 is the centre of the first; of an object found in one slice that slice */
    int32_t first_slice;    /**< 0-based, of those that have a part of it; of an object found in one slice that slice */
    int32_t last_slice;     /**< included */
    int32_t reserved_2;
    /* since 4 */
    int64_t pixels;         /**< of its label: its area in square pixels as a label image shows it */
    double centroid_y;      /**< mean place of those pixels; the centre where there are none */
    double centroid_x;
    double centroid_z;      /**< slices */
    int64_t track;          /**< the same for objects linked through frames or slices, from 1; 0: nothing was linked */
    int32_t touches_edge;   /**< 1: its polygon has a pixel in the first or last row or column of the image; else 0 */
    int32_t class_id;       /**< of a network that knows classes: the likeliest where the star was predicted from, from 1; 0: the background
                                 is likelier than any, or there are no classes. @since 5 */
} biodl_object;

/** All objects as arrays; the pointers live until the objects are destroyed. @since 1 */
typedef struct biodl_objects_view
{
    uint32_t struct_size;           /**< sizeof(biodl_objects_view), set by the caller */
    int32_t rays;                   /**< vertices of each polygon */
    int64_t count;
    int64_t object_size;            /**< bytes from one object to the next: step by this, not by sizeof(biodl_object) */
    const biodl_object* objects;    /**< by plane, then falling probability; NULL when count is 0 */
    const float* vertices;          /**< count x rays x (x, y), in pixels, starting along +x and turning towards +y */
} biodl_objects_view;

/** How it went. The strings live until the objects are destroyed. @since 1 */
typedef struct biodl_objects_report
{
    uint32_t struct_size;           /**< sizeof(biodl_objects_report), set by the caller */
    int32_t tile_height;            /**< of the tiles used, halo included */
    int32_t tile_width;
    int32_t fell_back;              /**< 1 when another device than the one asked for ran */
    int64_t tiles;                  /**< in all planes */
    int64_t candidates;             /**< before suppression */
    const char* device;             /**< id of the device that really ran, such as "cpu" */
    const char* device_name;
    const char* warnings;           /**< one a line, "" when there are none */
    const char* provenance;         /**< what biodl_account gives */
    double prepare_ms;              /**< loading the network, 0 when it was loaded */
    double read_ms;                 /**< pixels into tensors, normalised on the way */
    double normalize_ms;            /**< percentiles */
    double network_ms;
    double candidates_ms;
    double suppress_ms;
    double render_ms;
    double total_ms;
} biodl_objects_report;

/** All objects as arrays. @param view not NULL, struct_size set @since 1 */
BIODL_API biodl_status biodl_objects_get(const biodl_objects* objects, biodl_objects_view* view, biodl_error* error);

/** The account of the run. @param report not NULL, struct_size set @since 1 */
BIODL_API biodl_status biodl_objects_describe(const biodl_objects* objects, biodl_objects_report* report, biodl_error* error);

/**
 * Paint the objects into a label image: every pixel is written, background 0, the most probable object on top.
 * @param labels  not NULL; UINT16, UINT32 or FLOAT32; T, Z, Y, X of the segmented image, C = 1
 * @return INVALID_ARGUMENT (another shape), LABEL_OVERFLOW (labels untouched)
 * @since 1
 */
BIODL_API biodl_status biodl_objects_render(const biodl_objects* objects, const biodl_image* labels, biodl_error* error);

/** Destroy the objects. NULL is legal. @since 1 */
BIODL_API biodl_status biodl_objects_destroy(biodl_objects* objects);

BIODL_END
#endif
