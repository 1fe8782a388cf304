#include "biodl_torch.h"
#include "operator_rules.h"

#include <ATen/Parallel.h>
#include <c10/core/Allocator.h>
#include <c10/util/Exception.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/script.h>
#include <torch/version.h>

#include <algorithm>
#include <cstring>
#include <istream>
#include <memory>
#include <new>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

struct biodl_torch_module {
    torch::jit::Module module;
    at::ScalarType type;  // of the inputs
    int32_t inputs;       // -1: one list
};

struct biodl_torch_result {
    std::vector<at::Tensor> tensors;
    int64_t peak = 0;
};

namespace {

#if TORCH_VERSION_MAJOR < 2
using MemorySize = int64_t;
#else
using MemorySize = size_t;
#endif

// The module does not fit the call, or its archive no network.
struct Unfit : std::runtime_error {
    biodl_torch_status status;
    Unfit(biodl_torch_status why, const std::string &what) : std::runtime_error(what), status(why) {}
};

// Scripts may print and warn; a library inside another program does neither.
class Silence : public c10::WarningHandler {
#if TORCH_VERSION_MAJOR < 2
    void process(const c10::SourceLocation &, const std::string &, bool) override {}
#else
    void process(const c10::Warning &) override {}
#endif
};

void silence() {
    static Silence silent;
    static const bool once = [] {
        torch::jit::setPrintHandler([](const std::string &) {});
        return true;
    }();
    (void)once;
#if TORCH_VERSION_MAJOR < 2
    c10::Warning::set_warning_handler(&silent);
#else
    c10::WarningUtils::set_warning_handler(&silent);
#endif
}

void write(char *message, int64_t size, const char *text) {
    if (message == nullptr || size <= 0)
        return;
    const size_t length = std::min(std::strlen(text), static_cast<size_t>(size - 1));
    std::memcpy(message, text, length);
    message[length] = '\0';
}

bool is_memory(const char *text) {
    return std::strstr(text, "can't allocate memory") || std::strstr(text, "not enough memory") || std::strstr(text, "out of memory") ||
           std::strstr(text, "bad_alloc");
}

// Runs a body; every exception becomes a status and a message.
template <class Body> biodl_torch_status guarded(char *message, int64_t size, biodl_torch_status otherwise, Body body) noexcept {
    try {
        write(message, size, "");
        silence();
        body();
        return BIODL_TORCH_OK;
    } catch (const Unfit &error) {
        write(message, size, error.what());
        return error.status;
    } catch (const std::bad_alloc &) {
        write(message, size, "out of memory");
        return BIODL_TORCH_MEMORY;
    } catch (const c10::Error &error) {
        const char *text = error.what_without_backtrace();
        write(message, size, text);
        return is_memory(text) ? BIODL_TORCH_MEMORY : otherwise;
    } catch (const std::exception &error) {
        write(message, size, error.what());
        return is_memory(error.what()) ? BIODL_TORCH_MEMORY : otherwise;
    } catch (...) {
        write(message, size, "an error without a message");
        return otherwise;
    }
}

// Bytes that tensors take while it is in force, on the thread that runs.
struct Meter : public c10::MemoryReportingInfoBase {
    int64_t now = 0, peak = 0;

    void reportMemoryUsage(void *, int64_t bytes, MemorySize, MemorySize, c10::Device) override {
        now += bytes;
        peak = std::max(peak, now);
    }

    bool memoryProfilingEnabled() const override { return true; }
};

// A stream over memory that it does not copy.
class MemoryBuffer : public std::streambuf {
public:
    MemoryBuffer(const void *bytes, int64_t size) {
        char *start = const_cast<char *>(static_cast<const char *>(bytes));
        setg(start, start, start + size);
    }

protected:
    pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override {
        const off_type size = egptr() - eback();
        const off_type start = from == std::ios_base::beg ? 0 : from == std::ios_base::cur ? gptr() - eback() : size;
        const off_type target = start + offset;
        if (target < 0 || target > size)
            return pos_type(off_type(-1));
        setg(eback(), eback() + target, egptr());
        return pos_type(target);
    }

