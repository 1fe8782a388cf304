/* Any network, image to image, as a C program meets it: plan, run, and what is refused. */
#include "cells.h"
#include "run.h"
#include "tiny_network.h"

static biodl_plan_output planned(
    const biodl_model* model, const biodl_image* image, const biodl_run_options* options, int64_t index, biodl_plan** plan)
{
    biodl_plan_output output;
    memset(&output, 0, sizeof output);
    output.struct_size = sizeof output;
    CHECK_OK(biodl_run_plan(model, &image, 1, options, plan, &error));
    CHECK_OK(biodl_plan_get_output(*plan, index, &output, &error));
    return output;
}

static biodl_result_info described(const biodl_result* result)
{
    biodl_result_info info;
    memset(&info, 0, sizeof info);
    info.struct_size = sizeof info;
    CHECK_OK(biodl_result_describe(result, &info, &error));
    return info;
}

static void describes_tensors(void)
{
    biodl_model* model = tiny_network(__func__);
    biodl_model_info info = { .struct_size = sizeof info };
    biodl_tensor_info input = { .struct_size = sizeof input }, output = input;
    CHECK_OK(biodl_model_describe(model, &info, &error));
    CHECK(info.inputs == 1 && info.outputs == 1 && info.channels == 1 && info.rays == 0 && info.task == BIODL_TASK_OTHER);
    CHECK(strcmp(info.weights_format, "onnx") == 0 && strlen(info.sha256) == 64);
    CHECK_OK(biodl_model_get_input(model, 0, &input, &error));
    CHECK_OK(biodl_model_get_output(model, 0, &output, &error));
    CHECK(strcmp(input.name, "x") == 0 && strcmp(input.axes, "bcyx") == 0 && input.channels == 1 && input.step[1] == 1);
    CHECK(strcmp(output.name, "y") == 0 && output.kind == BIODL_OUTPUT_IMAGE && input.processing[0] == 0);
    CHECK_FAILS(biodl_model_get_input(model, 1, &input, &error), BIODL_STATUS_INVALID_ARGUMENT, "no input 1");
    CHECK_FAILS(biodl_model_get_output(model, -1, &output, &error), BIODL_STATUS_INVALID_ARGUMENT, "no output -1");
    biodl_model_close(model);
}

/* A caller that was compiled against ABI 1 gets the fields that it knows, and not a byte more. */
static void old_callers(void)
{
    struct
    {
        biodl_model_info info;
    } mine;
    memset(&mine, 0x5A, sizeof mine);
    const uint32_t first = offsetof(biodl_model_info, task);
    mine.info.struct_size = first;
    CHECK_OK(biodl_model_describe(builtin(), &mine.info, &error));
    CHECK(mine.info.rays == 32 && mine.info.struct_size == first);
    for (size_t i = first; i < sizeof mine; i++)
        CHECK(((unsigned char*)&mine)[i] == 0x5A);
}

static void plans_and_runs(void)
{
    enum
    {
        T = 2,
        Z = 3,
        C = 2,
        H = 37,
        W = 53,
        N = T * Z * C * H * W
    };
    static uint16_t pixels[N], before[N];
    static float result[N];
    for (int i = 0; i < N; i++)
        pixels[i] = before[i] = (uint16_t)(i * 7919);
    biodl_model* model = tiny_network(__func__);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, T, Z, C, H, W),
                out = biodl_image_5d(result, BIODL_DTYPE_FLOAT32, T, Z, C, H, W);
    const biodl_image *inputs[] = { &image }, *outputs[] = { &out };
    biodl_plan* plan;
    biodl_plan_output shape = planned(model, &image, NULL, 0, &plan);
    biodl_plan_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_plan_describe(plan, &info, &error));
    CHECK(memcmp(shape.shape, image.shape, sizeof shape.shape) == 0 && shape.dtype == BIODL_DTYPE_FLOAT32 && !shape.restores_input);
    CHECK(shape.pixel_pitch[1] == 1 && shape.pixel_pitch[2] == 1 && info.outputs == 1 && info.memory_bytes > 0 && info.match[0]
        && info.why[0]);
    biodl_result* account;
    CHECK_OK(biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 1, &account, &error));
    for (int i = 0; i < N; i++)
        CHECK(result[i] == 2.0f * pixels[i]);
    CHECK(memcmp(pixels, before, sizeof pixels) == 0);
    biodl_result_info told = described(account);
    CHECK(strcmp(told.device, "cpu") == 0 && told.tiles == info.tiles && told.bytes_read >= (int64_t)sizeof pixels
        && told.bytes_written == (int64_t)sizeof result);
    CHECK(strstr(told.provenance, "\"sha256\"") && strstr(told.warnings, "raw values") && !strchr(told.warnings, '\n'));
    biodl_result_destroy(account);
    biodl_plan_destroy(plan);
    biodl_model_close(model);
}

