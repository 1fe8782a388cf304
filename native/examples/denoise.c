/* SPDX-License-Identifier: MIT
 * Take a PGM image (8 or 16 bit) through a denoising network, tile by tile:  biodl_denoise image.pgm result.pgm model
 * The model is a package folder or zip, an .onnx file, or the id of an installed model.
 */
#include "pgm.h"

static int32_t show(void* user_data, const biodl_progress* progress)
{
    (void)user_data;
    fprintf(stderr, "\r%3.0f%%", 100 * progress->fraction);
    return 1;
}

int main(int argc, char** argv)
{
    int height, width;
    int32_t dtype;
    biodl_error error = { .struct_size = sizeof error };
    biodl_model* model;
    biodl_plan* plan;
    biodl_result* account;
    if (argc < 4 || biodl_abi_version() < BIODL_ABI_VERSION)
        return fprintf(stderr, "usage: biodl_denoise image.pgm result.pgm model\n"), 2;
    void* pixels = read_pgm(argv[1], &height, &width, &dtype);
    if (!pixels)
        return fprintf(stderr, "%s is not a PGM image that can be read\n", argv[1]), 1;
    if (biodl_model_open(argv[3], &model, &error))
        return fail("opening the model", &error);

    biodl_image image = biodl_image_2d(pixels, dtype, height, width);
    const biodl_image* inputs[] = { &image };
    biodl_plan_info info = { .struct_size = sizeof info };
    biodl_plan_output shape = { .struct_size = sizeof shape };
    if (biodl_run_plan(model, inputs, 1, NULL, &plan, &error) || biodl_plan_describe(plan, &info, &error)
        || biodl_plan_get_output(plan, 0, &shape, &error))
        return fail(argv[1], &error);
    printf("%s\n%s, %lld MB\n", info.match, info.why, (long long)(info.memory_bytes / 1000000));
    if (info.outputs != 1 || shape.shape[0] * shape.shape[1] * shape.shape[2] != 1)
        return fprintf(stderr, "this example shows networks with one grey image out\n"), 1;

    void* pixels_out = calloc((size_t)(shape.shape[3] * shape.shape[4]), (size_t)biodl_dtype_size(dtype));
    biodl_image result = biodl_image_2d(pixels_out, dtype, shape.shape[3], shape.shape[4]);
    const biodl_image* outputs[] = { &result };
    if (biodl_run(model, inputs, 1, NULL, show, NULL, outputs, 1, &account, &error))
        return fail(argv[1], &error);

    biodl_result_info told = { .struct_size = sizeof told };
    biodl_result_output became = { .struct_size = sizeof became };
    biodl_result_describe(account, &told, NULL);
    biodl_result_get_output(account, 0, &became, NULL);
    printf("%s, %.0f ms, of it %.0f in the network; %lld pixels clipped\n%s", told.device_name, told.total_ms, told.network_ms,
        (long long)became.clipped, told.warnings);
    int written = write_pgm(argv[2], pixels_out, dtype, (int)shape.shape[3], (int)shape.shape[4]);
    biodl_result_destroy(account);
    biodl_plan_destroy(plan);
    biodl_model_close(model);
    return written ? 0 : (fprintf(stderr, "%s could not be written\n", argv[2]), 1);
}
