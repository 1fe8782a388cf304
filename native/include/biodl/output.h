/* SPDX-License-Identifier: MIT */
/**
 * @file output.h
 * Files that a host writes. Two calls keep what a user has: one before the run, which refuses what must not be replaced, and one after it,
 * which moves a whole file to its place. A host that writes no files needs neither.
 *
 *     const char* outputs[] = {"out/labels.tif"};
 *     const char* inputs[] = {"in/image.tif", "model.zip"};
 *     biodl_outputs_check(outputs, 1, inputs, 2, 0, &error);             // before the run
 *     write_tiff("out/.labels.tif.part", ...);                           // beside its place
 *     biodl_output_place("out/.labels.tif.part", "out/labels.tif", 0, &error);
 */
#ifndef BIODL_OUTPUT_H
#define BIODL_OUTPUT_H

#include "biodl/status.h"

BIODL_BEGIN

/**
 * May these files be written? No output may be an input, by whatever name: links, hard links and links to folders are followed, and on
 * Windows and macOS the case of letters makes no difference. No two outputs may be one file, none may be a folder or a device. A file
 * that is there may be replaced when `overwrite` is 1 and it is in no folder among the inputs; and in any case when a host of BioDL placed
 * it and nobody has touched it since, so that a run can be repeated. What was placed is noted in the cache (BIODL_CACHE, else the user's
 * cache folder); where that cannot be written, nothing is replaced without being asked.
 *
 * @param outputs       paths that will be written; not NULL when output_count is above 0, nor any of them
 * @param output_count  how many
 * @param inputs        paths that are read, files and folders; as the outputs
 * @param input_count   how many
 * @param overwrite     1: the user asked that files be replaced; else 0
 * @param error         may be NULL
 * @return BIODL_STATUS_INVALID_ARGUMENT when one must not be written: the error names it
 * @since 4
 */
BIODL_API biodl_status biodl_outputs_check(const char* const* outputs, int64_t output_count, const char* const* inputs,
    int64_t input_count, int32_t overwrite, biodl_error* error);

/**
 * Move a whole file to its place by one rename, and note that it is a result. What is there is judged as in biodl_outputs_check, anew: what
 * came meanwhile stays unless `overwrite` is 1.
 *
 * @param written    a closed file in the same folder
 * @param path       its place
 * @param overwrite  as in biodl_outputs_check
 * @param error      may be NULL
 * @return BIODL_STATUS_INVALID_ARGUMENT when something else is there, BIODL_STATUS_IO when it cannot be moved; `written` stays then
 * @since 4
 */
BIODL_API biodl_status biodl_output_place(const char* written, const char* path, int32_t overwrite, biodl_error* error);

BIODL_END
#endif
