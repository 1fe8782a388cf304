/* What C callers of the TorchScript shim may get wrong gives a status and a message, not a crash. */
#include "biodl_torch.h"

#include <stdio.h>
#include <string.h>

static int failures;

static void expect(int holds, const char *what) {
    if (!holds) {
        printf("FAILED: %s\n", what);
        failures++;
    }
}

int main(void) {
    char text[64] = "", message[256], tiny[8];
    biodl_torch_module *module = (biodl_torch_module *)message;
    biodl_torch_result *result = (biodl_torch_result *)message;
    const char garbage[] = "PK\3\4 and then nothing that is a zip archive at all, let alone a TorchScript one";

    expect(biodl_torch_version(text, sizeof text) == BIODL_TORCH_VERSION && strchr(text, '.') != NULL, "the version is told");
    expect(biodl_torch_version(NULL, 0) == BIODL_TORCH_VERSION, "libtorch's version may be left out");
    expect(biodl_torch_threads(0) == BIODL_TORCH_ARGUMENT && biodl_torch_threads(1) == BIODL_TORCH_OK, "at least one thread");

    expect(biodl_torch_load(NULL, 0, &module, message, sizeof message) == BIODL_TORCH_ARGUMENT && module == NULL, "no archive");
    expect(biodl_torch_load(garbage, sizeof garbage, NULL, message, sizeof message) == BIODL_TORCH_ARGUMENT, "no place for the module");
    expect(biodl_torch_load(garbage, sizeof garbage, &module, message, sizeof message) == BIODL_TORCH_INVALID && module == NULL && strlen(message) > 0,
           "bytes that are no archive");
    expect(biodl_torch_load(garbage, sizeof garbage, &module, tiny, sizeof tiny) == BIODL_TORCH_INVALID && strlen(tiny) == sizeof tiny - 1,
           "a long message is cut and terminated");
    expect(biodl_torch_load(garbage, sizeof garbage, &module, NULL, 0) == BIODL_TORCH_INVALID, "the message may be left out");

    expect(biodl_torch_run(NULL, NULL, 0, &result, message, sizeof message) == BIODL_TORCH_ARGUMENT && result == NULL, "no module to run");
    expect(biodl_torch_inputs(NULL) == 0 && biodl_torch_result_count(NULL) == 0, "nothing has no tensors");
    expect(biodl_torch_result_shape(NULL, 0, NULL, 0) == -1, "nothing has no shape");
    expect(biodl_torch_result_copy(NULL, 0, NULL, 0, message, sizeof message) == BIODL_TORCH_ARGUMENT, "nothing has no values");
    biodl_torch_free(NULL);
    biodl_torch_result_free(NULL);
    biodl_torch_trim();
    printf("libtorch %s, %d failures\n", text, failures);
    return failures != 0;
}
