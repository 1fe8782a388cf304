/* SPDX-License-Identifier: MIT
 * Segment a PGM image (8 or 16 bit) and write the labels as a 16-bit PGM:  biodl_example image.pgm labels.pgm [model]
 * Build: cc segment.c -Idist/include -Ldist/lib/linux-x64 -lbiodl -Wl,-rpath,$PWD/dist/lib/linux-x64 -o biodl_example
 */
#include "pgm.h"

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
    if (biodl_run_stars(model, &image, NULL, NULL, NULL, NULL, &labels, &objects, &error))
        return fail(argv[1], &error);

    biodl_objects_view found = { .struct_size = sizeof found };
    biodl_objects_report report = { .struct_size = sizeof report };
    biodl_objects_get(objects, &found, NULL);
    biodl_objects_describe(objects, &report, NULL);
    printf("%lld objects, %s, %.0f ms\n%s", (long long)found.count, report.device_name, report.total_ms, report.warnings);
    int written = write_pgm(argv[2], result, BIODL_DTYPE_UINT16, height, width);
    biodl_objects_destroy(objects);
    biodl_model_close(model);
    return written ? 0 : (fprintf(stderr, "%s could not be written\n", argv[2]), 1);
}
