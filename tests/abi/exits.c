/*
 * The process ends while its threads open models and run them: with the code that it gave, never by a signal, and soon. Each end is tried
 * in many processes of their own, at moments that differ.
 */
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "cells.h"
#include "check.h"

enum
{
    N = 4 * CELL_FIELD,
    THREADS = 4,
    TIMES = 60,
    LATEST_MS = 600,
    CODE = 7
};

static uint16_t* pixels;

/* Opens its own model each time, or goes on with one. */
static void* open_and_run(void* opens)
{
    biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, N, N);
    biodl_model* model = NULL;
    for (;;)
    {
        biodl_objects* objects = NULL;
        if (!model && biodl_model_open(NULL, &model, NULL) != BIODL_STATUS_OK)
            return NULL;
        biodl_segment(model, &image, NULL, NULL, NULL, NULL, &objects, NULL);
        biodl_objects_destroy(objects);
        if (opens)
            biodl_model_close(model), model = NULL;
    }
}

static void begin(void)
{
    pixels = cells_16(N, N);
    /* The first call of a process comes from one thread: of four at once in some hundred processes one ended in .NET's own start. */
    CHECK(biodl_model_open("no such model", &(biodl_model*){ NULL }, NULL) != BIODL_STATUS_OK);
    for (size_t i = 0; i < THREADS; i++)
    {
        pthread_t thread;
        CHECK(pthread_create(&thread, NULL, open_and_run, (void*)(i % 2)) == 0);
    }
}

static void wait_ms(long milliseconds)
{
    struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
    nanosleep(&time, NULL);
}

/** In a process of its own: the end of that name, after so many milliseconds. @return what main returns */
static int end(const char* how, long after)
{
    begin();
    wait_ms(after);
    if (strcmp(how, "exit") == 0)
        exit(CODE);
    return CODE;
}

static void* exit_here(void* unused)
{
    wait_ms(50);
    exit(CODE);
    return unused;
}

/** The end by a thread that is not main's while main waits. */
static int end_by_thread(void)
{
    begin();
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, exit_here, NULL) == 0);
    pthread_join(thread, NULL);
    return 1;
}

static void ends_with_its_code(const char* how)
{
    for (int i = 0; i < TIMES; i++)
    {
        char after[16];
        snprintf(after, sizeof after, "%d", i * LATEST_MS / TIMES);
        pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0)
        {
            execl("/proc/self/exe", "exits", "end", how, after, (char*)NULL);
            _exit(1);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != CODE)
        {
            fprintf(stderr, "%s after %s ms ended with %s %d\n", how, after, WIFEXITED(status) ? "code" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
            exit(1);
        }
    }
}

static void by_exit(void) { ends_with_its_code("exit"); }

static void by_return(void) { ends_with_its_code("return"); }

static void by_another_thread(void) { ends_with_its_code("thread"); }

int main(int argc, char** argv)
{
    if (argc == 4 && strcmp(argv[1], "end") == 0)
        return strcmp(argv[2], "thread") == 0 ? end_by_thread() : end(argv[2], atol(argv[3]));
    const test_case cases[] = { CASE(by_exit), CASE(by_return), CASE(by_another_thread) };
    return run_case(argc, argv, cases, (int)(sizeof cases / sizeof cases[0]));
}
