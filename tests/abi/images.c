/* Images that are described wrongly are found out before the first pixel is touched. */
#include "check.h"

#include <math.h>

static biodl_model* model;
static uint16_t pixels[64 * 64];

static biodl_image good(void)
{
    if (!model)
        CHECK_OK(biodl_model_open(NULL, &model, &error));
    return biodl_image_2d(pixels, BIODL_DTYPE_UINT16, 64, 64);
}

#define REFUSED(image, word) \
    CHECK_FAILS(biodl_segment(model, &(image), NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, word)

static void* lock_nothing(void* user_data, int64_t plane)
{
    (void)user_data, (void)plane;
    return NULL;
}

static void unlock_nothing(void* user_data, int64_t plane, void* start, int32_t written)
{
    (void)user_data, (void)plane, (void)start, (void)written;
}

static void null_pixels(void)
{
    biodl_image image = good();
    image.data = NULL;
    REFUSED(image, "data");
    image.struct_size = 8;
    CHECK_FAILS(biodl_segment(model, &image, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_STRUCT, "image.struct_size");
}

static void shapes(void)
{
    for (int axis = 0; axis < 5; axis++)
    {
        biodl_image image = good();
        image.shape[axis] = 0;
        REFUSED(image, "image.shape");
        image.shape[axis] = -5;
        REFUSED(image, "is -5");
        image.shape[axis] = INT64_MAX;
        REFUSED(image, "image.shape");
    }
    biodl_image image = good();
    image.shape[BIODL_AXIS_C] = 7;
    image.strides[BIODL_AXIS_C] = 2;
    REFUSED(image, "7");

    uint16_t other[32 * 64];
    image = good();
    biodl_image labels = biodl_image_2d(other, BIODL_DTYPE_UINT16, 32, 64);
    CHECK_FAILS(biodl_segment(model, &image, NULL, NULL, NULL, &labels, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "32");
}

static void strides(void)
{
    biodl_image image = good();
    image.strides[BIODL_AXIS_X] = 0;
    REFUSED(image, "image.strides[X]");
    image = good();
    image.strides[BIODL_AXIS_Y] = 1;
    REFUSED(image, "image.strides[Y]");
    image = good();
    image.shape[BIODL_AXIS_T] = 3;
    image.strides[BIODL_AXIS_T] = INT64_MAX;
    REFUSED(image, "overflow");
    image.strides[BIODL_AXIS_T] = INT64_MIN;
    REFUSED(image, "overflow");
    image = good();
    image.offset = INT64_MAX;
    REFUSED(image, "overflow");
}

static void callbacks(void)
{
    biodl_image image = good();
    image.lock = lock_nothing;
    REFUSED(image, "only one of lock and unlock");
    image.unlock = unlock_nothing;
    REFUSED(image, "either data or lock");
    image.data = NULL;
    CHECK_FAILS(biodl_segment(model, &image, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_HOST, "plane 0");
}

static void dtypes(void)
{
    biodl_image image = good();
    image.dtype = 0;
    REFUSED(image, "dtype is 0");
    image.dtype = 77;
    REFUSED(image, "dtype is 77");
    image.dtype = BIODL_DTYPE_UINT32;
    image.shape[BIODL_AXIS_X] = image.shape[BIODL_AXIS_Y] = 32;
    image.strides[BIODL_AXIS_X] = 4;
    REFUSED(image, "32");

    image = good();
    uint8_t bytes[64 * 64];
    biodl_image labels = biodl_image_2d(bytes, BIODL_DTYPE_UINT8, 64, 64);
    CHECK_FAILS(biodl_segment(model, &image, NULL, NULL, NULL, &labels, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "label");
}

static void masks(void)
{
    biodl_image image = good();
    uint8_t bytes[10 * 10];
    biodl_image mask = biodl_image_2d(bytes, BIODL_DTYPE_UINT8, 10, 10);
    biodl_segment_options options = { .struct_size = sizeof options, .mask = &mask };
    CHECK_FAILS(biodl_segment(model, &image, &options, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "mask");
}

static void values(void)
{
    biodl_image image = good();
    image.value_scale = NAN;
    REFUSED(image, "value scale");
    image.value_scale = 1, image.value_offset = INFINITY;
    REFUSED(image, "value scale");

    uint32_t colours[64 * 64] = { 0 };
    image = biodl_image_2d(colours, BIODL_DTYPE_ARGB32, 64, 64);
    image.value_offset = -32768;
    REFUSED(image, "values other than its pixels");
}

/* A scale that cannot be, and two that exclude each other. */
static void scales(void)
{
    biodl_image image = good();
    const double bad[][2] = { { -1, 0 }, { 1000, 0 }, { NAN, 0 }, { 0.5, 20 }, { 0, -3 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    {
        biodl_run_options options = { .struct_size = sizeof options, .image_scale = bad[i][0], .object_diameter = bad[i][1] };
        CHECK_FAILS(biodl_run_stars(model, &image, &options, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "");
    }
}

MAIN(CASE(values), CASE(scales), CASE(null_pixels), CASE(shapes), CASE(strides), CASE(callbacks), CASE(dtypes), CASE(masks))
