/* What ONNX Runtime itself takes with CUDA, by its C API alone: the floor that run.sh compares with.
 *   bare MODEL.onnx PROVIDER CHANNELS SIDE RUNS     PROVIDER: libonnxruntime_providers_cuda.so, or "cpu"
 * Prints "host X ms, device Y ms": the best run with tensors in the host's memory, and with input and outputs kept on the card (the same
 * without a card). */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <onnxruntime_c_api.h>

enum
{
    MOST_OUTPUTS = 8
};

static const OrtApi* api;

static void ok(OrtStatus* status)
{
    if (!status)
        return;
    fprintf(stderr, "bare: %s\n", api->GetErrorMessage(status));
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

/* The first card of the provider, appended to the options; NULL for the CPU. */
static const OrtEpDevice* append(OrtEnv* env, OrtSessionOptions* options, const char* provider)
{
    if (strcmp(provider, "cpu") == 0)
        return NULL;
    const OrtEpDevice* const* devices;
    size_t count;
    ok(api->RegisterExecutionProviderLibrary(env, "cuda", provider));
    ok(api->GetEpDevices(env, &devices, &count));
    for (size_t i = 0; i < count; i++)
    {
        if (strcmp(api->EpDevice_EpName(devices[i]), "CUDAExecutionProvider") == 0)
        {
            ok(api->SessionOptionsAppendExecutionProvider_V2(options, env, &devices[i], 1, NULL, NULL, 0));
            return devices[i];
        }
    }
    fprintf(stderr, "bare: no NVIDIA GPU\n");
    exit(1);
}

/* The best of some runs; the first one, which takes memory, is left out. */
static double best(OrtSession* session, OrtIoBinding* binding, int runs)
{
    double least = 1e30;
    for (int i = 0; i <= runs; i++)
    {
        double start = now();
        ok(api->RunWithBinding(session, NULL, binding));
        ok(api->SynchronizeBoundOutputs(binding));
        double took = now() - start;
        if (i > 0 && took < least)
            least = took;
    }
    return least;
}

int main(int argc, char** argv)
{
    if (argc != 6)
        return 2;
    long side = atol(argv[4]);
    int64_t shape[] = { 1, atol(argv[3]), side, side };
    size_t values = (size_t)(shape[1] * side * side);
    OrtEnv* env;
    OrtSessionOptions* options;
    OrtSession* session;
    OrtMemoryInfo* host;
    OrtAllocator* allocator;
    api = OrtGetApiBase()->GetApi(ORT_API_VERSION);
    ok(api->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "bare", &env));
    ok(api->CreateSessionOptions(&options));
    const OrtEpDevice* card = append(env, options, argv[2]);
    ok(api->CreateSession(env, argv[1], options, &session));
    ok(api->CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &host));
    ok(api->GetAllocatorWithDefaultOptions(&allocator));

    float* pixels = malloc(values * sizeof *pixels);
    for (size_t i = 0; i < values; i++)
        pixels[i] = (float)(i * 2654435761u % 1000) / 1000;
    OrtValue *input, *there;
    ok(api->CreateTensorWithDataAsOrtValue(host, pixels, values * sizeof *pixels, shape, 4, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &input));
    char *name, *outputs[MOST_OUTPUTS];
    size_t count;
    ok(api->SessionGetInputName(session, 0, allocator, &name));
    ok(api->SessionGetOutputCount(session, &count));
    OrtIoBinding *near, *far;
    ok(api->CreateIoBinding(session, &near));
    ok(api->CreateIoBinding(session, &far));
    const OrtMemoryInfo* memory = host;
    there = input;
    if (card)
    {
        OrtAllocator* on_card;
        memory = api->EpDevice_MemoryInfo(card, OrtDeviceMemoryType_DEFAULT);
        ok(api->GetSharedAllocator(env, memory, &on_card));
        ok(api->CreateTensorAsOrtValue(on_card, shape, 4, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &there));
        const OrtValue* from = input;
        ok(api->CopyTensors(env, &from, &there, NULL, 1));
    }
    ok(api->BindInput(near, name, input));
    ok(api->BindInput(far, name, there));
    for (size_t i = 0; i < count && i < MOST_OUTPUTS; i++)
    {
        ok(api->SessionGetOutputName(session, i, allocator, &outputs[i]));
        ok(api->BindOutputToDevice(near, outputs[i], host));
        ok(api->BindOutputToDevice(far, outputs[i], memory));
    }
    double whole = best(session, near, atoi(argv[5])), inside = best(session, far, atoi(argv[5]));
    printf("host %.2f ms, device %.2f ms\n", whole, inside);
    return 0;
}
