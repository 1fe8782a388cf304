/* Segmentation with the options of every other run, callers of older sizes, and the account of either result. */
#include "cells.h"
#include "run.h"
#include "tiny_network.h"

enum
{
    N = CELL_FIELD,
    ABI_2_RUN_OPTIONS = offsetof(biodl_run_options, mask)
};

static found stars(const biodl_image* image, const biodl_run_options* options, const biodl_star_options* choice)
{
    found result = { .view = { .struct_size = sizeof result.view }, .report = { .struct_size = sizeof result.report } };
    CHECK_OK(biodl_run_stars(builtin(), image, options, choice, NULL, NULL, NULL, &result.objects, &error));
    CHECK_OK(biodl_objects_get(result.objects, &result.view, &error));
    CHECK_OK(biodl_objects_describe(result.objects, &result.report, &error));
    return result;
}

static const char* account(const void* result)
{
    const char* json = NULL;
    CHECK_OK(biodl_account(result, &json, &error));
    return json;
}

/* Every option of ABI 1 has its twin: the same objects by both roads. */
static void same_as_segment(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, 1, 1, 1, N, N);
    static uint8_t mask_pixels[N * N];
    memset(mask_pixels + N * N / 4, 1, N * N / 2);
    biodl_image mask = biodl_image_2d(mask_pixels, BIODL_DTYPE_UINT8, N, N);
    const biodl_segment_options both[] = {
        { .normalize = 0 },
        { .percentile_low = 3, .percentile_high = 90 },
        { .prob_threshold = 0.7, .overlap_threshold = 0.1 },
        { .prob_threshold = BIODL_EXACTLY_ZERO },
        { .vertices = BIODL_VERTICES_INTEGER },
        { .border = -1 },
        { .border = 12 },
        { .tile = 224, .memory_limit = 1 << 28 },
        { .mask = &mask },
        { .label_scope = BIODL_LABELS_UNIQUE, .device = "cpu" },
    };
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++)
    {
        biodl_segment_options old = both[i];
        old.struct_size = sizeof old;
        const biodl_run_options options = { .struct_size = sizeof options,
            .normalize = old.normalize,
            .percentile_low = old.percentile_low,
            .percentile_high = old.percentile_high,
            .tile = old.tile,
            .memory_limit = old.memory_limit,
            .device = old.device,
            .mask = old.mask };
        const biodl_star_options choice = { .struct_size = sizeof choice,
            .prob_threshold = old.prob_threshold,
            .vertices = old.vertices,
            .overlap_threshold = old.overlap_threshold,
            .label_scope = old.label_scope,
            .border = old.border };
        found a = segment(&image, &old, NULL), b = stars(&image, &options, &choice);
        same_objects(&a, &b);
        CHECK(a.view.object_size == sizeof(biodl_object));
        biodl_objects_destroy(a.objects), biodl_objects_destroy(b.objects);
    }
    free(pixels);
}

