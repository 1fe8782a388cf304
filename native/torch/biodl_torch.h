/*
 * biodl_torch.h: TorchScript networks through a C ABI.
 *
 * libtorch speaks C++, which neither NativeAOT nor another compiler can call; this library puts a small C interface before the part of it that
 * runs a scripted or traced module on the CPU. It is an inner interface of BioDLNative: managed/BioDL.Torch is its only caller, and it may change
 * from version to version (see biodl_torch_version).
 *
 * Errors. Functions that can fail return a biodl_torch_status and write a message (UTF-8, always terminated, cut where it is too long) into memory
 * of the caller; `message` may be NULL. No C++ exception leaves.
 *
 * Threads. One module may be run by one thread at a time. Load and run all modules on the same thread where you can: OpenMP keeps a pool of
 * threads for each thread that calls it, and the number of threads (biodl_torch_threads) belongs to the calling thread.
 *
 * Trust. biodl_torch_load compiles the code of the archive but runs none of it, provided that no class in it has a __setstate__ method: the caller
 * checks that, and the pickles, before. It then refuses code that uses an operator which could reach files, the network, processes or memory of
 * others (see operator_rules.cpp). What it does not bound is time and memory: a script may compute for ever.
 */
#ifndef BIODL_TORCH_H
#define BIODL_TORCH_H

#include <stdint.h>

#if defined(_WIN32)
#define BIODL_TORCH_API __declspec(dllexport)
#else
#define BIODL_TORCH_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a function of this header changes. */
#define BIODL_TORCH_VERSION 1

typedef int32_t biodl_torch_status;
enum {
    BIODL_TORCH_OK = 0,
    BIODL_TORCH_ARGUMENT = 1, /* a NULL where none may be, a count below 0, a wrong number of tensors */
    BIODL_TORCH_INVALID = 2,  /* not an archive that this libtorch can load */
    BIODL_TORCH_REFUSED = 3,  /* the code uses an operator that is not allowed; the message names it */
    BIODL_TORCH_MEMORY = 4,   /* not enough memory */
    BIODL_TORCH_FAILED = 5    /* the module raised an error */
};

/* A loaded module; an opaque handle. */
typedef struct biodl_torch_module biodl_torch_module;

/* What one run gave; an opaque handle. */
typedef struct biodl_torch_result biodl_torch_result;

/* Float32 values in memory of the caller, row-major. */
typedef struct biodl_torch_tensor {
    float *data;          /* not NULL unless a size is 0 */
    const int64_t *shape; /* `rank` sizes, outermost first */
    int64_t rank;
} biodl_torch_tensor;

/*
 * BIODL_TORCH_VERSION of the library. `libtorch` (may be NULL) gets libtorch's version, such as "1.13.1", cut to `size` bytes.
 */
BIODL_TORCH_API int32_t biodl_torch_version(char *libtorch, int64_t size);

/*
 * Threads that later runs on the calling thread use inside an operator; at least 1.
 */
BIODL_TORCH_API biodl_torch_status biodl_torch_threads(int32_t count);

/*
 * Load a module from memory, in eval mode; weights of half precision become float32. `archive` is read and copied, not kept.
 * `*module` is NULL after a failure, else to be given to biodl_torch_free.
 */
BIODL_TORCH_API biodl_torch_status biodl_torch_load(const void *archive, int64_t size, biodl_torch_module **module, char *message, int64_t message_size);

/* Inputs that forward must have, those with defaults left out; -1 when it takes one list of tensors, of any length. */
BIODL_TORCH_API int32_t biodl_torch_inputs(const biodl_torch_module *module);

/* Free a module; NULL is allowed. Not while it runs. */
BIODL_TORCH_API void biodl_torch_free(biodl_torch_module *module);

/*
 * Call forward once, without gradients. `inputs` are read in place, and converted where the module's parameters are float64.
 * `*result` is NULL after a failure, else to be given to biodl_torch_result_free. What forward gives may be a tensor, or a tuple, list or dictionary of
 * tensors; tensors inside it are counted in order, depth first.
 */
BIODL_TORCH_API biodl_torch_status biodl_torch_run(biodl_torch_module *module, const biodl_torch_tensor *inputs, int32_t count, biodl_torch_result **result,
                                                   char *message, int64_t message_size);

/* Tensors of a result. */
BIODL_TORCH_API int32_t biodl_torch_result_count(const biodl_torch_result *result);

/* Bytes that tensors took at the worst moment of the run, inputs of the caller not counted. */
BIODL_TORCH_API int64_t biodl_torch_result_peak(const biodl_torch_result *result);

/*
 * Number of dimensions of a tensor of a result, or -1 when there is none at `index`. The first `capacity` sizes are written to `shape`, which may be
 * NULL when `capacity` is 0.
 */
BIODL_TORCH_API int64_t biodl_torch_result_shape(const biodl_torch_result *result, int32_t index, int64_t *shape, int64_t capacity);

/*
 * Copy a tensor of a result, as float32 and row-major, to `values`, which has room for `count` values: as many as the tensor has.
 */
BIODL_TORCH_API biodl_torch_status biodl_torch_result_copy(const biodl_torch_result *result, int32_t index, float *values, int64_t count, char *message,
                                                           int64_t message_size);

/* Free a result; NULL is allowed. */
BIODL_TORCH_API void biodl_torch_result_free(biodl_torch_result *result);

/* Give memory of past runs back to the system where that is possible. */
BIODL_TORCH_API void biodl_torch_trim(void);

#ifdef __cplusplus
}
#endif

#endif
