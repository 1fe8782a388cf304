/* Segmentation as a C program meets it: every way to describe pixels gives the same objects. */
#include "cells.h"
#include "run.h"

enum
{
    N = CELL_FIELD
};

static void finds_cells(void)
{
    uint16_t* pixels = cells_16(N, N);
    uint16_t* copy = cells_16(N, N);
    static uint16_t out[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(out, BIODL_DTYPE_UINT16, N, N);
    found result = segment(&image, NULL, &labels);
    CHECK(result.view.count == CELL_COUNT && result.view.rays == 32);
    CHECK(memcmp(pixels, copy, sizeof(uint16_t) * N * N) == 0);
    for (int64_t i = 0; i < result.view.count; i++)
    {
        const biodl_object* object = object_at(&result, i);
        double dy = fmod(object->center_y, CELL_SPACING) - 20, dx = fmod(object->center_x, CELL_SPACING) - 20;
        CHECK(fabs(dy) <= 4 && fabs(dx) <= 4);
        CHECK(object->area > 200 && object->area < 450 && object->label == i + 1);
        CHECK(i == 0 || object->probability <= object_at(&result, i - 1)->probability);
        CHECK(out[(int)object->center_y * N + (int)object->center_x] == object->label);
        const float* vertex = result.view.vertices + i * 2 * result.view.rays;
        CHECK(vertex[0] > object->center_x && fabsf(vertex[1] - object->center_y) < 1e-3f);
        CHECK(vertex[2 * 8 + 1] > object->center_y);
    }
    CHECK(strcmp(result.report.device, "cpu") == 0 && result.report.network_ms > 0 && result.report.tiles == 1);
    CHECK(strstr(result.report.provenance, "\"sha256\"") && result.report.warnings[0] == 0);
    biodl_objects_destroy(result.objects);
    free(pixels), free(copy);
}

typedef struct moving
{
    uint16_t* home; /* the planes, where they rest */
    size_t bytes;   /* of one plane */
    int held, locks, most, written;
    int64_t highest;
} moving;

/* Each lock hands out the plane at a fresh address, as a moving collector may. */
static void* lock_plane(void* user_data, int64_t plane)
{
    moving* memory = user_data;
    memory->held++, memory->locks++;
    memory->most = memory->held > memory->most ? memory->held : memory->most;
    memory->highest = plane > memory->highest ? plane : memory->highest;
    void* copy = malloc(memory->bytes);
    memcpy(copy, (char*)memory->home + (size_t)plane * memory->bytes, memory->bytes);
    return copy;
}

static void unlock_plane(void* user_data, int64_t plane, void* start, int32_t written)
{
    moving* memory = user_data;
    memory->held--, memory->written += written;
    if (written)
        memcpy((char*)memory->home + (size_t)plane * memory->bytes, start, memory->bytes);
    free(start);
}

static biodl_image windowed(biodl_image image, moving* memory)
{
    image.data = NULL;
    image.lock = lock_plane, image.unlock = unlock_plane, image.user_data = memory;
    return image;
}

static void windows_equal_memory(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint16_t fixed[N * N], moved[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(fixed, BIODL_DTYPE_UINT16, N, N);
    found plain = segment(&image, NULL, &labels);

    moving input = { .home = pixels, .bytes = sizeof fixed }, output = { .home = moved, .bytes = sizeof moved };
    biodl_image window = windowed(image, &input), window_labels = windowed(labels, &output);
    found windows = segment(&window, NULL, &window_labels);
    same_objects(&plain, &windows);
    CHECK(memcmp(fixed, moved, sizeof fixed) == 0);
    CHECK(input.held == 0 && output.held == 0 && input.locks > 0 && output.locks > 0 && input.most == 1 && output.most == 1);
    CHECK(input.written == 0 && output.written == output.locks);

    /* a region of a moving plane by offset is the region of a fixed one */
    int64_t inside = 10 * N + 6;
    biodl_image crop = biodl_image_2d(pixels + inside, BIODL_DTYPE_UINT16, 100, 90), crop_window = window;
    crop.strides[BIODL_AXIS_Y] = crop_window.strides[BIODL_AXIS_Y] = 2 * N;
    crop_window.shape[BIODL_AXIS_Y] = 100, crop_window.shape[BIODL_AXIS_X] = 90, crop_window.offset = 2 * inside;
    found a = segment(&crop, NULL, NULL), b = segment(&crop_window, NULL, NULL);
    CHECK(a.view.count > 0);
    same_objects(&a, &b);
    free(pixels);
}

static void channels_and_strides(void)
{
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    found plain = segment(&image, NULL, NULL);

    /* the second channel of an interleaved 8-bit-padded float image, and a picture stored upside down */
    static float interleaved[N * N * 3];
    for (int i = 0; i < N * N; i++)
        interleaved[3 * i + 1] = pixels[i];
    biodl_image channel = biodl_image_2d(interleaved + 1, BIODL_DTYPE_FLOAT32, N, N);
    channel.strides[BIODL_AXIS_X] = 12, channel.strides[BIODL_AXIS_Y] = 12 * N;
    found second = segment(&channel, NULL, NULL);
    same_objects(&plain, &second);

    static uint16_t flipped[N * N];
    for (int y = 0; y < N; y++)
        memcpy(flipped + (N - 1 - y) * N, pixels + y * N, 2 * N);
    biodl_image upside = biodl_image_2d(flipped + (N - 1) * N, BIODL_DTYPE_UINT16, N, N);
    upside.strides[BIODL_AXIS_Y] = -2 * N;
    found turned = segment(&upside, NULL, NULL);
    same_objects(&plain, &turned);
    free(pixels);
}

static void argb(void)
{
    static uint8_t grey[N * N];
    static uint32_t packed[N * N];
    for (int i = 0; i < N * N; i++)
    {
        uint32_t value = grey[i] = (uint8_t)(cell_value(i / N, i % N) * 255);
        packed[i] = 0xFF000000u | value << 16 | value << 8 | value;
    }
    biodl_image a = biodl_image_2d(grey, BIODL_DTYPE_UINT8, N, N), b = biodl_image_2d(packed, BIODL_DTYPE_ARGB32, N, N);
    found plain = segment(&a, NULL, NULL), rgb = segment(&b, NULL, NULL);
    CHECK(plain.view.count == CELL_COUNT);
    same_objects(&plain, &rgb);
}

static void series(void)
{
    enum
    {
        T = 2,
        Z = 2
    };
    uint16_t* pixels = cells_16(N * T * Z, N);
    static uint16_t out[T * Z * N * N];
    memset(pixels + 3 * N * N, 0, 2 * N * N); /* frame 1, slice 1 is black */
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, T, Z, 1, N, N);
    biodl_image labels = biodl_image_5d(out, BIODL_DTYPE_UINT16, T, Z, 1, N, N);
    found result = segment(&image, NULL, &labels);
    CHECK(result.view.count == 3 * CELL_COUNT);
    for (int64_t i = 0; i < result.view.count; i++)
    {
        const biodl_object* object = object_at(&result, i);
        CHECK(object->frame * Z + object->slice == i / CELL_COUNT && object->label == i % CELL_COUNT + 1);
    }
    CHECK(memcmp(out, out + N * N, 2 * N * N) == 0 && memcmp(out, out + 2 * N * N, 2 * N * N) == 0);
    for (int i = 0; i < N * N; i++)
        CHECK(out[3 * N * N + i] == 0);
    free(pixels);
}

static void unique_labels(void)
{
    uint16_t* pixels = cells_16(N * 3, N);
    biodl_image image = biodl_image_5d(pixels, BIODL_DTYPE_UINT16, 3, 1, 1, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .label_scope = BIODL_LABELS_UNIQUE };
    found result = segment(&image, &options, NULL);
    CHECK(result.view.count == 3 * CELL_COUNT);
    for (int64_t i = 0; i < result.view.count; i++)
        CHECK(object_at(&result, i)->label == i + 1);
    free(pixels);
}

static void label_types(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint16_t narrow[N * N];
    static uint32_t wide[N * N];
    static float real[N * N];
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(narrow, BIODL_DTYPE_UINT16, N, N);
    found result = segment(&image, NULL, &labels);
    labels = biodl_image_2d(wide, BIODL_DTYPE_UINT32, N, N);
    CHECK_OK(biodl_objects_render(result.objects, &labels, &error));
    labels = biodl_image_2d(real, BIODL_DTYPE_FLOAT32, N, N);
    CHECK_OK(biodl_objects_render(result.objects, &labels, &error));
    for (int i = 0; i < N * N; i++)
        CHECK(narrow[i] == wide[i] && (float)narrow[i] == real[i]);
    labels = biodl_image_2d(wide, BIODL_DTYPE_UINT32, N, N / 2);
    CHECK_FAILS(biodl_objects_render(result.objects, &labels, &error), BIODL_STATUS_INVALID_ARGUMENT, "80");
    biodl_objects_destroy(result.objects);
    labels = biodl_image_2d(wide, BIODL_DTYPE_UINT32, N, N);
    CHECK_FAILS(biodl_objects_render(result.objects, &labels, &error), BIODL_STATUS_INVALID_HANDLE, "objects");
    free(pixels);
}

static void defaults(void)
{
    biodl_segment_options options = { .struct_size = sizeof options };
    CHECK_OK(biodl_segment_options_default(builtin(), &options, &error));
    biodl_model_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_model_describe(builtin(), &info, &error));
    CHECK(options.prob_threshold == info.prob_threshold && options.overlap_threshold == info.overlap_threshold && options.border == 1);
    CHECK(options.percentile_low == 1 && options.percentile_high == 99.8 && strcmp(options.device, "auto") == 0);
    uint16_t* pixels = cells_16(N, N);
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    found spelled = segment(&image, &options, NULL), silent = segment(&image, NULL, NULL);
    same_objects(&spelled, &silent);

    struct
    {
        const char* word;
        biodl_segment_options options;
    } wrong[] = {
        { "normalize", { .normalize = 9 } },
        { "vertices", { .vertices = -1 } },
        { "label_scope", { .label_scope = 2 } },
        { "percentile", { .percentile_low = 50, .percentile_high = 20 } },
        { "percentile", { .percentile_low = 1, .percentile_high = 101 } },
        { "prob", { .prob_threshold = 1.5 } },
        { "overlap", { .overlap_threshold = -3 } },
        { "prob", { .prob_threshold = NAN } },
        { "tile", { .tile = -64 } },
        { "memory", { .memory_limit = -1 } },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
    {
        wrong[i].options.struct_size = sizeof(biodl_segment_options);
        CHECK_FAILS(biodl_segment(builtin(), &image, &wrong[i].options, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT,
            wrong[i].word);
    }
    options.device = "toaster:1";
    CHECK_FAILS(biodl_segment(builtin(), &image, &options, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_DEVICE_UNAVAILABLE, "toaster:1");
    free(pixels);
}

static void mask_keeps(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint8_t mask_pixels[N * N];
    memset(mask_pixels, 1, N * N / 2); /* the upper half: two rows of four cells */
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), mask = biodl_image_2d(mask_pixels, BIODL_DTYPE_UINT8, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .mask = &mask };
    found result = segment(&image, &options, NULL);
    CHECK(result.view.count == CELL_COUNT / 2);
    for (int64_t i = 0; i < result.view.count; i++)
        CHECK(object_at(&result, i)->centroid_y < N / 2 - 0.5);
    free(pixels);
}

MAIN(CASE(finds_cells), CASE(windows_equal_memory), CASE(channels_and_strides), CASE(argb), CASE(series), CASE(unique_labels),
    CASE(label_types), CASE(defaults), CASE(mask_keeps))
