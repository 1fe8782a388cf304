/* SPDX-License-Identifier: MIT */
/**
 * @file biodl.hpp
 * The C ABI for C++20: handles that close themselves, exceptions, views of the caller's memory, results that own theirs. Header-only; it
 * needs nothing but the C headers and links with the same library (CMake: biodl::cpp, pkg-config: biodl).
 *
 *     std::vector<std::uint16_t> pixels = ...;                                     // of 512 x 512
 *     const biodl::view image(pixels, {.y = 512, .x = 512});
 *     const biodl::segmentation cells = biodl::segment(image);                     // with the built-in model
 *     for (const biodl_object& cell : cells.found)
 *         std::cout << cell.label << ": " << cell.pixels << " pixels\n";
 *     std::span<const std::uint32_t> labels = cells.labels.pixels<std::uint32_t>();
 *
 * Chapters, simple to advanced:
 *   cpp/error.hpp      exceptions, and structs that know their size
 *   cpp/image.hpp      views of any memory, images that own theirs
 *   cpp/progress.hpp   a callable for progress and cancelling
 *   cpp/results.hpp    objects, plans, accounts
 *   cpp/model.hpp      a model: describe, plan, run, segment, verify
 *   cpp/tasks.hpp      segment, denoise and stain in one call, with the model that is built in
 *   cpp/catalogue.hpp  models there are, devices, versions, files that a host writes
 *   cpp/training.hpp   models of one's own
 *
 * # Rules
 *
 * Options and descriptions are the structs of the C headers, which say what their fields mean: biodl::run_options is biodl_run_options with
 * struct_size set and all else zero, the default. Text and views that an option points to are the caller's, and are read during the call
 * alone.
 *
 * Classes that hold a handle are moved, not copied. Text in a description lives as long as the object that gave it, therefore a temporary
 * object cannot be asked for one: `biodl::model().info()` does not compile.
 *
 * Every call that fails throws biodl::error, and biodl::cancelled when the progress function said so; what a progress function throws
 * comes out of the call. Const member functions may be called by many threads at once.
 */
#ifndef BIODL_HPP
#define BIODL_HPP

#include "biodl/cpp/catalogue.hpp"
#include "biodl/cpp/error.hpp"
#include "biodl/cpp/image.hpp"
#include "biodl/cpp/model.hpp"
#include "biodl/cpp/progress.hpp"
#include "biodl/cpp/results.hpp"
#include "biodl/cpp/tasks.hpp"
#include "biodl/cpp/training.hpp"

#endif
