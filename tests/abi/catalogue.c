/* The models there are, as a C program meets them: list, install, verify, remove. The cache is a folder of the test's own. */
#include "own_cache.h"
#include "check.h"
#include "tiny_network.h"

static biodl_catalogue* listed(int64_t* count)
{
    biodl_catalogue* catalogue;
    CHECK_OK(biodl_catalogue_open(0, &catalogue, &error));
    CHECK_OK(biodl_catalogue_count(catalogue, count, &error));
    return catalogue;
}

static biodl_catalogue_entry entry_at(const biodl_catalogue* catalogue, int64_t index)
{
    biodl_catalogue_entry entry;
    memset(&entry, 0, sizeof entry);
    entry.struct_size = sizeof entry;
    CHECK_OK(biodl_catalogue_get(catalogue, index, &entry, &error));
    return entry;
}

/* How many there are, all of them built in: nothing is installed. */
static int64_t builtin_alone(void)
{
    int64_t count;
    biodl_catalogue* catalogue = listed(&count);
    CHECK(count >= 1);
    for (int64_t i = 0; i < count; i++)
        CHECK(entry_at(catalogue, i).state == BIODL_MODEL_BUILTIN);
    biodl_catalogue_destroy(catalogue);
    return count;
}

static void lists_builtin(void)
{
    own_cache(__func__);
    int64_t count;
    biodl_catalogue* catalogue = listed(&count);
    const char* warnings;
    CHECK_OK(biodl_catalogue_warnings(catalogue, &warnings, &error));
    CHECK(count >= 1 && warnings[0] == 0);
    const char* id;
    CHECK_OK(biodl_catalogue_default(BIODL_TASK_SEGMENT, NULL, &id, &error));
    int64_t index = 0;
    while (index + 1 < count && strcmp(entry_at(catalogue, index).id, id) != 0)
        index++;
    biodl_catalogue_entry entry = entry_at(catalogue, index);
    CHECK(strcmp(entry.id, id) == 0 && entry.state == BIODL_MODEL_BUILTIN && entry.task == BIODL_TASK_SEGMENT);
    CHECK(entry.runnable && entry.bytes > 1000000 && strcmp(entry.licence, "MIT") == 0 && entry.input[0] && entry.why_not[0] == 0);
    CHECK_FAILS(biodl_catalogue_get(catalogue, count, &entry, &error), BIODL_STATUS_INVALID_ARGUMENT, "no model");
    CHECK_OK(biodl_catalogue_destroy(catalogue));
    CHECK(biodl_catalogue_count(catalogue, &count, NULL) == BIODL_STATUS_INVALID_HANDLE);
}