    pos_type seekpos(pos_type position, std::ios_base::openmode mode) override { return seekoff(off_type(position), std::ios_base::beg, mode); }
};

// Half precision is for storage here: libtorch's CPU kernels do not compute with it.
at::ScalarType widened(torch::jit::Module &module) {
    at::ScalarType type = at::kFloat;
    bool half = false;
    auto look = [&](const at::Tensor &tensor) {
        half = half || tensor.scalar_type() == at::kHalf || tensor.scalar_type() == at::kBFloat16;
        if (tensor.scalar_type() == at::kDouble)
            type = at::kDouble;
    };
    for (const at::Tensor &tensor : module.parameters())
        look(tensor);
    if (half) {
        module.to(at::kFloat);
        type = at::kFloat;
    }
    return type;
}

// Inputs of forward besides the module itself.
int32_t inputs_of(const torch::jit::Module &module) {
    const auto method = module.find_method("forward");
    if (!method)
        throw Unfit(BIODL_TORCH_INVALID, "the module has no method forward");
    const auto &arguments = method->function().getSchema().arguments();
    int32_t count = 0;
    for (size_t i = 1; i < arguments.size(); i++) {
        if (arguments[i].default_value())
            continue;
        if (arguments.size() == 2 && arguments[i].type()->isSubtypeOf(*c10::ListType::ofTensors()))
            return -1;
        if (!c10::TensorType::get()->isSubtypeOf(*arguments[i].type()))
            throw Unfit(BIODL_TORCH_INVALID, "forward takes " + arguments[i].name() + " of type " + arguments[i].type()->repr_str() + ", which is no tensor");
        count++;
    }
    return count;
}

at::Tensor borrowed(const biodl_torch_tensor &tensor, at::ScalarType type) {
    if (tensor.rank < 0 || tensor.rank > 64 || (tensor.rank > 0 && tensor.shape == nullptr))
        throw Unfit(BIODL_TORCH_ARGUMENT, "an input has no shape");
    const at::IntArrayRef shape(tensor.shape, static_cast<size_t>(tensor.rank));
    for (int64_t size : shape) {
        if (size < 0)
            throw Unfit(BIODL_TORCH_ARGUMENT, "a size of an input is below 0");
    }
    at::Tensor values = torch::from_blob(tensor.data, shape, at::TensorOptions().dtype(at::kFloat));
    if (values.numel() > 0 && tensor.data == nullptr)
        throw Unfit(BIODL_TORCH_ARGUMENT, "an input has no values");
    return values.to(type);
}

void collect(const c10::IValue &value, std::vector<at::Tensor> &into, int depth) {
    if (depth > 16 || into.size() > 4096)
        throw Unfit(BIODL_TORCH_FAILED, "the network gives tensors that are nested too deep, or too many");
    if (value.isTensor())
        into.push_back(value.toTensor());
    else if (value.isTensorList())
        for (const at::Tensor &tensor : value.toTensorVector())
            into.push_back(tensor);
    else if (value.isTuple())
        for (const c10::IValue &element : value.toTupleRef().elements())
            collect(element, into, depth + 1);
    else if (value.isList())
        for (const c10::IValue &element : value.toListRef())
            collect(element, into, depth + 1);
    else if (value.isGenericDict())
        for (const auto &entry : value.toGenericDict())
            collect(entry.value(), into, depth + 1);
    else
        throw Unfit(BIODL_TORCH_FAILED, "the network gives a " + value.tagKind() + " where tensors were expected");
}

const at::Tensor *at_index(const biodl_torch_result *result, int32_t index) {
    return result != nullptr && index >= 0 && static_cast<size_t>(index) < result->tensors.size() ? &result->tensors[static_cast<size_t>(index)] : nullptr;
}

} // namespace

int32_t biodl_torch_version(char *libtorch, int64_t size) {
    write(libtorch, size, TORCH_VERSION);
    return BIODL_TORCH_VERSION;
}

biodl_torch_status biodl_torch_threads(int32_t count) {
    if (count < 1)
        return BIODL_TORCH_ARGUMENT;
    return guarded(nullptr, 0, BIODL_TORCH_FAILED, [&] { at::set_num_threads(count); });
}