static void rounds_and_clips(void)
{
    enum
    {
        H = 3,
        W = 5,
        N = H * W
    };
    const float pixels[N] = { -3, -0.3f, 0, 0.25f, 0.75f, 1, 60, 127.2f, 127.4f, 127.6f, 300, NAN, INFINITY, 5, 6 };
    const uint8_t expected[N] = { 0, 0, 0, 0, 2, 2, 120, 254, 255, 255, 255, 0, 0, 10, 12 };
    uint8_t result[N];
    biodl_model* model = tiny_network(__func__);
    biodl_image image = biodl_image_2d((void*)pixels, BIODL_DTYPE_FLOAT32, H, W), out = biodl_image_2d(result, BIODL_DTYPE_UINT8, H, W);
    const biodl_image *inputs[] = { &image }, *outputs[] = { &out };
    biodl_result* account;
    CHECK_OK(biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 1, &account, &error));
    for (int i = 0; i < N; i++)
        CHECK(result[i] == expected[i]);
    biodl_result_output became = { .struct_size = sizeof became };
    CHECK_OK(biodl_result_get_output(account, 0, &became, &error));
    CHECK(became.clipped == 3); /* -6, -0.6 (which rounds to -1) and 600; what is not finite became 0 in the input */
    CHECK_FAILS(biodl_result_get_output(account, 1, &became, &error), BIODL_STATUS_INVALID_ARGUMENT, "no output 1");
    biodl_result_destroy(account);
    biodl_model_close(model);
}

static void chosen_channels_and_region(void)
{
    enum
    {
        C = 3,
        H = 40,
        W = 50
    };
    static uint8_t pixels[C][H][W];
    static float result[2][9][11];
    for (int i = 0; i < C * H * W; i++)
        ((uint8_t*)pixels)[i] = (uint8_t)(i * 31 + i / 7);
    const int32_t chosen[] = { 2, 0 };
    const biodl_channels channels = { chosen, 2 };
    biodl_run_options options = { .struct_size = sizeof options, .channels = &channels, .channels_count = 1, .region = { 30, 39, 9, 11 } };
    biodl_model* model = tiny_network(__func__);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT8, 1, 1, C, H, W);
    biodl_plan* plan;
    biodl_plan_output shape = planned(model, &image, &options, 0, &plan);
    CHECK(shape.shape[2] == 2 && shape.shape[3] == 9 && shape.shape[4] == 11);
    biodl_image out = biodl_image_5d(result, BIODL_DTYPE_FLOAT32, 1, 1, 2, 9, 11);
    const biodl_image *inputs[] = { &image }, *outputs[] = { &out };
    CHECK_OK(biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, NULL, &error));
    for (int c = 0; c < 2; c++)
        for (int y = 0; y < 9; y++)
            for (int x = 0; x < 11; x++)
                CHECK(result[c][y][x] == 2.0f * pixels[chosen[c]][30 + y][39 + x]);
    options.region[0] = 32;
    CHECK_FAILS(biodl_run_plan(model, inputs, 1, &options, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "region");
    CHECK(plan == NULL);
    biodl_model_close(model);
}

