/* Images at the edge of sense: a correct result, never a crash. */
#include "cells.h"
#include "run.h"

static void empty(int height, int width, float value)
{
    size_t count = (size_t)height * (size_t)width;
    float* pixels = malloc(4 * count);
    uint16_t* out = malloc(2 * count);
    for (size_t i = 0; i < count; i++)
        pixels[i] = value, out[i] = 7;
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_FLOAT32, height, width);
    biodl_image labels = biodl_image_2d(out, BIODL_DTYPE_UINT16, height, width);
    found result = segment(&image, NULL, &labels);
    CHECK(result.view.count == 0 && result.view.objects == NULL && result.view.vertices == NULL);
    for (size_t i = 0; i < count; i++)
        CHECK(out[i] == 0);
    biodl_objects_destroy(result.objects);
    free(pixels), free(out);
}

static void one_pixel(void)
{
    empty(1, 1, 0);
    empty(1, 1, 1000);
}

static void one_wide(void)
{
    empty(500, 1, 3);
    empty(1, 500, 3);
    empty(3, 2, 3);
}

static void constant(void)
{
    empty(100, 130, 0);
    empty(100, 130, 1e30f);
    empty(100, 130, -4);
}

static void not_finite(void)
{
    enum
    {
        N = CELL_FIELD
    };
    static float pixels[N * N];
    for (int i = 0; i < N * N; i++)
        pixels[i] = (float)cell_value(i / N, i % N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_FLOAT32, N, N);
    pixels[0] = NAN, pixels[N + 3] = INFINITY, pixels[2 * N + 5] = -INFINITY;
    found result = segment(&image, NULL, NULL);
    CHECK(result.view.count == CELL_COUNT && strstr(result.report.warnings, "NaN"));
    for (int i = 0; i < N * N; i++)
        pixels[i] = NAN;
    result = segment(&image, NULL, NULL);
    CHECK(result.view.count == 0 && strstr(result.report.warnings, "finite"));
}

static void black_frame(void)
{
    enum
    {
        N = CELL_FIELD
    };
    uint16_t* pixels = cells_16(3 * N, N);
    memset(pixels + N * N, 0, 2 * N * N);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, 3, 1, 1, N, N);
    found result = segment(&image, NULL, NULL);
    CHECK(result.view.count == 2 * CELL_COUNT);
    for (int64_t i = 0; i < result.view.count; i++)
        CHECK(object_at(&result, i)->frame != 1);
    free(pixels);
}

static void no_candidate(void)
{
    enum
    {
        N = CELL_FIELD
    };
    uint16_t* pixels = cells_16(N, N);
    static uint16_t out[N * N];
    memset(out, 0xFF, sizeof out);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(out, BIODL_DTYPE_UINT16, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .prob_threshold = 1 };
    found result = segment(&image, &options, &labels);
    CHECK(result.view.count == 0 && result.report.candidates == 0 && out[0] == 0 && out[N * N - 1] == 0);
    free(pixels);
}

/* A threshold of nothing makes nearly every grid cell a candidate: over a million of them on 2048 x 2048. */
static void million_candidates(void)
{
    enum
    {
        N = 2080
    };
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .prob_threshold = BIODL_EXACTLY_ZERO };
    found result = segment(&image, &options, NULL);
    CHECK(result.report.candidates > 1000000 && result.view.count > 52 * 52);
    printf("%lld candidates, %lld objects, suppression %.0f ms\n", (long long)result.report.candidates, (long long)result.view.count,
        result.report.suppress_ms);
    free(pixels);
}

static void smaller_than_tile(void)
{
    enum
    {
        N = 40
    };
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .tile = 1024 };
    found result = segment(&image, &options, NULL);
    CHECK(result.view.count == 1 && result.report.tiles == 1);
    free(pixels);
}

MAIN(CASE(one_pixel), CASE(one_wide), CASE(constant), CASE(not_finite), CASE(black_frame), CASE(no_candidate), CASE(million_candidates),
    CASE(smaller_than_tile))