biodl_torch_status biodl_torch_load(const void *archive, int64_t size, biodl_torch_module **module, char *message, int64_t message_size) {
    if (module == nullptr)
        return BIODL_TORCH_ARGUMENT;
    *module = nullptr;
    return guarded(message, message_size, BIODL_TORCH_INVALID, [&] {
        if (archive == nullptr || size <= 0)
            throw Unfit(BIODL_TORCH_ARGUMENT, "there is no archive");
        torch::NoGradGuard no_gradients;
        MemoryBuffer buffer(archive, size);
        std::istream stream(&buffer);
        torch::jit::Module loaded = torch::jit::load(stream, at::Device(at::kCPU));
        const std::string refused = biodl::forbidden_operator(loaded);
        if (!refused.empty())
            throw Unfit(BIODL_TORCH_REFUSED, refused);
        loaded.eval();
        const at::ScalarType type = widened(loaded);
        const int32_t inputs = inputs_of(loaded);
        *module = new biodl_torch_module{std::move(loaded), type, inputs};
    });
}

int32_t biodl_torch_inputs(const biodl_torch_module *module) { return module == nullptr ? 0 : module->inputs; }

void biodl_torch_free(biodl_torch_module *module) {
    guarded(nullptr, 0, BIODL_TORCH_FAILED, [&] { delete module; });
}

biodl_torch_status biodl_torch_run(biodl_torch_module *module, const biodl_torch_tensor *inputs, int32_t count, biodl_torch_result **result, char *message,
                                   int64_t message_size) {
    if (result == nullptr)
        return BIODL_TORCH_ARGUMENT;
    *result = nullptr;
    return guarded(message, message_size, BIODL_TORCH_FAILED, [&] {
        if (module == nullptr || count < 0 || (count > 0 && inputs == nullptr))
            throw Unfit(BIODL_TORCH_ARGUMENT, "there is no module, or there are no inputs");
        if (module->inputs >= 0 && module->inputs != count)
            throw Unfit(BIODL_TORCH_ARGUMENT, "the network takes " + std::to_string(module->inputs) + " tensors, not " + std::to_string(count));
        torch::NoGradGuard no_gradients;
        std::vector<at::Tensor> tensors;
        for (int32_t i = 0; i < count; i++)
            tensors.push_back(borrowed(inputs[i], module->type));
        std::vector<c10::IValue> arguments;
        if (module->inputs < 0)
            arguments.emplace_back(tensors);
        else
            arguments.assign(tensors.begin(), tensors.end());
        auto given = std::make_unique<biodl_torch_result>();
        auto meter = std::make_shared<Meter>();
        c10::DebugInfoGuard metering(c10::DebugInfoKind::PROFILER_STATE, meter);
        collect(module->module.forward(std::move(arguments)), given->tensors, 0);
        for (at::Tensor &tensor : given->tensors) {
            if (!tensor.defined() || tensor.layout() != at::kStrided || tensor.is_quantized() || tensor.is_complex())
                throw Unfit(BIODL_TORCH_FAILED, "the network gives a tensor that is not of plain real numbers");
        }
        given->peak = meter->peak;
        *result = given.release();
    });
}

int32_t biodl_torch_result_count(const biodl_torch_result *result) { return result == nullptr ? 0 : static_cast<int32_t>(result->tensors.size()); }

int64_t biodl_torch_result_peak(const biodl_torch_result *result) { return result == nullptr ? 0 : result->peak; }

int64_t biodl_torch_result_shape(const biodl_torch_result *result, int32_t index, int64_t *shape, int64_t capacity) {
    const at::Tensor *tensor = at_index(result, index);
    if (tensor == nullptr || (shape == nullptr && capacity > 0))
        return -1;
    for (int64_t i = 0; i < std::min(capacity, tensor->dim()); i++)
        shape[i] = tensor->size(i);
    return tensor->dim();
}

biodl_torch_status biodl_torch_result_copy(const biodl_torch_result *result, int32_t index, float *values, int64_t count, char *message, int64_t message_size) {
    return guarded(message, message_size, BIODL_TORCH_FAILED, [&] {
        const at::Tensor *tensor = at_index(result, index);
        if (tensor == nullptr || count != tensor->numel() || (values == nullptr && count > 0))
            throw Unfit(BIODL_TORCH_ARGUMENT, "there is no such tensor, or it has another number of values");
        if (count == 0)
            return;
        torch::NoGradGuard no_gradients;
        torch::from_blob(values, tensor->sizes(), at::TensorOptions().dtype(at::kFloat)).copy_(*tensor);
    });
}

void biodl_torch_result_free(biodl_torch_result *result) {
    guarded(nullptr, 0, BIODL_TORCH_FAILED, [&] { delete result; });
}

void biodl_torch_trim(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
