/* SPDX-License-Identifier: MIT */
#ifndef BIODL_TIFF_INTERNAL_H
#define BIODL_TIFF_INTERNAL_H

#include "biodl_tiff.h"
#include <tiffio.h>

struct biodl_tiff
{
    TIFF* tiff;
    uint64_t* pages;        /* offset of each directory: selecting by number alone would walk the chain each time */
    int64_t page_count;
    int64_t current;        /* the selected page, -1 before the first */
    char message[1024];
};

/* Forget what libtiff said on this thread before. */
void biodl_tiff_begin_call(void);

/* Keep what libtiff said, or `otherwise` when it was silent. Always 0, so that a caller may return it. */
int32_t biodl_tiff_fail(biodl_tiff* file, const char* otherwise);

/* Make a page the current one. */
int32_t biodl_tiff_select(biodl_tiff* file, int64_t page);

#endif
