/* What becomes of objects: measured, left out, grown, linked, with the network's maps, and found anew among kept candidates. */
#include "cells.h"
#include "run.h"

enum
{
    N = CELL_FIELD,
    ABI_3_STAR_OPTIONS = offsetof(biodl_star_options, exclude_edges)
};

static biodl_star_options options_of(void)
{
    biodl_star_options stars = { .struct_size = sizeof stars };
    return stars;
}

static found stars(const biodl_image* image, const biodl_star_options* choice, const biodl_image* labels)
{
    found result = { .view = { .struct_size = sizeof result.view } };
    CHECK_OK(biodl_run_stars(builtin(), image, NULL, choice, NULL, NULL, labels, &result.objects, &error));
    CHECK_OK(biodl_objects_get(result.objects, &result.view, &error));
    return result;
}

/* Pixels and centroid of every object are those of its label. */
static void check_measured(const found* result, const uint16_t* labels, int height)
{
    for (int64_t i = 0; i < result->view.count; i++)
    {
        const biodl_object* object = object_at(result, i);
        int64_t pixels = 0;
        double y = 0, x = 0;
        for (int p = 0; p < height * N; p++)
            if (labels[p] == object->label)
                pixels++, y += p / N, x += p % N;
        CHECK(pixels == object->pixels && pixels > 0);
        CHECK(fabs(y / (double)pixels - object->centroid_y) < 1e-6 && fabs(x / (double)pixels - object->centroid_x) < 1e-6);
    }
}

static void measured(void)
{
    uint16_t* pixels = cells_16(N - 14, N); /* cuts the lowest row of cells */
    static uint16_t shown[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N - 14, N),
                labels = biodl_image_2d(shown, BIODL_DTYPE_UINT16, N - 14, N);
    found all = stars(&image, NULL, &labels);
    check_measured(&all, shown, N - 14);
    biodl_star_options choice = options_of();
    choice.exclude_edges = 1;
    found inner = stars(&image, &choice, &labels);
    check_measured(&inner, shown, N - 14);
    int64_t touching = 0;
    for (int64_t i = 0; i < all.view.count; i++)
        touching += object_at(&all, i)->touches_edge;
    CHECK(touching > 0 && inner.view.count == all.view.count - touching);
    for (int64_t i = 0; i < inner.view.count; i++)
        CHECK(object_at(&inner, i)->label == i + 1 && !object_at(&inner, i)->touches_edge);
    free(pixels);
}