static void knows_the_model_to_begin_with(void)
{
    uint32_t stained[64 * 64];
    for (int i = 0; i < 64 * 64; i++)
        stained[i] = i % 3 == 0 ? 0xff7a2090u : 0xfff4f2f4u;
    biodl_image image = biodl_image_2d(stained, BIODL_DTYPE_ARGB32, 64, 64);
    const char *grey, *colour, *again;
    CHECK_OK(biodl_catalogue_default(BIODL_TASK_SEGMENT, NULL, &grey, &error));
    CHECK_OK(biodl_catalogue_default(BIODL_TASK_SEGMENT, &image, &colour, &error));
    CHECK_OK(biodl_catalogue_default(BIODL_TASK_SEGMENT, NULL, &again, &error));
    CHECK(grey == again && strncmp(grey, "builtin:", 8) == 0 && strncmp(colour, "builtin:", 8) == 0);
    biodl_model* model;
    CHECK_OK(biodl_model_open(colour, &model, &error));
    CHECK_OK(biodl_model_close(model));
    CHECK_FAILS(biodl_catalogue_default(BIODL_TASK_OTHER, NULL, &grey, &error), BIODL_STATUS_NOT_FOUND, "other");
    CHECK(grey == NULL);
    CHECK_FAILS(biodl_catalogue_default(77, NULL, &grey, &error), BIODL_STATUS_INVALID_ARGUMENT, "77");
    CHECK_FAILS(biodl_catalogue_default(BIODL_TASK_SEGMENT, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "id");
}

static int32_t watch(void* user_data, const biodl_progress* progress)
{
    const int known =
        progress->stage == BIODL_STAGE_PREPARE || progress->stage == BIODL_STAGE_DOWNLOAD || progress->stage == BIODL_STAGE_VERIFY;
    *(int32_t*)user_data |= known && progress->done >= 0 && progress->done <= progress->total ? 1 : 2;
    return 1;
}

static void installs_and_removes(void)
{
    own_cache(__func__);
    biodl_model_close(tiny_network(__func__));
    biodl_model_remove("installs-and-removes", NULL);
    const int64_t before = builtin_alone();
    int32_t seen = 0;
    biodl_catalogue* installed;
    CHECK_OK(biodl_model_install("installs_and_removes.onnx", NULL, watch, &seen, &installed, &error));
    biodl_catalogue_entry entry = entry_at(installed, 0);
    CHECK(entry.state == BIODL_MODEL_INSTALLED && entry.runnable && seen == 1);
    char id[128];
    snprintf(id, sizeof id, "%s", entry.id);
    biodl_catalogue_destroy(installed);
    int64_t count;
    biodl_catalogue_destroy(listed(&count));
    CHECK(count == before + 1);
    biodl_model* model;
    CHECK_OK(biodl_model_open(id, &model, &error));
    biodl_model_close(model);
    CHECK_OK(biodl_model_remove(id, &error));
    CHECK_FAILS(biodl_model_remove(id, &error), BIODL_STATUS_NOT_FOUND, id);
    CHECK_FAILS(biodl_model_open(id, &model, &error), BIODL_STATUS_NOT_FOUND, id);
    CHECK_FAILS(biodl_model_remove("builtin:nuclei-fluo-small", &error), BIODL_STATUS_INVALID_ARGUMENT, "built in");
}

static void refuses(void)
{
    own_cache(__func__);
    biodl_model_close(tiny_network(__func__));
    biodl_catalogue* installed = (biodl_catalogue*)1;
    const char* wrong = "0000000000000000000000000000000000000000000000000000000000000000";
    CHECK_FAILS(biodl_model_install("refuses.onnx", wrong, NULL, NULL, &installed, &error), BIODL_STATUS_MODEL_INVALID, wrong);
    CHECK(installed == NULL);
    CHECK_FAILS(biodl_model_install("no-such-file.zip", NULL, NULL, NULL, NULL, &error), BIODL_STATUS_NOT_FOUND, "no-such-file.zip");
    CHECK_FAILS(biodl_model_install(NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "source is NULL");
    CHECK_FAILS(biodl_model_install("refuses.onnx", "short", NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "short");
    CHECK_FAILS(biodl_catalogue_open(0, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "catalogue is NULL");
    builtin_alone();
}

static void verifies(void)
{
    own_cache(__func__);
    biodl_model* model;
    biodl_verification* report;
    CHECK_OK(biodl_model_open(NULL, &model, &error));
    CHECK_OK(biodl_model_verify(model, "cpu", NULL, NULL, &report, &error));
    biodl_verification_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_verification_describe(report, &info, &error));
    CHECK(info.outcome == BIODL_VERIFY_PASSED && info.outputs == 2 && strcmp(info.device, "cpu") == 0
        && strcmp(info.weights_format, "onnx") == 0);
    CHECK(strstr(info.text, "passed") && info.milliseconds > 0);
    for (int64_t i = 0; i < info.outputs; i++)
    {
        biodl_verification_output output = { .struct_size = sizeof output };
        CHECK_OK(biodl_verification_get_output(report, i, &output, &error));
        CHECK(output.passed && output.values > 1000 && output.largest_deviation < 0.01 && output.absolute_tolerance == 1e-3
            && output.allowed_per_million == 100);
    }
    biodl_verification_output none = { .struct_size = sizeof none };
    CHECK_FAILS(biodl_verification_get_output(report, 2, &none, &error), BIODL_STATUS_INVALID_ARGUMENT, "no output 2");
    CHECK_OK(biodl_verification_destroy(report));
    biodl_model_close(model);
    model = tiny_network(__func__);
    CHECK_OK(biodl_model_verify(model, NULL, NULL, NULL, &report, &error));
    CHECK_OK(biodl_verification_describe(report, &info, &error));
    CHECK(info.outcome == BIODL_VERIFY_IMPOSSIBLE && info.outputs == 0 && strstr(info.text, "cannot be verified"));
    biodl_verification_destroy(report);
    biodl_model_close(model);
}

MAIN(CASE(lists_builtin), CASE(knows_the_model_to_begin_with), CASE(installs_and_removes), CASE(refuses), CASE(verifies))
