/* SPDX-License-Identifier: MIT
 * A C program as a host: the library's results as raw pixels and its account as JSON.
 *   host segment|denoise few|many IMAGE HEIGHT WIDTH MICROMETRES RESULT ACCOUNT      images are raw uint16
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "biodl/biodl.h"

static int failed(const char* what, const biodl_error* error)
{
    return fprintf(stderr, "%s: %s %s\n", what, error->message, error->hint), 1;
}

static int write_file(const char* path, const void* bytes, size_t size)
{
    FILE* file = fopen(path, "wb");
    int written = file && fwrite(bytes, 1, size, file) == size;
    return file && fclose(file) == 0 && written ? 0 : (fprintf(stderr, "%s could not be written\n", path), 1);
}

/* The options of tests/hosts/same.py, as a C program spells them. */
static biodl_run_options run_options(int many, double micrometres)
{
    biodl_run_options options = { .struct_size = sizeof options };
    options.device = "cpu";
    options.tile = 256;
    options.pixel_size[1] = options.pixel_size[2] = micrometres;
    if (many)
    {
        options.percentile_low = 2;
        options.percentile_high = 99;
    }
    return options;
}

static biodl_star_options star_options(int many)
{
    biodl_star_options options = { .struct_size = sizeof options };
    if (many)
    {
        options.prob_threshold = 0.4;
        options.overlap_threshold = 0.2;
        options.vertices = BIODL_VERTICES_INTEGER;
        options.exclude_edges = 1;
    }
    return options;
}

static biodl_status denoise(const biodl_model* model, const biodl_image* image, const biodl_run_options* options, const biodl_image* result,
    void** account, biodl_error* error)
{
    const biodl_image* inputs[] = { image };
    const biodl_image* outputs[] = { result };
    return biodl_run(model, inputs, 1, options, NULL, NULL, outputs, 1, (biodl_result**)account, error);
}

int main(int argc, char** argv)
{
    if (argc != 9)
        return fprintf(stderr, "usage: host segment|denoise few|many IMAGE HEIGHT WIDTH MICROMETRES RESULT ACCOUNT\n"), 2;
    int segments = strcmp(argv[1], "segment") == 0, many = strcmp(argv[2], "many") == 0;
    int64_t height = atoll(argv[4]), width = atoll(argv[5]);
    size_t bytes = sizeof(uint16_t) * (size_t)height * (size_t)width;
    void* pixels = malloc(bytes);
    void* made = calloc(1, bytes);
    FILE* file = fopen(argv[3], "rb");
    if (!file || fread(pixels, 1, bytes, file) != bytes)
        return fprintf(stderr, "%s could not be read\n", argv[3]), 1;
    fclose(file);

    biodl_error error = { .struct_size = sizeof error };
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, height, width);
    biodl_image result = biodl_image_2d(made, BIODL_DTYPE_UINT16, height, width);
    biodl_run_options options = run_options(many, atof(argv[6]));
    biodl_star_options stars = star_options(many);
    biodl_model* model;
    const char* id;
    void* account = NULL;
    const char* json;
    if (biodl_catalogue_default(segments ? BIODL_TASK_SEGMENT : BIODL_TASK_DENOISE, &image, &id, &error)
        || biodl_model_open(id, &model, &error))
        return failed("opening the model", &error);
    if (segments ? biodl_run_stars(model, &image, &options, &stars, NULL, NULL, &result, (biodl_objects**)&account, &error)
                 : denoise(model, &image, &options, &result, &account, &error))
        return failed(argv[1], &error);
    if (biodl_account(account, &json, &error))
        return failed("the account", &error);
    return write_file(argv[7], made, bytes) || write_file(argv[8], json, strlen(json));
}