/* A program compiled against ABI 2 has other things of its own behind its options. */
static void old_callers(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    union
    {
        biodl_run_options options;
        unsigned char bytes[sizeof(biodl_run_options) + 64];
    } older, newer;
    memset(&older, 0x5A, sizeof older);
    memset(&older, 0, ABI_2_RUN_OPTIONS);
    newer = older;
    memset(&newer, 0, sizeof(biodl_run_options));
    older.options.struct_size = ABI_2_RUN_OPTIONS, newer.options.struct_size = sizeof newer;
    found silent = stars(&image, NULL, NULL), old = stars(&image, &older.options, NULL), new = stars(&image, &newer.options, NULL);
    same_objects(&silent, &old);
    same_objects(&silent, &new);
    older.options.struct_size = ABI_2_RUN_OPTIONS - 1;
    CHECK_FAILS(
        biodl_run_stars(builtin(), &image, &older.options, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_STRUCT, "96 bytes");
    free(pixels);
}

/* Objects have their centroid in the region, and are those of the whole image, in its coordinates. */
static void region(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    const biodl_run_options options = { .struct_size = sizeof options, .region = { 40, 80, 80, 80 } };
    found all = stars(&image, NULL, NULL), part = stars(&image, &options, NULL);
    CHECK(part.view.count == 4);
    for (int64_t i = 0; i < part.view.count; i++)
    {
        const biodl_object* object = object_at(&part, i);
        CHECK(object->centroid_y >= 39.5 && object->centroid_y < 119.5 && object->centroid_x >= 79.5);
        int64_t twins = 0;
        for (int64_t k = 0; k < all.view.count; k++)
            twins += object_at(&all, k)->center_y == object->center_y && object_at(&all, k)->center_x == object->center_x
                && object_at(&all, k)->area == object->area;
        CHECK(twins == 1);
    }
    CHECK(strstr(account(part.objects), "\"region_yxhw\":[40,80,80,80]"));
    free(pixels);
}

/* Blocks that are computed apart agree when they are told what the percentiles of the whole are. */
static void blocks_agree(void)
{
    uint16_t* pixels = cells_16(N, N);
    for (int i = 0; i < N * N / 2; i++)
        pixels[i] = (uint16_t)(pixels[i] / 4); /* so that each half has percentiles of its own */
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_image lower = biodl_image_2d(pixels + N * N / 2, BIODL_DTYPE_UINT16, N / 2, N);
    const biodl_range values = { 90, 3900 };
    biodl_run_options options = { .struct_size = sizeof options, .percentile_values = &values, .percentile_values_count = 1 };
    found whole = stars(&image, &options, NULL), block = stars(&lower, &options, NULL), alone = stars(&image, NULL, NULL);
    float told = 0, own = 0;
    for (int64_t i = 0; i < block.view.count; i++)
        for (int64_t k = 0; k < whole.view.count; k++)
            if (object_at(&whole, k)->center_y == object_at(&block, i)->center_y + N / 2 && object_at(&block, i)->center_y > CELL_SPACING
                && object_at(&whole, k)->center_x == object_at(&block, i)->center_x)
                told += fabsf(object_at(&whole, k)->probability - object_at(&block, i)->probability), own++;
    CHECK(own >= CELL_COUNT / 4 && told < 1e-4f * own);
    CHECK(alone.view.count > 0 && object_at(&alone, 0)->probability != object_at(&whole, 0)->probability);
    CHECK(strstr(account(whole.objects), "3900"));
    options.percentile_values_count = 2;
    CHECK_FAILS(
        biodl_run_stars(builtin(), &image, &options, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "percentile");
    options.percentile_values_count = -1;
    CHECK_FAILS(biodl_run_stars(builtin(), &image, &options, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT,
        "percentile_values_count");
    free(pixels);
}

/* Tiles that own no pixel of the mask are left as they were, and the others are whole. */
static void mask_of_a_run(void)
{
    enum
    {
        H = 64,
        W = 256
    };
    static float pixels[H * W], result[H * W];
    static uint8_t mask_pixels[H * W];
    for (int i = 0; i < H * W; i++)
        pixels[i] = (float)i, result[i] = -1;
    mask_pixels[10 * W + 250] = 1;
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_FLOAT32, H, W), out = biodl_image_2d(result, BIODL_DTYPE_FLOAT32, H, W);
    biodl_image mask = biodl_image_2d(mask_pixels, BIODL_DTYPE_UINT8, H, W);
    const biodl_image *inputs[] = { &image }, *outputs[] = { &out };
    const biodl_run_options options = { .struct_size = sizeof options, .tile = 64, .mask = &mask };
    biodl_model* model = tiny_network(__func__);
    biodl_result* done;
    CHECK_OK(biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, &done, &error));
    int computed = 0;
    for (int i = 0; i < H * W; i++)
        CHECK(result[i] == 2.0f * pixels[i] ? ++computed : result[i] == -1);
    CHECK(result[10 * W + 250] == 2.0f * pixels[10 * W + 250] && result[0] == -1 && computed > 0 && computed <= H * W / 2);
    CHECK(strstr(account(done), "\"masked\":true"));
    biodl_result_destroy(done);
    biodl_model_close(model);
}

static void planes_of_an_object(void)
{
    enum
    {
        T = 2,
        Z = 3
    };
    uint16_t* pixels = cells_16(T * Z * N, N);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, T, Z, 1, N, N);
    found result = stars(&image, NULL, NULL);
    CHECK(result.view.count == T * Z * CELL_COUNT);
    for (int64_t i = 0; i < result.view.count; i++)
    {
        const biodl_object* object = object_at(&result, i);
        CHECK(object->center_z == (float)object->slice && object->first_slice == object->slice && object->last_slice == object->slice);
    }
    free(pixels);
}

