/* Models of one's own, as a C program trains them. The cache is a folder of the test's own; trainings are as short as they can be. */
#include "own_cache.h"
#include <math.h>
#include "check.h"

enum
{
    SIDE = 96,
    SKIPPED = 77
};

static float noisy[SIDE * SIDE];
static biodl_image pixels;
static biodl_training_image image;
static const biodl_training_image* images[] = { &image };

/** A few soft discs under noise, and the shortest Noise2Void that can be asked for. */
static biodl_training_options prepare(const char* name)
{
    own_cache(name);
    uint32_t seed = 1;
    for (int i = 0; i < SIDE * SIDE; i++)
    {
        seed = seed * 1664525u + 1013904223u;
        const double distance = hypot(i % SIDE % 32 - 16, i / SIDE % 32 - 16);
        noisy[i] = (float)(100 / (1 + exp(distance - 9)) + (seed >> 8) / (double)(1 << 24) * 60);
    }
    pixels = biodl_image_2d(noisy, BIODL_DTYPE_FLOAT32, SIDE, SIDE);
    image = (biodl_training_image){ .struct_size = sizeof image, .name = "discs", .input = &pixels };
    return (biodl_training_options){ .struct_size = sizeof(biodl_training_options),
        .method = BIODL_TRAIN_NOISE2VOID,
        .name = name,
        .steps = 4,
        .patch = 32,
        .batch = 1,
        .threads = 1 };
}

/** The training, or the end of the test where nothing can be trained on this machine. */
static biodl_training* created(const biodl_training_options* options)
{
    biodl_training* training;
    biodl_error error = new_error();
    const biodl_status status = biodl_training_create(options, images, 1, NULL, NULL, &training, &error);
    if (status == BIODL_STATUS_NOT_FOUND && strstr(error.message, "libtorch"))
    {
        printf("SKIP: %s\n", error.message);
        exit(SKIPPED);
    }
    if (status != BIODL_STATUS_OK)
        fprintf(stderr, "%s | %s\n", error.message, error.hint);
    CHECK(status == BIODL_STATUS_OK && training);
    return training;
}

static biodl_training_progress poll(const biodl_training* training)
{
    biodl_training_progress progress = { .struct_size = sizeof progress };
    CHECK_OK(biodl_training_poll(training, &progress, &error));
    return progress;
}

static void wait_for(const biodl_training* training)
{
    for (int32_t over = 0; !over;)
        CHECK_OK(biodl_training_wait(training, 1.0, &over, &error));
}

static void plans(void)
{
    biodl_training_options options = prepare(__func__);
    biodl_training_plan* plan;
    CHECK_OK(biodl_training_plan_create(&options, images, 1, &plan, &error));
    biodl_training_plan_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_training_plan_describe(plan, &info, &error));
    CHECK(info.steps == 4 && info.batch == 1 && info.patch[0] == 1 && info.patch[1] == 32 && info.patch[2] == 32);
    CHECK(info.training_samples >= 1 && info.memory_bytes > 1 << 20 && info.disk_bytes >= (int64_t)sizeof noisy && info.minutes > 0);
    CHECK_OK(biodl_training_plan_destroy(plan));
    /* Clean images are their own targets when their noise is made. */
    biodl_training_options clean = options;
    clean.method = BIODL_TRAIN_RESTORATION;
    clean.simulated_noise = 1;
    CHECK_OK(biodl_training_plan_create(&clean, images, 1, &plan, &error));
    CHECK_OK(biodl_training_plan_destroy(plan));
    CHECK_FAILS(biodl_training_plan_describe(plan, &info, &error), BIODL_STATUS_INVALID_HANDLE, "plan of a training");
}

