/* Files that a host writes: what is refused before a run, and how a file comes to its place. */
#include <sys/stat.h>
#include <unistd.h>
#include "check.h"

static char folder[64];

static const char* in_folder(const char* name)
{
    static char paths[16][128];
    static int next;
    char* path = paths[next++ % 16];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char* write_file(const char* name, const char* text)
{
    const char* path = in_folder(name);
    FILE* file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

static int holds(const char* path, const char* text)
{
    char read[64] = { 0 };
    FILE* file = fopen(path, "r");
    size_t count = file ? fread(read, 1, sizeof read - 1, file) : 0;
    if (file)
        fclose(file);
    return count == strlen(text) && strcmp(read, text) == 0;
}

/* The cache of the test is its own. */
static void begin(void)
{
    strcpy(folder, "/tmp/biodl-outputs-XXXXXX");
    CHECK(mkdtemp(folder) && setenv("BIODL_CACHE", in_folder("cache"), 1) == 0);
}

static biodl_status check(const char* output, const char* input, int32_t overwrite, biodl_error* error)
{
    return biodl_outputs_check(&output, 1, &input, 1, overwrite, error);
}

static void inputs_are_kept(void)
{
    begin();
    const char* image = write_file("a.tif", "raw");
    CHECK(mkdir(in_folder("real"), 0700) == 0);
    const char* inside = write_file("real/b.tif", "raw");
    CHECK(symlink(folder, in_folder("link")) == 0 && link(image, in_folder("hard.tif")) == 0 && symlink(image, in_folder("soft.tif")) == 0);
    const char* names[] = { image, in_folder("link/a.tif"), in_folder("hard.tif"), in_folder("soft.tif"), in_folder("real/../a.tif") };
    for (int i = 0; i < 5; i++)
    {
        CHECK_FAILS(check(names[i], image, 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "would overwrite an input");
        CHECK_FAILS(check(image, names[i], 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "would overwrite an input");
    }
    CHECK_FAILS(check(inside, in_folder("link/real"), 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "an input folder");
    CHECK_FAILS(check(folder, image, 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "is a folder");
    CHECK_FAILS(check("/dev/null", image, 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "no file");
    CHECK_OK(check(in_folder("new.tif"), image, 0, &error));
    const char* twice[] = { in_folder("new.tif"), in_folder("link/new.tif") };
    CHECK_FAILS(biodl_outputs_check(twice, 2, NULL, 0, 1, &error), BIODL_STATUS_INVALID_ARGUMENT, "both become");
    CHECK(holds(image, "raw") && holds(inside, "raw"));
}

static void own_results_may_be_replaced(void)
{
    begin();
    const char* image = write_file("a.tif", "raw");
    const char* place = in_folder("labels.tif");
    CHECK_OK(biodl_output_place(write_file("part", "one"), place, 0, &error));
    CHECK(holds(place, "one") && access(in_folder("part"), F_OK) != 0);
    CHECK_OK(check(place, image, 0, &error));
    CHECK_OK(biodl_output_place(write_file("part", "two"), place, 0, &error));
    CHECK(holds(place, "two"));
    write_file("labels.tif", "by hand");
    CHECK_FAILS(check(place, image, 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "is there already");
    CHECK_FAILS(biodl_output_place(write_file("part", "six"), place, 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "is there already");
    CHECK(holds(place, "by hand") && holds(in_folder("part"), "six"));
    CHECK_OK(check(place, image, 1, &error));
    CHECK_OK(biodl_output_place(in_folder("part"), place, 1, &error));
    CHECK(holds(place, "six"));
}

static void bad_arguments(void)
{
    const char* none = NULL;
    CHECK_FAILS(biodl_outputs_check(NULL, 1, NULL, 0, 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "outputs");
    CHECK_FAILS(biodl_outputs_check(&none, 1, NULL, 0, 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "outputs[0] is NULL");
    CHECK_FAILS(biodl_outputs_check(&none, -1, NULL, 0, 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "outputs");
    CHECK_OK(biodl_outputs_check(NULL, 0, NULL, 0, 0, &error));
    CHECK_FAILS(biodl_output_place(NULL, "x", 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "written is NULL");
    CHECK_FAILS(biodl_output_place("x", "", 0, &error), BIODL_STATUS_INVALID_ARGUMENT, "path is empty");
    CHECK_FAILS(biodl_output_place("/nowhere/x", "/nowhere/y", 0, &error), BIODL_STATUS_IO, "/nowhere/y");
}

MAIN(CASE(inputs_are_kept), CASE(own_results_may_be_replaced), CASE(bad_arguments))