static void grown_and_sized(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint16_t shown[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(shown, BIODL_DTYPE_UINT16, N, N);
    found all = stars(&image, NULL, NULL);
    biodl_star_options choice = options_of();
    choice.grow = 3;
    found cells = stars(&image, &choice, &labels);
    check_measured(&cells, shown, N);
    choice.rings = 1;
    found rings = stars(&image, &choice, &labels);
    check_measured(&rings, shown, N);
    for (int64_t i = 0; i < all.view.count; i++)
        CHECK(object_at(&rings, i)->pixels == object_at(&cells, i)->pixels - object_at(&all, i)->pixels);
    choice = options_of();
    choice.max_area = (double)object_at(&all, 0)->pixels;
    choice.min_area = choice.max_area;
    found same = stars(&image, &choice, NULL);
    CHECK(same.view.count >= 1 && same.view.count < all.view.count);
    CHECK(object_at(&same, 0)->pixels == object_at(&all, 0)->pixels);
    biodl_star_options wrong[] = { { .rings = 1 }, { .grow = 1001 }, { .min_area = 5, .max_area = 4 }, { .link = 3 },
        { .label_scope = BIODL_LABELS_TRACK }, { .link = 1, .link_overlap = 2 } };
    const char* words[] = { "rings", "grow", "area", "stars.link", "linked", "link overlap" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    {
        wrong[i].struct_size = sizeof wrong[i];
        CHECK_FAILS(
            biodl_run_stars(builtin(), &image, NULL, &wrong[i], NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, words[i]);
    }
    free(pixels);
}

/* Two frames of the same cells: each keeps its number. */
static void linked(void)
{
    uint16_t* pixels = cells_16(2 * N, N);
    static uint16_t shown[2 * N * N];
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, 2, 1, 1, N, N);
    biodl_image labels = biodl_image_5d(shown, BIODL_DTYPE_UINT16, 2, 1, 1, N, N);
    biodl_star_options choice = options_of();
    choice.link = BIODL_LINK_FRAMES, choice.label_scope = BIODL_LABELS_TRACK;
    found result = stars(&image, &choice, &labels);
    CHECK(result.view.count == 2 * CELL_COUNT);
    for (int64_t i = 0; i < result.view.count; i++)
    {
        const biodl_object* object = object_at(&result, i);
        CHECK(object->track == object->label && object->track >= 1 && object->track <= CELL_COUNT);
    }
    CHECK(memcmp(shown, shown + N * N, sizeof shown / 2) == 0);
    free(pixels);
}

static void maps(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), views[2], expected[2];
    biodl_plan* plan;
    CHECK_OK(biodl_run_stars_plan(builtin(), &image, NULL, &plan, &error));
    size_t bytes[2];
    for (int i = 0; i < 2; i++)
    {
        biodl_plan_output output = { .struct_size = sizeof output };
        CHECK_OK(biodl_plan_get_output(plan, i, &output, &error));
        const int64_t* s = output.shape;
        bytes[i] = sizeof(float) * (size_t)(s[0] * s[1] * s[2] * s[3] * s[4]);
        views[i] = biodl_image_5d(calloc(1, bytes[i]), BIODL_DTYPE_FLOAT32, s[0], s[1], s[2], s[3], s[4]);
        expected[i] = biodl_image_5d(calloc(1, bytes[i]), BIODL_DTYPE_FLOAT32, s[0], s[1], s[2], s[3], s[4]);
    }
    biodl_plan_destroy(plan);
    /* A run has the outputs in the order of the network. */
    biodl_tensor_info first = { .struct_size = sizeof first };
    CHECK_OK(biodl_model_get_output(builtin(), 0, &first, &error));
    const int distances = first.channels == 1 ? 1 : 0;
    const biodl_image *inputs[] = { &image }, *outputs[2];
    outputs[1 - distances] = &expected[0], outputs[distances] = &expected[1];
    CHECK_OK(biodl_run(builtin(), inputs, 1, NULL, NULL, NULL, outputs, 2, NULL, &error));
    biodl_star_options choice = options_of();
    choice.probability = &views[0], choice.distances = &views[1];
    found plain = stars(&image, NULL, NULL), with = stars(&image, &choice, NULL);
    same_objects(&plain, &with);
    for (int i = 0; i < 2; i++)
        CHECK(memcmp(views[i].data, expected[i].data, bytes[i]) == 0);
    choice.distances = &image;
    CHECK_FAILS(biodl_run_stars(builtin(), &image, NULL, &choice, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "image");
    for (int i = 0; i < 2; i++)
        free(views[i].data), free(expected[i].data);
    free(pixels);
}

static void kept_candidates(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_candidates* kept;
    CHECK_OK(biodl_run_stars_keep(builtin(), &image, NULL, 0.2, NULL, NULL, &kept, &error));
    biodl_candidates_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_candidates_describe(kept, &info, &error));
    CHECK(info.count >= CELL_COUNT && info.prob_threshold == 0.2);
    for (int i = 0; i < 6; i++)
    {
        biodl_star_options choice = options_of();
        choice.prob_threshold = 0.2 + 0.12 * i, choice.overlap_threshold = 0.1 + 0.15 * i, choice.grow = i % 2;
        found fresh = stars(&image, &choice, NULL), answer = { .view = { .struct_size = sizeof answer.view } };
        CHECK_OK(biodl_candidates_select(kept, &choice, NULL, NULL, NULL, &answer.objects, &error));
        CHECK_OK(biodl_objects_get(answer.objects, &answer.view, &error));
        same_objects(&fresh, &answer);
        biodl_objects_destroy(fresh.objects), biodl_objects_destroy(answer.objects);
    }
    biodl_star_options choice = options_of();
    choice.prob_threshold = 0.1;
    CHECK_FAILS(biodl_candidates_select(kept, &choice, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "kept above");
    choice.prob_threshold = 0.5, choice.probability = &image;
    CHECK_FAILS(biodl_candidates_select(kept, &choice, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "no maps");
    CHECK_OK(biodl_candidates_destroy(kept));
    CHECK_FAILS(biodl_candidates_select(kept, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_HANDLE, "candidates");
    CHECK_OK(biodl_candidates_destroy(NULL));
    CHECK_FAILS(biodl_run_stars_keep(builtin(), &image, NULL, 2, NULL, NULL, &kept, &error), BIODL_STATUS_INVALID_ARGUMENT, "threshold");
    CHECK(kept == NULL);
    free(pixels);
}

/* A program compiled against ABI 3 has other things of its own behind its options. */
static void old_callers(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_star_options older;
    memset(&older, 0x5A, sizeof older);
    memset(&older, 0, ABI_3_STAR_OPTIONS);
    older.struct_size = ABI_3_STAR_OPTIONS;
    found silent = stars(&image, NULL, NULL), old = stars(&image, &older, NULL);
    same_objects(&silent, &old);
    older.struct_size = ABI_3_STAR_OPTIONS - 1;
    CHECK_FAILS(
        biodl_run_stars(builtin(), &image, NULL, &older, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_STRUCT, "stars.struct_size");
    free(pixels);
}

MAIN(CASE(measured), CASE(grown_and_sized), CASE(linked), CASE(maps), CASE(kept_candidates), CASE(old_callers))
