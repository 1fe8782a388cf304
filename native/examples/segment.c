/* SPDX-License-Identifier: MIT
 * Segment a PGM image (8 or 16 bit) and write the labels as a 16-bit PGM:  biodl_example image.pgm labels.pgm [model]
 * Build: cc segment.c -Idist/include -Ldist/lib/linux-x64 -lbiodl -Wl,-rpath,$PWD/dist/lib/linux-x64 -o biodl_example
 */
#include <stdio.h>
#include <stdlib.h>
#include "biodl/biodl.h"

static int fail(const char* what, const biodl_error* error)
{
    fprintf(stderr, "%s: %s\n%s\n", what, error->message, error->hint);
    return 1;
}

/* A PGM file is text, "P5 width height maximum" and one white space, then the pixels; 16-bit ones are big-endian. */
static void* read_pgm(const char* path, int* height, int* width, int32_t* dtype)
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

static int write_pgm(const char* path, const uint16_t* labels, int height, int width)
{
    FILE* file = fopen(path, "wb");
    if (!file)
        return 0;
    fprintf(file, "P5\n%d %d\n65535\n", width, height);
    for (size_t i = 0; i < (size_t)height * (size_t)width; i++)
        fputc(labels[i] >> 8, file), fputc(labels[i] & 255, file);
    return fclose(file) == 0;
}

int main(int argc, char** argv)
{
    int height, width;
    int32_t dtype;
    biodl_error error = { .struct_size = sizeof error };
    biodl_model* model;
    biodl_objects* objects;
    if (argc < 3 || biodl_abi_version() < BIODL_ABI_VERSION)
        return fprintf(stderr, "usage: biodl_example image.pgm labels.pgm [model]\n"), 2;
    void* pixels = read_pgm(argv[1], &height, &width, &dtype);
    if (!pixels)
        return fprintf(stderr, "%s is not a PGM image that can be read\n", argv[1]), 1;

    if (biodl_model_open(argc > 3 ? argv[3] : NULL, &model, &error))
        return fail("opening the model", &error);
    uint16_t* result = calloc((size_t)height * (size_t)width, sizeof *result);
    biodl_image image = biodl_image_2d(pixels, dtype, height, width);
    biodl_image labels = biodl_image_2d(result, BIODL_DTYPE_UINT16, height, width);
    if (biodl_segment(model, &image, NULL, NULL, NULL, &labels, &objects, &error))
        return fail(argv[1], &error);

    biodl_objects_view found = { .struct_size = sizeof found };
    biodl_objects_report report = { .struct_size = sizeof report };
    biodl_objects_get(objects, &found, NULL);
    biodl_objects_describe(objects, &report, NULL);
    printf("%lld objects, %s, %.0f ms\n%s", (long long)found.count, report.device_name, report.total_ms, report.warnings);
    int written = write_pgm(argv[2], result, height, width);
    biodl_objects_destroy(objects);
    biodl_model_close(model);
    return written ? 0 : (fprintf(stderr, "%s could not be written\n", argv[2]), 1);
}
