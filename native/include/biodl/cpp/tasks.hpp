/* SPDX-License-Identifier: MIT */
/**
 * @file tasks.hpp
 * Segment, denoise and stain in one call. The model is opened for the call: over many images, open one and use its member functions.
 */
#ifndef BIODL_CPP_TASKS_HPP
#define BIODL_CPP_TASKS_HPP

#include "biodl/cpp/model.hpp"

namespace biodl
{

/**
 * What model takes to open the built-in one for a task.
 * @param task  BIODL_TASK_SEGMENT, DENOISE or STAIN
 * @param input  that it is for: colours on a bright ground ask for another model than fluorescence; NULL: not known
 */
[[nodiscard]] inline std::string default_model(std::int32_t task, const view* input = nullptr)
{
    detail::require_abi();
    const char* id = nullptr;
    detail::call(biodl_catalogue_default, task, input ? &input->get() : nullptr, &id);
    return id;
}

/** Label image and objects, by the built-in model that suits the image. */
[[nodiscard]] inline segmentation segment(
    const view& input, const run_options& options = {}, const star_options& stars = {}, const progress_function& progress = {})
{
    return model(default_model(BIODL_TASK_SEGMENT, &input)).segment(input, options, stars, progress);
}

/** The image restored, in its own type and unit, by the built-in model for noise of unknown strength. */
[[nodiscard]] inline run_result denoise(const view& input, const run_options& options = {}, const progress_function& progress = {})
{
    return model(default_model(BIODL_TASK_DENOISE, &input)).run(input, options, progress);
}

/** A stain of the image, by the built-in model. */
[[nodiscard]] inline run_result stain(const view& input, const run_options& options = {}, const progress_function& progress = {})
{
    return model(default_model(BIODL_TASK_STAIN, &input)).run(input, options, progress);
}

}

#endif