static void refusals(void)
{
    biodl_training_options options = prepare(__func__);
    biodl_training_plan* plan = (biodl_training_plan*)1;
    options.method = 99;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "options.method is 99");
    CHECK(plan == NULL);
    options.method = BIODL_TRAIN_NOISE2VOID;
    options.noise_axis = 2;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "noise_axis is 2");
    options.noise_axis = BIODL_NOISE_X;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 0, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "0 images");
    CHECK_FAILS(biodl_training_plan_create(&options, NULL, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "images is NULL");
    CHECK_FAILS(biodl_training_plan_create(NULL, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "options is NULL");
    options.noise_radius = 65;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "65 is out of range");
    options.noise_radius = 0;
    options.adversarial = NAN;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "NaN is out of range");
    options.adversarial = 0;
    options.simulated_noise = -1;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "-1 is out of range");
    options.simulated_noise = 0;
    image.side = 3;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "images[0].side is 3");
    image.side = BIODL_SIDE_DRAWN;
    options.method = BIODL_TRAIN_RESTORATION;
    CHECK_FAILS(biodl_training_plan_create(&options, images, 1, &plan, &error), BIODL_STATUS_INVALID_ARGUMENT, "discs");
    biodl_training* training = (biodl_training*)1;
    CHECK_FAILS(biodl_training_resume("no-such-training", &training, &error), BIODL_STATUS_NOT_FOUND, "no-such-training");
    CHECK(training == NULL);
    CHECK(biodl_training_start(NULL, NULL) == BIODL_STATUS_INVALID_HANDLE && biodl_training_destroy(NULL) == BIODL_STATUS_OK);
    CHECK_OK(biodl_training_discard("no-such-training", &error));
}

/** A model that was trained sees the image that it was trained on, and is closed. */
static void runs(biodl_model* model)
{
    static float denoised[SIDE * SIDE];
    const biodl_image output = biodl_image_2d(denoised, BIODL_DTYPE_FLOAT32, SIDE, SIDE);
    const biodl_image *inputs[] = { &pixels }, *outputs[] = { &output };
    CHECK_OK(biodl_run(model, inputs, 1, NULL, NULL, NULL, outputs, 1, NULL, &error));
    CHECK(isfinite(denoised[0]));
    CHECK_OK(biodl_model_close(model));
}

/** The model that comes of it runs, and its curve and picture can be asked for meanwhile and afterwards. */
static void trains_a_model(void)
{
    biodl_training_options options = prepare(__func__);
    biodl_training* training = created(&options);
    biodl_training_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_training_describe(training, &info, &error));
    CHECK(info.method == BIODL_TRAIN_NOISE2VOID && strcmp(info.name, options.name) == 0 && info.id[0]);
    biodl_training_result result = { .struct_size = sizeof result };
    CHECK_FAILS(biodl_training_get_result(training, &result, &error), BIODL_STATUS_INVALID_ARGUMENT, "not over");
    CHECK_OK(biodl_training_start(training, &error));
    wait_for(training);
    CHECK_OK(biodl_training_get_result(training, &result, &error));
    const biodl_training_progress progress = poll(training);
    CHECK(progress.state == BIODL_TRAINING_DONE && progress.step == 4 && progress.validations >= 1);
    biodl_training_point point = { .struct_size = sizeof point };
    CHECK_OK(biodl_training_get_point(training, progress.validations - 1, &point, &error));
    CHECK(point.step == 4 && isfinite(point.validation_loss));
    CHECK_FAILS(biodl_training_get_point(training, progress.validations, &point, &error), BIODL_STATUS_INVALID_ARGUMENT, "no validation");
    biodl_training_picture* picture;
    CHECK_OK(biodl_training_get_picture(training, &picture, &error));
    biodl_training_picture_info shown = { .struct_size = sizeof shown };
    CHECK_OK(biodl_training_picture_describe(picture, &shown, &error));
    CHECK(shown.planes >= 2 && strncmp(shown.names, "input\nprediction", 16) == 0);
    const float* plane;
    CHECK_OK(biodl_training_picture_get_plane(picture, 1, &plane, &error));
    CHECK(isfinite(plane[0]) && isfinite(plane[shown.height * shown.width - 1]));
    CHECK_FAILS(biodl_training_picture_get_plane(picture, shown.planes, &plane, &error), BIODL_STATUS_INVALID_ARGUMENT, "no plane");
    CHECK_OK(biodl_training_picture_destroy(picture));
    biodl_model* model;
    CHECK_OK(biodl_model_open(result.model_id, &model, &error));
    CHECK_OK(biodl_training_destroy(training));
    runs(model);
}

