/* SPDX-License-Identifier: MIT */
/* Grey images as PGM files, 8 or 16 bit, for the examples: text, "P5 width height maximum" and one white space, then the pixels; 16-bit
   ones are big-endian. */
#ifndef BIODL_EXAMPLES_PGM_H
#define BIODL_EXAMPLES_PGM_H

#include <stdio.h>
#include <stdlib.h>
#include "biodl/biodl.h"

static inline int fail(const char* what, const biodl_error* error)
{
    fprintf(stderr, "%s: %s\n%s\n", what, error->message, error->hint);
    return 1;
}

/* The pixels, to be freed; NULL when the file is no PGM image. */
static inline void* read_pgm(const char* path, int* height, int* width, int32_t* dtype)
{
    int maximum;
    FILE* file = fopen(path, "rb");
    if (!file || fscanf(file, "P5 %d %d %d", width, height, &maximum) != 3 || fgetc(file) == EOF || *width < 1 || *height < 1)
        return NULL;
    size_t size = maximum > 255 ? 2 : 1, count = (size_t)*width * (size_t)*height;
    uint8_t* pixels = malloc(count * size);
    if (!pixels || fread(pixels, size, count, file) != count)
        return NULL;
    fclose(file);
    for (size_t i = 0; size == 2 && i < count; i++)
        ((uint16_t*)pixels)[i] = (uint16_t)(pixels[2 * i] << 8 | pixels[2 * i + 1]);
    *dtype = size == 2 ? BIODL_DTYPE_UINT16 : BIODL_DTYPE_UINT8;
    return pixels;
}

/* 8 bits for BIODL_DTYPE_UINT8, else 16. @return 1 when the file is whole */
static inline int write_pgm(const char* path, const void* pixels, int32_t dtype, int height, int width)
{
    FILE* file = fopen(path, "wb");
    if (!file)
        return 0;
    size_t count = (size_t)height * (size_t)width;
    fprintf(file, "P5\n%d %d\n%d\n", width, height, dtype == BIODL_DTYPE_UINT8 ? 255 : 65535);
    if (dtype == BIODL_DTYPE_UINT8)
        fwrite(pixels, 1, count, file);
    for (size_t i = 0; dtype != BIODL_DTYPE_UINT8 && i < count; i++)
        fputc(((const uint16_t*)pixels)[i] >> 8, file), fputc(((const uint16_t*)pixels)[i] & 255, file);
    const int whole = !ferror(file);
    return fclose(file) == 0 && whole;
}

#endif
