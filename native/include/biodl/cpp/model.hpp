/* SPDX-License-Identifier: MIT */
/** @file model.hpp  A model: describe, plan, run, segment, verify. */
#ifndef BIODL_CPP_MODEL_HPP
#define BIODL_CPP_MODEL_HPP

#include <algorithm>
#include "biodl/cpp/results.hpp"

namespace biodl
{

/** What a network predicts of an image, kept to answer thresholds in no time; see biodl_run_stars_keep. */
class candidates
{
public:
    candidates(biodl_candidates* taken, const shape& size) noexcept : handle_(taken), size_(size)
    {
        size_.c = 1;
    }

    [[nodiscard]] sized<biodl_candidates_info> info() const
    {
        return detail::described<biodl_candidates_info>(biodl_candidates_describe, handle_.get());
    }

    /** The objects by these options, equal to a run with them. */
    [[nodiscard]] segmentation select(const star_options& stars = {}, const progress_function& progress = {}) const
    {
        image labels(BIODL_DTYPE_UINT32, size_);
        const target into = labels.target();
        objects found(detail::watched(progress,
            [&](biodl_progress_fn tell, void* data)
            {
                biodl_objects* raw = nullptr;
                detail::call(biodl_candidates_select, handle_.get(), &stars, tell, data, &into.get(), &raw);
                return raw;
            }));
        return {std::move(labels), std::move(found)};
    }

private:
    detail::handle<biodl_candidates, biodl_candidates_destroy> handle_;
    shape size_;
};

/** An open model. One serves many threads at once; results outlive it. */
class model
{
public:
    /**
     * Open a model.
     * @param source  UTF-8: a folder, zip or file, the id of an installed model, "builtin:NAME"; empty: the built-in nucleus model
     * @throws error  NOT_FOUND, IO, MODEL_INVALID, MODEL_UNSUPPORTED
     */
    explicit model(const std::string& source = {})
    {
        detail::require_abi();
        handle_ = detail::created<decltype(handle_)>(biodl_model_open, detail::text(source));
    }

    [[nodiscard]] sized<biodl_model_info> info() const&
    {
        return detail::described<biodl_model_info>(biodl_model_describe, handle_.get());
    }

    sized<biodl_model_info> info() const&& = delete;

    /** A tensor that the network takes. @param index  from 0, below info().inputs */
    [[nodiscard]] sized<biodl_tensor_info> input(std::int64_t index) const&
    {
        return detail::described<biodl_tensor_info>(biodl_model_get_input, handle_.get(), index);
    }

    sized<biodl_tensor_info> input(std::int64_t index) const&& = delete;

    /** A tensor that it gives. @param index  from 0, below info().outputs */
    [[nodiscard]] sized<biodl_tensor_info> output(std::int64_t index) const&
    {
        return detail::described<biodl_tensor_info>(biodl_model_get_output, handle_.get(), index);
    }

    sized<biodl_tensor_info> output(std::int64_t index) const&& = delete;

    /** How a run would go; no pixel is read. @param inputs  one for each input of the network */
    [[nodiscard]] biodl::plan plan(std::span<const view> inputs, const run_options& options = {}) const
    {
        const auto given = pointers(inputs);
        return biodl::plan(detail::created<detail::handle<biodl_plan, biodl_plan_destroy>>(
            biodl_run_plan, handle_.get(), given.data(), length(given), static_cast<const biodl_run_options*>(&options))
                .release());
    }

    [[nodiscard]] biodl::plan plan(const view& input, const run_options& options = {}) const
    {
        return plan(std::span(&input, 1), options);
    }

    /** Run the network; outputs have the shapes and types that the plan gives. */
    [[nodiscard]] run_result run(
        std::span<const view> inputs, const run_options& options = {}, const progress_function& progress = {}) const
    {
        const biodl::plan planned = plan(inputs, options);
        std::vector<image> outputs;
        std::vector<target> into;
        const std::int32_t count = planned.info().outputs;
        outputs.reserve(static_cast<std::size_t>(count));
        for (std::int32_t i = 0; i < count; i++)
        {
            const auto told = planned.output(i);
            outputs.emplace_back(told.dtype, shape{told.shape[0], told.shape[1], told.shape[2], told.shape[3], told.shape[4]});
            into.push_back(outputs.back().target());
        }
        account how = run_into(inputs, into, options, progress);
        return {std::move(outputs), std::move(how)};
    }