/** What it has learned so far can be used while it goes on. */
static void gives_snapshots(void)
{
    biodl_training_options options = prepare(__func__);
    options.steps = 100000;
    biodl_training* training = created(&options);
    biodl_training_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_training_describe(training, &info, &error));
    CHECK(strstr(info.notes, "kept for validation"));
    char folder[300];
    snprintf(folder, sizeof folder, "%s.cache/%s-now", options.name, info.id);
    CHECK_FAILS(biodl_training_snapshot(training, folder, &error), BIODL_STATUS_INVALID_ARGUMENT, "no state to keep");
    CHECK_OK(biodl_training_start(training, &error));
    while (poll(training).validations < 1)
    {
        int32_t over;
        CHECK_OK(biodl_training_wait(training, 0.1, &over, &error));
        CHECK(!over);
    }
    const int32_t step = poll(training).step;
    CHECK_OK(biodl_training_snapshot(training, folder, &error));
    CHECK_FAILS(biodl_training_snapshot(training, folder, &error), BIODL_STATUS_INVALID_ARGUMENT, "is there already");
    CHECK_FAILS(biodl_training_snapshot(training, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "folder is NULL");
    biodl_model* model;
    CHECK_OK(biodl_model_open(folder, &model, &error));
    runs(model);
    while (poll(training).step <= step)
    {
        int32_t over;
        CHECK_OK(biodl_training_wait(training, 0.1, &over, &error));
        CHECK(!over);
    }
    CHECK_OK(biodl_training_cancel(training, &error));
    wait_for(training);
    CHECK_FAILS(biodl_training_snapshot(training, "too-late", &error), BIODL_STATUS_INVALID_ARGUMENT, "no state to keep");
    CHECK_OK(biodl_training_destroy(training));
}

static biodl_unfinished_entry only_unfinished(biodl_unfinished** list)
{
    int64_t count;
    biodl_unfinished_entry entry = { .struct_size = sizeof entry };
    CHECK_OK(biodl_unfinished_open(list, &error));
    CHECK_OK(biodl_unfinished_count(*list, &count, &error));
    CHECK(count == 1);
    CHECK_OK(biodl_unfinished_get(*list, 0, &entry, &error));
    CHECK_FAILS(biodl_unfinished_get(*list, 1, &entry, &error), BIODL_STATUS_INVALID_ARGUMENT, "no unfinished training 1");
    return entry;
}

/** What is destroyed before its end goes on from where it was; what is cancelled is gone. */
static void breaks_off_and_resumes(void)
{
    biodl_training_options options = prepare(__func__);
    options.steps = 100000;
    biodl_training* training = created(&options);
    CHECK_OK(biodl_training_start(training, &error));
    while (poll(training).validations < 1)
    {
        int32_t over;
        CHECK_OK(biodl_training_wait(training, 0.1, &over, &error));
        CHECK(!over);
    }
    CHECK_OK(biodl_training_destroy(training));
    biodl_unfinished* list;
    const biodl_unfinished_entry entry = only_unfinished(&list);
    CHECK(entry.method == BIODL_TRAIN_NOISE2VOID && entry.step >= 1 && entry.steps == 100000 && entry.last > 1600000000);
    CHECK_OK(biodl_training_resume(entry.id, &training, &error));
    biodl_unfinished_destroy(list);
    CHECK_OK(biodl_training_start(training, &error));
    while (poll(training).step < entry.step)
    {
        int32_t over;
        CHECK_OK(biodl_training_wait(training, 0.1, &over, &error));
        CHECK(!over);
    }
    CHECK_OK(biodl_training_cancel(training, &error));
    wait_for(training);
    CHECK(poll(training).state == BIODL_TRAINING_CANCELLED);
    biodl_training_result result = { .struct_size = sizeof result };
    CHECK(biodl_training_get_result(training, &result, NULL) == BIODL_STATUS_CANCELLED);
    CHECK_OK(biodl_training_destroy(training));
    int64_t count;
    CHECK_OK(biodl_unfinished_open(&list, &error));
    CHECK_OK(biodl_unfinished_count(list, &count, &error));
    CHECK(count == 0);
    CHECK_OK(biodl_unfinished_destroy(list));
}

MAIN(CASE(plans), CASE(refusals), CASE(trains_a_model), CASE(gives_snapshots), CASE(breaks_off_and_resumes))
