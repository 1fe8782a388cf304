/* Threads, cancelling, progress. POSIX threads: the library's own rules do not depend on the kind. */
#include <pthread.h>
#include "cells.h"
#include "run.h"

enum
{
    N = 4 * CELL_FIELD
};

typedef struct job
{
    biodl_model* model;
    biodl_image image;
    found result;
    int runs;
    biodl_status status;
} job;

static void* work(void* argument)
{
    job* mine = argument;
    mine->result.view.struct_size = sizeof mine->result.view;
    for (int i = 0; i < mine->runs && mine->status == BIODL_STATUS_OK; i++)
    {
        biodl_objects_destroy(mine->result.objects);
        mine->status = biodl_segment(mine->model, &mine->image, NULL, NULL, NULL, NULL, &mine->result.objects, NULL);
    }
    if (mine->status == BIODL_STATUS_OK)
        mine->status = biodl_objects_get(mine->result.objects, &mine->result.view, NULL);
    return NULL;
}

static void run_together(biodl_model* first, biodl_model* second)
{
    uint16_t* pixels = cells_16(N, N);
    job jobs[2];
    memset(jobs, 0, sizeof jobs);
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
    {
        jobs[i].model = i ? second : first, jobs[i].runs = 3;
        jobs[i].image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
        CHECK(pthread_create(&threads[i], NULL, work, &jobs[i]) == 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    CHECK(jobs[0].status == BIODL_STATUS_OK && jobs[1].status == BIODL_STATUS_OK && jobs[0].result.view.count == 16 * CELL_COUNT);
    same_objects(&jobs[0].result, &jobs[1].result);
    free(pixels);
}

static void one_model_two_threads(void) { run_together(builtin(), builtin()); }

static void two_models(void)
{
    biodl_model* other;
    CHECK_OK(biodl_model_open("builtin:nuclei-fluo", &other, &error));
    CHECK(other != builtin());
    run_together(builtin(), other);
}

static void* open_and_work(void* argument)
{
    job* mine = argument;
    mine->status = biodl_model_open("builtin:nuclei-fluo", &mine->model, NULL);
    work(mine);
    biodl_model_close(mine->model);
    return NULL;
}

/* The whole road, from opening on, on a thread that has a quarter of a megabyte of stack. */
static void small_stack(void)
{
    uint16_t* pixels = cells_16(N, N);
    job small = { .image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), .runs = 1 };
    pthread_t thread;
    pthread_attr_t attributes;
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstacksize(&attributes, 256 << 10) == 0);
    CHECK(pthread_create(&thread, &attributes, open_and_work, &small) == 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    CHECK(small.status == BIODL_STATUS_OK && small.result.view.count == 16 * CELL_COUNT);
    biodl_objects_destroy(small.result.objects);
    free(pixels);
}

static void close_during_run(void)
{
    uint16_t* pixels = cells_16(N, N);
    job running;
    memset(&running, 0, sizeof running);
    CHECK_OK(biodl_model_open(NULL, &running.model, &error));
    running.runs = 200, running.image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, work, &running) == 0);
    for (volatile int spin = 0; spin < 50000000; spin++)
    {}
    CHECK_OK(biodl_model_close(running.model));
    pthread_join(thread, NULL);
    /* the run under way ended well or with the handle named as closed; nothing else is right */
    CHECK(running.status == BIODL_STATUS_INVALID_HANDLE || running.status == BIODL_STATUS_OK);
    free(pixels);
}

typedef struct watch
{
    int32_t cancel_at, calls, stages;
    int64_t total;
    double fraction;
} watch;

static int32_t on_progress(void* user_data, const biodl_progress* progress)
{
    watch* seen = user_data;
    CHECK(progress->struct_size >= sizeof *progress && progress->done <= progress->total && progress->total >= 1);
    CHECK(progress->fraction >= seen->fraction && progress->fraction <= 1);
    CHECK(progress->stage >= BIODL_STAGE_PREPARE && progress->stage <= BIODL_STAGE_RENDER);
    seen->fraction = progress->fraction, seen->total = progress->total;
    seen->stages |= 1 << progress->stage;
    seen->calls++;
    return seen->cancel_at == 0 || progress->stage != seen->cancel_at;
}

static biodl_status watched(watch* seen, uint16_t* pixels, uint16_t* out, biodl_objects** objects)
{
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N), labels = biodl_image_2d(out, BIODL_DTYPE_UINT16, N, N);
    biodl_segment_options options = { .struct_size = sizeof options, .tile = 320 };
    return biodl_segment(builtin(), &image, &options, on_progress, seen, &labels, objects, NULL);
}

static void cancel_every_stage(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint16_t out[N * N];
    for (int32_t stage = BIODL_STAGE_PREPARE; stage <= BIODL_STAGE_RENDER; stage++)
    {
        watch seen = { .cancel_at = stage };
        biodl_objects* objects = (biodl_objects*)(uintptr_t)16;
        memset(out, 0xAB, sizeof out);
        CHECK(watched(&seen, pixels, out, &objects) == BIODL_STATUS_CANCELLED);
        CHECK(objects == NULL && seen.calls >= 1 && (seen.stages & 1 << stage));
        for (int i = 0; i < N * N; i++)
            CHECK(out[i] == 0xABAB);
    }
    watch seen = { 0 }; /* and the model still works */
    biodl_objects* objects;
    CHECK(watched(&seen, pixels, out, &objects) == BIODL_STATUS_OK && objects != NULL);
    free(pixels);
}

static void progress_rules(void)
{
    uint16_t* pixels = cells_16(N, N);
    static uint16_t out[N * N];
    watch seen = { 0 };
    biodl_objects* objects;
    CHECK(watched(&seen, pixels, out, &objects) == BIODL_STATUS_OK);
    biodl_objects_report report = { .struct_size = sizeof report };
    CHECK_OK(biodl_objects_describe(objects, &report, &error));
    CHECK(report.tiles > 1 && seen.calls >= report.tiles && seen.total >= report.tiles && seen.fraction == 1);
    CHECK(seen.stages == (1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5));
    free(pixels);
}

MAIN(CASE(one_model_two_threads), CASE(two_models), CASE(small_stack), CASE(close_during_run), CASE(cancel_every_stage),
    CASE(progress_rules))