static void accounts(void)
{
    uint16_t* pixels = cells_16(N, N);
    static float map[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), out = biodl_image_2d(map, BIODL_DTYPE_FLOAT32, N, N);
    const biodl_image *inputs[] = { &image }, *outputs[] = { &out };
    biodl_run_options options = { .struct_size = sizeof options, .pixel_size = { 0, 0.25, 0.25 } };
    biodl_model* model = tiny_network(__func__);
    biodl_result* done;
    CHECK_OK(biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, &done, &error));
    found cells = stars(&image, &options, NULL);
    biodl_result_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_result_describe(done, &info, &error));
    CHECK(strcmp(account(done), info.provenance) == 0 && strcmp(account(cells.objects), cells.report.provenance) == 0);
    const char* keys[] = { "\"schema\":1", "\"task\"", "\"model\"", "\"inputs\"", "\"region_yxhw\"", "\"masked\":false", "\"options\"",
        "\"tiles\"", "\"device\"", "\"times_ms\"", "\"warnings\"", "\"versions\"", "0.25" };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        CHECK(strstr(account(done), keys[i]) && strstr(account(cells.objects), keys[i]));
    const char* json = "";
    CHECK_FAILS(biodl_account(done, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "json is NULL");
    CHECK_FAILS(biodl_account(NULL, &json, &error), BIODL_STATUS_INVALID_HANDLE, "NULL");
    CHECK_FAILS(biodl_account(model, &json, &error), BIODL_STATUS_INVALID_HANDLE, "result or objects");
    CHECK(json == NULL);
    biodl_objects_destroy(cells.objects), biodl_result_destroy(done);
    CHECK_FAILS(biodl_account(done, &json, &error), BIODL_STATUS_INVALID_HANDLE, "closed");
    options.pixel_size[1] = -1;
    CHECK_FAILS(
        biodl_run(model, inputs, 1, &options, NULL, NULL, outputs, 1, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "pixel_size[1]");
    biodl_model_close(model);
    free(pixels);
}

static void plans_and_refusals(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_plan* plan;
    biodl_plan_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_run_stars_plan(builtin(), &image, NULL, &plan, &error));
    CHECK_OK(biodl_plan_describe(plan, &info, &error));
    CHECK(info.tiles == 1 && info.memory_bytes > 0 && info.match[0] && info.why[0]);
    biodl_plan_destroy(plan);
    biodl_model* model = tiny_network(__func__);
    CHECK_FAILS(biodl_run_stars_plan(model, &image, NULL, &plan, &error), BIODL_STATUS_MODEL_UNSUPPORTED, "cannot segment");
    CHECK(plan == NULL);
    CHECK_FAILS(biodl_run_stars_plan(model, &image, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "plan is NULL");
    biodl_objects* objects = (biodl_objects*)1;
    CHECK_FAILS(
        biodl_run_stars(model, &image, NULL, NULL, NULL, NULL, NULL, &objects, &error), BIODL_STATUS_MODEL_UNSUPPORTED, "cannot segment");
    CHECK(objects == NULL);
    biodl_star_options choice = { .struct_size = sizeof choice, .vertices = 2 };
    CHECK_FAILS(
        biodl_run_stars(builtin(), &image, NULL, &choice, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "stars.vertices");
    biodl_model_close(model);
    free(pixels);
}

MAIN(CASE(same_as_segment), CASE(old_callers), CASE(region), CASE(blocks_agree), CASE(mask_of_a_run), CASE(planes_of_an_object),
    CASE(accounts), CASE(plans_and_refusals))
