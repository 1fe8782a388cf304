/* SPDX-License-Identifier: MIT */
/** @file results.hpp  What calls give: objects, plans, accounts, verifications. Each owns what it shows and outlives its model. */
#ifndef BIODL_CPP_RESULTS_HPP
#define BIODL_CPP_RESULTS_HPP

#include <iterator>
#include "biodl/cpp/image.hpp"
#include "biodl/cpp/progress.hpp"

namespace biodl
{

using run_options = sized<biodl_run_options>;
using star_options = sized<biodl_star_options>;

/** The objects that a segmentation found, by plane, then falling probability; see objects.h. */
class objects
{
public:
    explicit objects(biodl_objects* taken) : handle_(taken), view_(detail::described<biodl_objects_view>(biodl_objects_get, taken))
    {
    }

    [[nodiscard]] std::int64_t size() const noexcept
    {
        return view_.count;
    }

    /** @param index  from 0, below size() */
    [[nodiscard]] const biodl_object& operator[](std::int64_t index) const& noexcept
    {
        return *reinterpret_cast<const biodl_object*>(reinterpret_cast<const char*>(view_.objects) + index * view_.object_size);
    }

    const biodl_object& operator[](std::int64_t index) const&& = delete;

    /** Vertices of each polygon. */
    [[nodiscard]] std::int32_t rays() const noexcept
    {
        return view_.rays;
    }

    /** The polygon of an object in pixels: x, y, x, y, ..., from +x towards +y. @param index  from 0, below size() */
    [[nodiscard]] std::span<const float> polygon(std::int64_t index) const& noexcept
    {
        const auto values = 2 * static_cast<std::size_t>(view_.rays);
        return {view_.vertices + static_cast<std::size_t>(index) * values, values};
    }

    std::span<const float> polygon(std::int64_t index) const&& = delete;

    /** Goes from object to object. */
    class iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = biodl_object;
        using difference_type = std::int64_t;
        using pointer = const biodl_object*;
        using reference = const biodl_object&;

        iterator() = default;

        iterator(const objects& of, std::int64_t index) noexcept : of_(&of), index_(index)
        {
        }

        reference operator*() const noexcept
        {
            return (*of_)[index_];
        }

        pointer operator->() const noexcept
        {
            return &**this;
        }

        iterator& operator++() noexcept
        {
            ++index_;
            return *this;
        }

        iterator operator++(int) noexcept
        {
            const iterator before = *this;
            ++index_;
            return before;
        }

        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        const objects* of_ = nullptr;
        std::int64_t index_ = 0;
    };

    [[nodiscard]] iterator begin() const& noexcept
    {
        return {*this, 0};
    }

    [[nodiscard]] iterator end() const& noexcept
    {
        return {*this, size()};
    }

    /** Device, tiles, times, warnings. */
    [[nodiscard]] sized<biodl_objects_report> report() const&
    {
        return detail::described<biodl_objects_report>(biodl_objects_describe, handle_.get());
    }

    sized<biodl_objects_report> report() const&& = delete;

    /** How it was made, as one JSON object; see biodl_account. */
    [[nodiscard]] std::string account() const
    {
        const char* json = nullptr;
        detail::call(biodl_account, static_cast<const void*>(handle_.get()), &json);
        return json;
    }

    /** Paint the labels; see biodl_objects_render. */
    void render(const target& labels) const
    {
        detail::call(biodl_objects_render, handle_.get(), &labels.get());
    }

private:
    detail::handle<biodl_objects, biodl_objects_destroy> handle_;
    sized<biodl_objects_view> view_;
};

/** A label image and the objects that it shows. */
struct segmentation
{
    image labels;       /**< UINT32, so that no number of objects is too large; 0 is background */
    objects found;
};

/** How a run will go, and what its outputs will be; see run.h. */
class plan
{
public:
    explicit plan(biodl_plan* taken) noexcept : handle_(taken)
    {
    }

    [[nodiscard]] sized<biodl_plan_info> info() const&
    {
        return detail::described<biodl_plan_info>(biodl_plan_describe, handle_.get());
    }

    sized<biodl_plan_info> info() const&& = delete;

    /** @param index  from 0, below info().outputs */
    [[nodiscard]] sized<biodl_plan_output> output(std::int64_t index) const&
    {
        return detail::described<biodl_plan_output>(biodl_plan_get_output, handle_.get(), index);
    }

    sized<biodl_plan_output> output(std::int64_t index) const&& = delete;

private:
    detail::handle<biodl_plan, biodl_plan_destroy> handle_;
};

/** How a run went; see run.h. */
class account
{
public:
    explicit account(biodl_result* taken) noexcept : handle_(taken)
    {
    }

    [[nodiscard]] sized<biodl_result_info> info() const&
    {
        return detail::described<biodl_result_info>(biodl_result_describe, handle_.get());
    }

    sized<biodl_result_info> info() const&& = delete;

    /** What became of one output. @param index  from 0 */
    [[nodiscard]] sized<biodl_result_output> output(std::int64_t index) const
    {
        return detail::described<biodl_result_output>(biodl_result_get_output, handle_.get(), index);
    }

    /** All of it as one JSON object; see biodl_account. */
    [[nodiscard]] std::string json() const
    {
        const char* json = nullptr;
        detail::call(biodl_account, static_cast<const void*>(handle_.get()), &json);
        return json;
    }

private:
    detail::handle<biodl_result, biodl_result_destroy> handle_;
};

/** The outputs of a network and the account of the run. */
struct run_result
{
    std::vector<image> outputs;
    account how;
};

/** A model against its own test tensors; see catalogue.h. */
class verification
{
public:
    explicit verification(biodl_verification* taken) noexcept : handle_(taken)
    {
    }

    [[nodiscard]] sized<biodl_verification_info> info() const&
    {
        return detail::described<biodl_verification_info>(biodl_verification_describe, handle_.get());
    }

    sized<biodl_verification_info> info() const&& = delete;

    /** @param index  from 0, below info().outputs */
    [[nodiscard]] sized<biodl_verification_output> output(std::int64_t index) const&
    {
        return detail::described<biodl_verification_output>(biodl_verification_get_output, handle_.get(), index);
    }

    sized<biodl_verification_output> output(std::int64_t index) const&& = delete;

private:
    detail::handle<biodl_verification, biodl_verification_destroy> handle_;
};

}

#endif
