/* Bad arguments, closed handles, errors in the caller's memory. */
#include "check.h"

static void version(void)
{
    CHECK(biodl_abi_version() >= BIODL_ABI_VERSION);
    biodl_version_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_version_get(&info, &error));
    CHECK(info.abi_version == biodl_abi_version() && info.struct_size == sizeof info);
    CHECK(strchr(info.version, '.') && info.build[0] && strncmp(info.runtime_version, "1.", 2) == 0);
    CHECK(strstr(info.library_path, "biodl") && strstr(info.runtime_path, "onnxruntime") && info.instruction_set[0]);

    int32_t count = 0;
    CHECK_OK(biodl_device_count(&count, &error));
    CHECK(count >= 1);
    for (int32_t i = 0; i < count; i++)
    {
        biodl_device_info device = { .struct_size = sizeof device };
        CHECK_OK(biodl_device_get(i, &device, &error));
        CHECK(device.id[0] && device.name[0] && (device.available == 1) == (device.unavailable_reason[0] == 0));
        CHECK(i > 0 || (device.kind == BIODL_DEVICE_CPU && device.available == 1 && strcmp(device.id, "cpu") == 0));
    }
    biodl_device_info device = { .struct_size = sizeof device };
    CHECK_FAILS(biodl_device_get(count, &device, &error), BIODL_STATUS_INVALID_ARGUMENT, "device");
    CHECK_FAILS(biodl_device_get(-1, &device, &error), BIODL_STATUS_INVALID_ARGUMENT, "device");
}

