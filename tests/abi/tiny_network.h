/* The smallest network there is, as an ONNX file: y = x + x, float32, (1, 1, h, w). Its answers are known without running it. */
#ifndef BIODL_TESTS_TINY_NETWORK_H
#define BIODL_TESTS_TINY_NETWORK_H

#include "check.h"

#define TINY_SHAPE "\x0A\x02\x08\x01\x0A\x02\x08\x01\x0A\x03\x12\x01h\x0A\x03\x12\x01w"
#define TINY_TENSOR(name) "\x0A\x01" name "\x12\x18\x0A\x16\x08\x01\x12\x12" TINY_SHAPE

/** Write the file NAME.onnx and open it as a model. */
static inline biodl_model* tiny_network(const char* name)
{
    char path[256];
    snprintf(path, sizeof path, "%s.onnx", name);
    static const char onnx[] = "\x08\x08\x42\x02\x10\x11\x3A\x51"
                               "\x0A\x0E\x0A\x01x\x0A\x01x\x12\x01y\x22\x03"
                               "Add"
                               "\x12\x01g"
                               "\x5A\x1D" TINY_TENSOR("x") "\x62\x1D" TINY_TENSOR("y");
    FILE* file = fopen(path, "wb");
    CHECK(file && fwrite(onnx, 1, sizeof onnx - 1, file) == sizeof onnx - 1 && fclose(file) == 0);
    biodl_model* model;
    CHECK_OK(biodl_model_open(path, &model, &error));
    return model;
}

#endif
