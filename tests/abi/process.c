/* What the library does to the process that loads it: signals, the folder and the locale it works in, children. Linux and macOS. */
#include <locale.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cells.h"
#include "run.h"

static int64_t cells_found(void)
{
    uint16_t* pixels = cells_16(CELL_FIELD, CELL_FIELD);
    const biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, CELL_FIELD, CELL_FIELD);
    found result = segment(&image, NULL, NULL);
    const int64_t count = result.view.count;
    biodl_objects_destroy(result.objects);
    free(pixels);
    return count;
}

/** A child that was made before the first call is a process like any other; so is its parent. */
static void fork_before_the_first_call(void)
{
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0)
        _exit(cells_found() == CELL_COUNT ? 0 : 1);
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK(cells_found() == CELL_COUNT);
}

static int first_real_time(void)
{
#ifdef SIGRTMIN
    return SIGRTMIN;
#else
    return 0;
#endif
}

/** .NET takes the signals of faults and one of its own, and ignores SIGPIPE; all others stay the host's. */
static void signals_of_the_host(void)
{
    const int taken[] = { SIGFPE, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGPIPE, first_real_time() };
    struct sigaction before[NSIG], after;
    for (int i = 1; i < NSIG; i++)
        if (sigaction(i, NULL, &before[i]) != 0)
            memset(&before[i], 0, sizeof before[i]);
    CHECK(cells_found() == CELL_COUNT);
    for (int i = 1; i < NSIG; i++)
    {
        int known = 0;
        for (size_t k = 0; k < sizeof taken / sizeof taken[0]; k++)
            known |= taken[k] == i;
        CHECK(known || sigaction(i, NULL, &after) != 0 || after.sa_handler == before[i].sa_handler);
    }
}

static void folder_and_locale(void)
{
    char before[4096], after[4096], locale[256];
    setlocale(LC_ALL, "C");
    snprintf(locale, sizeof locale, "%s", setlocale(LC_ALL, NULL));
    CHECK(getcwd(before, sizeof before) && cells_found() == CELL_COUNT && getcwd(after, sizeof after));
    CHECK(strcmp(before, after) == 0 && strcmp(locale, setlocale(LC_ALL, NULL)) == 0);
}

MAIN(CASE(fork_before_the_first_call), CASE(signals_of_the_host), CASE(folder_and_locale))