static void null_pointers(void)
{
    CHECK_FAILS(biodl_version_get(NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "info is NULL");
    CHECK_FAILS(biodl_device_count(NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "count is NULL");
    CHECK_FAILS(biodl_device_get(0, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "info is NULL");
    CHECK_FAILS(biodl_model_open(NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "model is NULL");
    CHECK_FAILS(biodl_segment_options_default(NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "options is NULL");
    CHECK_FAILS(biodl_segment(NULL, NULL, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_HANDLE, "NULL");
    CHECK(biodl_version_get(NULL, NULL) == BIODL_STATUS_INVALID_ARGUMENT);
    CHECK(biodl_model_close(NULL) == BIODL_STATUS_OK);
    CHECK(biodl_objects_destroy(NULL) == BIODL_STATUS_OK);

    biodl_model* model;
    CHECK_OK(biodl_model_open(NULL, &model, &error));
    CHECK_FAILS(biodl_model_describe(model, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "info is NULL");
    CHECK_FAILS(biodl_segment(model, NULL, NULL, NULL, NULL, NULL, NULL, &error), BIODL_STATUS_INVALID_ARGUMENT, "image is NULL");
    biodl_model_close(model);
}

static void struct_sizes(void)
{
    biodl_version_info info = { .struct_size = 0 };
    CHECK_FAILS(biodl_version_get(&info, &error), BIODL_STATUS_INVALID_STRUCT, "struct_size is 0");
    info.struct_size = sizeof info - 1;
    CHECK_FAILS(biodl_version_get(&info, &error), BIODL_STATUS_INVALID_STRUCT, "info.struct_size");

    /* a caller compiled against a newer, longer struct: what lies behind ours stays as it was */
    struct
    {
        biodl_version_info known;
        uint64_t later;
    } longer;
    memset(&longer, 0x5A, sizeof longer);
    longer.known.struct_size = sizeof longer;
    CHECK_OK(biodl_version_get(&longer.known, &error));
    CHECK(longer.known.struct_size == sizeof longer && longer.later == 0x5A5A5A5A5A5A5A5Au && longer.known.version[0]);

    biodl_segment_options options = { .struct_size = 4 };
    CHECK_FAILS(biodl_segment_options_default(NULL, &options, &error), BIODL_STATUS_INVALID_STRUCT, "options.struct_size is 4");
}

static void handles(void)
{
    biodl_model* model;
    biodl_model_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_model_open(NULL, &model, &error));
    CHECK_OK(biodl_model_describe(model, &info, &error));
    CHECK(info.rays == 32 && info.grid_y == 2 && info.channels == 1 && strlen(info.sha256) == 64);
    CHECK(info.prob_threshold > 0 && info.prob_threshold < 1);
    CHECK(strstr(info.source, "builtin") && strcmp(info.licence, "MIT") == 0 && info.halo > 0);
    CHECK_OK(biodl_model_close(model));
    CHECK(biodl_model_close(model) == BIODL_STATUS_INVALID_HANDLE);
    CHECK_FAILS(biodl_model_describe(model, &info, &error), BIODL_STATUS_INVALID_HANDLE, "closed");

    int local = 0;
    biodl_objects_view view = { .struct_size = sizeof view };
    CHECK_FAILS(biodl_model_describe((const biodl_model*)&local, &info, &error), BIODL_STATUS_INVALID_HANDLE, "closed, or not one");
    CHECK_FAILS(biodl_objects_get((const biodl_objects*)&local, &view, &error), BIODL_STATUS_INVALID_HANDLE, "objects");
    CHECK_FAILS(biodl_objects_get((const biodl_objects*)(uintptr_t)1, &view, &error), BIODL_STATUS_INVALID_HANDLE, "objects");

    CHECK_OK(biodl_model_open(NULL, &model, &error));
    CHECK_FAILS(biodl_objects_get((const biodl_objects*)model, &view, &error), BIODL_STATUS_INVALID_HANDLE, "objects");
    CHECK_OK(biodl_model_close(model));
}

static void status_names(void)
{
    CHECK(strcmp(biodl_status_name(BIODL_STATUS_OK), "BIODL_STATUS_OK") == 0);
    CHECK(strcmp(biodl_status_name(BIODL_STATUS_MODEL_UNSUPPORTED), "BIODL_STATUS_MODEL_UNSUPPORTED") == 0);
    CHECK(strcmp(biodl_status_name(BIODL_STATUS_LABEL_OVERFLOW), "BIODL_STATUS_LABEL_OVERFLOW") == 0);
    CHECK(strcmp(biodl_status_name(BIODL_STATUS_IO), "BIODL_STATUS_IO") == 0);
    CHECK(strcmp(biodl_status_name(-7), "unknown") == 0);
}

static void error_text(void)
{
    /* a path longer than the message, of characters of three bytes: cut at a character boundary, ended by NUL */
    char path[3000];
    for (size_t i = 0; i + 3 < sizeof path; i += 3)
        memcpy(path + i, "\xE2\x82\xAC", 4);
    biodl_model* model = (biodl_model*)(uintptr_t)8;
    biodl_error error = new_error();
    CHECK(biodl_model_open(path, &model, &error) != BIODL_STATUS_OK);
    CHECK(model == NULL && strlen(error.message) < sizeof error.message && strlen(error.message) > 900);
    const unsigned char* end = (const unsigned char*)error.message + strlen(error.message);
    CHECK(end[-1] == 0xAC || end[-1] < 0x80);
    CHECK_FAILS(biodl_model_open("\xFF\xFE", &model, &error), BIODL_STATUS_INVALID_ARGUMENT, "UTF-8");

    /* an error that the caller forgot to size stays untouched */
    memset(&error, 0, sizeof error);
    CHECK(biodl_version_get(NULL, &error) == BIODL_STATUS_INVALID_ARGUMENT && error.message[0] == 0 && error.code == 0);
}

static void write_file(const char* path, const void* bytes, size_t size)
{
    FILE* file = fopen(path, "wb");
    CHECK(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

/* Copy a file of the built-in model's folder, all of it or its first `most` bytes, replacing one text by another of the same length. */
static void copy_of(const char* name, const char* target, size_t most, const char* old, const char* new)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", BUILTIN_MODEL, name);
    static char bytes[1 << 21];
    FILE* file = fopen(path, "rb");
    CHECK(file);
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    bytes[size] = 0;
    char* found = old ? strstr(bytes, old) : NULL;
    CHECK(!old || (found && strlen(old) == strlen(new)));
    if (found)
        memcpy(found, new, strlen(new));
    write_file(target, bytes, size < most ? size : most);
}

static void broken_models(void)
{
    biodl_model* model;
    copy_of("weights.onnx", "truncated.onnx", 100000, NULL, NULL);
    CHECK_FAILS(biodl_model_open("truncated.onnx", &model, &error), BIODL_STATUS_MODEL_INVALID, "truncated.onnx");
    write_file("weights.onnx", "", 0);
    copy_of("bioimageio.yaml", "bioimageio.yaml", SIZE_MAX, NULL, NULL);
    CHECK_FAILS(biodl_model_open("bioimageio.yaml", &model, &error), BIODL_STATUS_MODEL_INVALID, "weights.onnx");
    copy_of("weights.onnx", "weights.onnx", SIZE_MAX, NULL, NULL);
    CHECK_OK(biodl_model_open("bioimageio.yaml", &model, &error));
    biodl_model_close(model);
    copy_of("bioimageio.yaml", "bioimageio.yaml", SIZE_MAX, "n_rays: 32", "n_rays: 48");
    CHECK_FAILS(biodl_model_open("bioimageio.yaml", &model, &error), BIODL_STATUS_MODEL_INVALID, "48");
    copy_of("bioimageio.yaml", "bioimageio.yaml", SIZE_MAX, "grid: [2, 2]", "grid: [4, 4]");
    CHECK_FAILS(biodl_model_open("bioimageio.yaml", &model, &error), BIODL_STATUS_MODEL_INVALID, "4");
    copy_of("bioimageio.yaml", "bioimageio.yaml", 780, NULL, NULL);
    CHECK_FAILS(biodl_model_open("bioimageio.yaml", &model, &error), BIODL_STATUS_MODEL_INVALID, "bioimageio.yaml");
    remove("bioimageio.yaml");
    CHECK_OK(biodl_model_open("weights.onnx", &model, &error));
    biodl_model_info info = { .struct_size = sizeof info };
    CHECK_OK(biodl_model_describe(model, &info, &error));
    CHECK(info.rays == 32 && info.grid_y == 2 && info.grid_x == 2 && info.channels == 1);
    biodl_model_close(model);
    CHECK_FAILS(biodl_model_open(BUILTIN_MODEL "/recipe", &model, &error), BIODL_STATUS_NOT_FOUND, "recipe");
    CHECK_FAILS(biodl_model_open(BUILTIN_MODEL "/test_input.npy", &model, &error), BIODL_STATUS_MODEL_UNSUPPORTED, "test_input.npy");
}

static void models(void)
{
    biodl_model* model;
    CHECK_FAILS(biodl_model_open("/no/such/model", &model, &error), BIODL_STATUS_NOT_FOUND, "/no/such/model");
    CHECK_FAILS(biodl_model_open("builtin:none", &model, &error), BIODL_STATUS_NOT_FOUND, "builtin:none");
    write_file("garbage.onnx", "this is no network", 18);
    CHECK_FAILS(biodl_model_open("garbage.onnx", &model, &error), BIODL_STATUS_MODEL_INVALID, "garbage.onnx");
    write_file("empty.onnx", "", 0);
    CHECK_FAILS(biodl_model_open("empty.onnx", &model, &error), BIODL_STATUS_MODEL_INVALID, "empty.onnx");
    CHECK_OK(biodl_model_open("builtin:nuclei-fluo-small", &model, &error));
    CHECK_OK(biodl_model_close(model));
}

MAIN(CASE(version), CASE(null_pointers), CASE(struct_sizes), CASE(handles), CASE(status_names), CASE(error_text), CASE(models),
    CASE(broken_models))