/* A StarDist network gives its two maps, at the pitch of its grid; an output that is not wanted is NULL. */
static void star_dist_as_maps(void)
{
    enum
    {
        N = CELL_FIELD
    };
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    int64_t prob = -1;
    for (int64_t i = 0; i < 2; i++)
    {
        biodl_tensor_info tensor = { .struct_size = sizeof tensor };
        CHECK_OK(biodl_model_get_output(builtin(), i, &tensor, &error));
        prob = strcmp(tensor.name, "prob") == 0 ? i : prob;
        CHECK(tensor.kind == BIODL_OUTPUT_VALUES);
    }
    CHECK(prob >= 0);
    biodl_plan* plan;
    biodl_plan_output shape = planned(builtin(), &image, NULL, prob, &plan);
    CHECK(shape.shape[2] == 1 && shape.shape[3] == N / 2 && shape.shape[4] == N / 2 && shape.pixel_pitch[2] == 2);
    static float map[N / 2 * N / 2];
    biodl_image out = biodl_image_2d(map, BIODL_DTYPE_FLOAT32, N / 2, N / 2);
    const biodl_image *inputs[] = { &image }, *outputs[] = { NULL, NULL };
    outputs[prob] = &out;
    CHECK_OK(biodl_run(builtin(), inputs, 1, NULL, NULL, NULL, outputs, 2, NULL, &error));
    found cells = segment(&image, NULL, NULL);
    for (int64_t i = 0; i < cells.view.count; i++)
    {
        const biodl_object* cell = object_at(&cells, i);
        CHECK(fabsf(map[(int)cell->center_y / 2 * (N / 2) + (int)cell->center_x / 2] - cell->probability) < 1e-5f);
    }
    biodl_objects_destroy(cells.objects);
    biodl_plan_destroy(plan);
    free(pixels);
}

static int32_t stop(void* user_data, const biodl_progress* progress)
{
    ++*(int*)user_data;
    return progress->struct_size != sizeof *progress;
}

static void refusals(void)
{
    static uint8_t pixels[3 * 64], result[64];
    biodl_model* model = tiny_network(__func__);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT8, 8, 8), out = biodl_image_2d(result, BIODL_DTYPE_UINT8, 8, 8), small = out;
    const biodl_image *inputs[] = { &image, &image }, *outputs[] = { &out, &out };
    biodl_plan* plan;
    biodl_result* account = (biodl_result*)1;
    small.shape[4] = 7;
    CHECK_FAILS(biodl_run_plan(model, inputs, 2, NULL, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "2 are given");
    CHECK_FAILS(biodl_run_plan(model, NULL, 1, NULL, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "inputs is NULL");
    CHECK_FAILS(biodl_run_plan(model, inputs, 1, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "plan is NULL");
    CHECK_FAILS(biodl_run_plan(NULL, inputs, 1, NULL, &plan, &error), BIODL_STATUS_INVALID_HANDLE, "model");
    CHECK_FAILS(biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 2, &account, &error), BIODL_STATUS_INVALID_ARGUMENT, "given for 2");
    CHECK(account == NULL);
    outputs[0] = &small;
    CHECK_FAILS(biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 1, &account, &error), BIODL_STATUS_INVALID_ARGUMENT, "8");
    outputs[0] = &out;
    int calls = 0;
    CHECK(biodl_run(model, inputs, 1, NULL, stop, &calls, outputs, 1, &account, NULL) == BIODL_STATUS_CANCELLED);
    CHECK(calls == 1);
    biodl_run_options options = { .struct_size = sizeof options, .scale = 9 };
    CHECK_FAILS(
        biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "options.scale");
    options.scale = 0, options.channels_count = 1;
    const int32_t fourth[] = { 3 };
    const biodl_channels wrong = { fourth, 1 };
    options.channels = &wrong;
    CHECK_FAILS(biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "4");
    CHECK_FAILS(biodl_segment(model, &image, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_MODEL_UNSUPPORTED, "cannot segment");
    CHECK(biodl_plan_destroy((biodl_plan*)model) == BIODL_STATUS_INVALID_HANDLE);
    CHECK(biodl_plan_destroy(NULL) == BIODL_STATUS_OK && biodl_result_destroy(NULL) == BIODL_STATUS_OK);
    biodl_model_close(model);
}

MAIN(CASE(describes_tensors), CASE(old_callers), CASE(plans_and_runs), CASE(rounds_and_clips), CASE(chosen_channels_and_region),
    CASE(star_dist_as_maps), CASE(refusals))