    [[nodiscard]] run_result run(const view& input, const run_options& options = {}, const progress_function& progress = {}) const
    {
        return run(std::span(&input, 1), options, progress);
    }

    /** Run the network into memory of the caller's: a target for each output, or target::none(). Undefined after a failure. */
    account run_into(std::span<const view> inputs, std::span<const target> outputs, const run_options& options = {},
        const progress_function& progress = {}) const
    {
        const auto given = pointers(inputs), into = pointers(outputs);
        return account(detail::watched(progress,
            [&](biodl_progress_fn tell, void* data)
            {
                biodl_result* raw = nullptr;
                detail::call(biodl_run, handle_.get(), given.data(), length(given), static_cast<const biodl_run_options*>(&options), tell,
                    data, into.data(), length(into), &raw);
                return raw;
            }));
    }

    /** Find star-convex objects; see biodl_run_stars. The model must be StarDist's. */
    [[nodiscard]] segmentation segment(const view& input, const run_options& options = {}, const star_options& stars = {},
        const progress_function& progress = {}) const
    {
        shape size = input.size();
        size.c = 1;
        image labels(BIODL_DTYPE_UINT32, size);
        objects found = segment_into(input, labels.target(), options, stars, progress);
        return {std::move(labels), std::move(found)};
    }

    /** The same into labels of the caller's: UINT16, UINT32 or FLOAT32, of the shape of the image with one channel. */
    objects segment_into(const view& input, const target& labels, const run_options& options = {}, const star_options& stars = {},
        const progress_function& progress = {}) const
    {
        return found(input, &labels.get(), options, stars, progress);
    }

    /** The objects alone, without a label image. */
    [[nodiscard]] objects find(const view& input, const run_options& options = {}, const star_options& stars = {},
        const progress_function& progress = {}) const
    {
        return found(input, nullptr, options, stars, progress);
    }

    /** Run the network once and keep what it predicts. @param probability  the lowest threshold that will be asked for; 0: 0.05 */
    [[nodiscard]] candidates keep(
        const view& input, const run_options& options = {}, double probability = 0, const progress_function& progress = {}) const
    {
        return {detail::watched(progress,
                    [&](biodl_progress_fn tell, void* data)
                    {
                        biodl_candidates* raw = nullptr;
                        detail::call(biodl_run_stars_keep, handle_.get(), &input.get(), static_cast<const biodl_run_options*>(&options),
                            probability, tell, data, &raw);
                        return raw;
                    }),
            input.size()};
    }

    /** Compare with the model's own test tensors. @param device  such as "cpu"; empty: the fastest there is */
    [[nodiscard]] verification verify(const std::string& device = {}, const progress_function& progress = {}) const
    {
        return verification(detail::watched(progress,
            [&](biodl_progress_fn tell, void* data)
            {
                biodl_verification* raw = nullptr;
                detail::call(biodl_model_verify, handle_.get(), detail::text(device), tell, data, &raw);
                return raw;
            }));
    }

    /** For calls to C beside this class; it stays the model's. */
    [[nodiscard]] const biodl_model* get() const noexcept
    {
        return handle_.get();
    }

private:
    template <bool Writable> static std::vector<const biodl_image*> pointers(std::span<const basic_view<Writable>> views)
    {
        std::vector<const biodl_image*> all(views.size());
        std::ranges::transform(views, all.begin(), [](const auto& each) { return each.get().struct_size ? &each.get() : nullptr; });
        return all;
    }

    static std::int64_t length(const std::vector<const biodl_image*>& of) noexcept
    {
        return static_cast<std::int64_t>(of.size());
    }

    objects found(const view& input, const biodl_image* labels, const run_options& options, const star_options& stars,
        const progress_function& progress) const
    {
        return objects(detail::watched(progress,
            [&](biodl_progress_fn tell, void* data)
            {
                biodl_objects* raw = nullptr;
                detail::call(biodl_run_stars, handle_.get(), &input.get(), static_cast<const biodl_run_options*>(&options),
                    static_cast<const biodl_star_options*>(&stars), tell, data, labels, &raw);
                return raw;
            }));
    }

    detail::handle<biodl_model, biodl_model_close> handle_;
};

}

#endif
