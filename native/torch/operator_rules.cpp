#include "operator_rules.h"

#include <torch/csrc/jit/api/compilation_unit.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/ir.h>

#include <array>
#include <string_view>
#include <unordered_set>

namespace biodl {
namespace {

using torch::jit::Block;
using torch::jit::Function;
using torch::jit::Node;

// Everything else (quantized, prepacked, c10d, profiler, operators of other libraries) is not allowed.
constexpr std::array<std::string_view, 2> allowed_namespaces = {"aten::", "prim::"};

// Of those namespaces, by the start of the name, what a network has no use for and a hostile script has.
constexpr std::array<std::string_view, 18> forbidden = {
    // files
    "aten::save",
    "aten::load",
    "aten::from_file",
    // Python and other processes
    "prim::PythonOp",
    "prim::rpc_",
    // take bytes of a tensor for a structure in memory
    "aten::fbgemm_",
    "aten::_fbgemm",
    // trust strides, offsets or indices that the script gives
    "aten::_reshape_alias",
    "aten::_index_put_impl",
    "aten::_sparse",
    "aten::sparse_",
    "aten::_coalesced",
    "aten::_nested",
    "aten::_convert_indices",
    "aten::_make_per_",
    "aten::segment_reduce",
    "aten::_segment_reduce",
    // for PyTorch's own tests
    "aten::_test_",
};

constexpr std::string_view custom_classes = "__torch__.torch.classes.";

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool is_allowed(std::string_view name) {
    for (std::string_view start : forbidden) {
        if (starts_with(name, start))
            return false;
    }
    for (std::string_view space : allowed_namespaces) {
        if (starts_with(name, space))
            return true;
    }
    return false;
}

class Search {
public:
    std::string first;

    void function(Function &function) {
        if (!first.empty() || !seen_.insert(&function).second)
            return;
        if (function.isGraphFunction())
            block(*torch::jit::toGraphFunction(function).graph()->block());
        else
            first = function.qualname().qualifiedName();
    }

private:
    std::unordered_set<const void *> seen_;

    // Blocks are nested as deep as the source is indented, and the caller has bounded that.
    void block(const Block &block) {
        for (const Node *node : block.nodes()) {
            if (!first.empty())
                return;
            const std::string name = node->kind().toQualString();
            if (!is_allowed(name))
                first = name;
            for (const Block *inner : node->blocks())
                this->block(*inner);
            for (torch::jit::Symbol attribute : node->attributeNames()) {
                if (node->kindOf(attribute) == torch::jit::AttributeKind::g)
                    this->block(*node->g(attribute)->block());
            }
            for (const torch::jit::Value *output : node->outputs())
                type(output->type());
        }
    }

    void type(const c10::TypePtr &type) {
        if (auto called = type->cast<c10::FunctionType>())
            function(*called->function());
        auto named = type->cast<c10::ClassType>();
        if (first.empty() && named && named->name() && starts_with(named->name()->qualifiedName(), custom_classes))
            first = named->name()->qualifiedName();
    }
};

} // namespace

std::string forbidden_operator(const torch::jit::Module &module) {
    Search search;
    const auto unit = module._ivalue()->compilation_unit();
    // Compiling one function may import others, which then stand behind it.
    for (size_t done = 0; search.first.empty();) {
        const std::vector<Function *> functions = unit->get_functions();
        if (done == functions.size())
            break;
        for (; done < functions.size(); done++)
            search.function(*functions[done]);
    }
    return search.first;
}

} // namespace biodl
