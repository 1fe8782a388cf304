/* SPDX-License-Identifier: MIT */
/**
 * @file biodl_tiff.h
 * TIFF files through libtiff, without its variadic functions and without its habit of printing to stderr.
 *
 * Internal to this project: the command line is built together with it. A file is used by one thread at a time; different
 * files may be used by different threads. Functions return 1, or 0 with the reason in biodl_tiff_message.
 */
#ifndef BIODL_TIFF_H
#define BIODL_TIFF_H

#include <stdint.h>

#if defined(_WIN32)
#  define BIODL_TIFF_API __declspec(dllexport)
#else
#  define BIODL_TIFF_API __attribute__((visibility("default")))
#endif

typedef struct biodl_tiff biodl_tiff;

/** One page (directory). The numbers of sample_format, planar, photometric and compression are those of the TIFF specification. */
typedef struct biodl_tiff_page
{
    int64_t width;
    int64_t height;
    int64_t raw_offset;         /**< where the pixels start when they lie uncompressed in one run, else -1 */
    int64_t raw_bytes;          /**< length of that run */
    int64_t chunk_width;        /**< of a tile; the width for strips */
    int64_t chunk_height;       /**< of a tile; rows of a strip */
    double x_resolution;        /**< pixels per unit, 0 when not given */
    double y_resolution;
    int32_t resolution_unit;    /**< 1 none, 2 inch, 3 centimetre */
    int32_t bits;               /**< of a sample */
    int32_t sample_format;      /**< 1 unsigned, 2 signed, 3 float */
    int32_t samples;            /**< of a pixel */
    int32_t planar;             /**< 1 samples side by side, 2 in separate planes */
    int32_t photometric;        /**< 0 min is white, 1 min is black, 2 RGB, 3 palette, 6 YCbCr (delivered as RGB from JPEG) */
    int32_t compression;        /**< 1 none, 5 LZW, 8 Deflate, 32773 PackBits, ... */
    int32_t predictor;          /**< 1 none, 2 horizontal differences; for writing */
    int32_t tiled;              /**< 1 tiles, 0 strips */
    int32_t swapped;            /**< 1 when raw bytes are in the other byte order than this machine's */
    int32_t reduced;            /**< 1 for a smaller copy of another page */
    int32_t decodable;          /**< 1 when libtiff was built with this compression */
} biodl_tiff_page;

/**
 * Open or create a file.
 * @param path     UTF-8
 * @param mode     "r"; "w" classic, "w8" BigTIFF, with "b" or "l" for a byte order
 * @param message  receives the reason when NULL is returned
 */
BIODL_TIFF_API biodl_tiff* biodl_tiff_open(const char* path, const char* mode, char* message, int64_t message_size);

/** Close. NULL is legal. */
BIODL_TIFF_API void biodl_tiff_close(biodl_tiff* file);

/** Why the last call on this file failed. */
BIODL_TIFF_API const char* biodl_tiff_message(const biodl_tiff* file);

/** The number of pages, at least 1, or 0 when none can be read. */
BIODL_TIFF_API int64_t biodl_tiff_page_count(biodl_tiff* file);

/** Describe a page. `description` receives its ImageDescription or NULL; it lives until another page is used. */
BIODL_TIFF_API int32_t biodl_tiff_page_get(biodl_tiff* file, int64_t page, biodl_tiff_page* into, const char** description);

/** The palette of a page with 8 bits or fewer: 256 reds, 256 greens, 256 blues, zeros where there are fewer. */
BIODL_TIFF_API int32_t biodl_tiff_page_palette(biodl_tiff* file, int64_t page, uint16_t* colours);

/**
 * Decode a page into contiguous rows in this machine's byte order.
 * @param sample  which plane of a page in separate planes, else 0: all samples side by side
 * @param into    height * width * (1 or samples) * bits / 8 bytes
 */
BIODL_TIFF_API int32_t biodl_tiff_page_read(biodl_tiff* file, int64_t page, int32_t sample, void* into, int64_t bytes);

/** Start a page of a file being written; raw_*, swapped, decodable are not used. `description` may be NULL. */
BIODL_TIFF_API int32_t biodl_tiff_page_begin(biodl_tiff* file, const biodl_tiff_page* page, const char* description);

/** Write one strip or tile. The memory is changed when a predictor or another byte order is used. */
BIODL_TIFF_API int32_t biodl_tiff_chunk_write(biodl_tiff* file, int64_t chunk, void* pixels, int64_t bytes);

/** Finish a page. */
BIODL_TIFF_API int32_t biodl_tiff_page_end(biodl_tiff* file);

/** Which libtiff this is, such as "LIBTIFF, Version 4.5.0"; further lines are its copyright. Lives for ever. */
BIODL_TIFF_API const char* biodl_tiff_version(void);

/** Let the system drop mapped pages from this process' memory; the file keeps them. Never needed for correctness. */
BIODL_TIFF_API void biodl_tiff_release_pages(void* start, int64_t bytes);

#endif
