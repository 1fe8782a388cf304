// Which operators a network may use.
#pragma once

#include <torch/script.h>

#include <string>

namespace biodl {

/// The first operator of a module's code that is not allowed, as "aten::save"; empty when there is none. Looks at all functions and methods of the
/// archive, those of submodules, other classes and hooks included, whether they are called or not. Compiles what is not compiled yet; runs nothing.
std::string forbidden_operator(const torch::jit::Module &module);

} // namespace biodl
