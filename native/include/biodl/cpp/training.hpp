/* SPDX-License-Identifier: MIT */
/** @file training.hpp  Models of one's own; see training.h for what the options mean. */
#ifndef BIODL_CPP_TRAINING_HPP
#define BIODL_CPP_TRAINING_HPP

#include <algorithm>
#include <chrono>
#include <optional>
#include "biodl/cpp/image.hpp"
#include "biodl/cpp/progress.hpp"

namespace biodl
{

using training_options = sized<biodl_training_options>;
/** An image to train on: `image.input = &view.get()`. Views and text are read during the calls that take it. */
using training_image = sized<biodl_training_image>;

namespace detail
{

inline std::vector<const biodl_training_image*> pointers(std::span<const training_image> images)
{
    std::vector<const biodl_training_image*> all(images.size());
    std::ranges::transform(images, all.begin(), [](const training_image& image) { return &image; });
    return all;
}

}

/** A training settled and not begun; no pixel is read. For dialogs that tell time and memory. */
class training_plan
{
public:
    training_plan(const training_options& options, std::span<const training_image> images)
    {
        detail::require_abi();
        const auto given = detail::pointers(images);
        handle_ = detail::created<decltype(handle_)>(biodl_training_plan_create, static_cast<const biodl_training_options*>(&options),
            given.data(), static_cast<std::int64_t>(given.size()));
    }

    [[nodiscard]] sized<biodl_training_plan_info> info() const&
    {
        return detail::described<biodl_training_plan_info>(biodl_training_plan_describe, handle_.get());
    }

    sized<biodl_training_plan_info> info() const&& = delete;

private:
    detail::handle<biodl_training_plan, biodl_training_plan_destroy> handle_;
};

/** The last validation picture of a training. */
class training_picture
{
public:
    explicit training_picture(biodl_training_picture* taken) noexcept : handle_(taken)
    {
    }

    [[nodiscard]] sized<biodl_training_picture_info> info() const&
    {
        return detail::described<biodl_training_picture_info>(biodl_training_picture_describe, handle_.get());
    }

    sized<biodl_training_picture_info> info() const&& = delete;

    /** Normalised values, row by row. @param index  from 0, below info().planes */
    [[nodiscard]] std::span<const float> plane(std::int64_t index) const&
    {
        const float* first = nullptr;
        detail::call(biodl_training_picture_get_plane, handle_.get(), index, &first);
        const auto told = info();
        return {first, static_cast<std::size_t>(told.height) * static_cast<std::size_t>(told.width)};
    }

    std::span<const float> plane(std::int64_t index) const&& = delete;

private:
    detail::handle<biodl_training_picture, biodl_training_picture_destroy> handle_;
};

/** A training. Destroyed before it is over, it is broken off, and resume goes on with it. */
class training
{
public:
    /** Read the images and lay it down; it is not started. */
    training(const training_options& options, std::span<const training_image> images, const progress_function& progress = {})
    {
        detail::require_abi();
        const auto given = detail::pointers(images);
        handle_.reset(detail::watched(progress,
            [&](biodl_progress_fn tell, void* data)
            {
                biodl_training* raw = nullptr;
                detail::call(biodl_training_create, static_cast<const biodl_training_options*>(&options), given.data(),
                    static_cast<std::int64_t>(given.size()), tell, data, &raw);
                return raw;
            }));
    }

    /** Take up one that was broken off; it is not started. @param id  of info() or unfinished */
    [[nodiscard]] static training resume(const std::string& id)
    {
        detail::require_abi();
        return training(detail::created<owned>(biodl_training_resume, id.c_str()));
    }

    [[nodiscard]] sized<biodl_training_info> info() const&
    {
        return detail::described<biodl_training_info>(biodl_training_describe, handle_.get());
    }

    sized<biodl_training_info> info() const&& = delete;

    /** Begin, or wait until other trainings are over. Once. */
    void start() const
    {
        detail::call(biodl_training_start, handle_.get());
    }

    /** How far it is. */
    [[nodiscard]] sized<biodl_training_progress> poll() const&
    {
        return detail::described<biodl_training_progress>(biodl_training_poll, handle_.get());
    }

    sized<biodl_training_progress> poll() const&& = delete;

    /** A point of the curve. @param index  from 0, below poll().validations */
    [[nodiscard]] sized<biodl_training_point> point(std::int64_t index) const
    {
        return detail::described<biodl_training_point>(biodl_training_get_point, handle_.get(), index);
    }

    /** The last validation picture; none before the first validation. */
    [[nodiscard]] std::optional<training_picture> picture() const
    {
        biodl_training_picture* raw = nullptr;
        detail::call(biodl_training_get_picture, handle_.get(), &raw);
        return raw ? std::optional<training_picture>(std::in_place, raw) : std::nullopt;
    }

    /** Write the model as it is now. @param folder  UTF-8: one that is not there yet */
    void snapshot(const std::string& folder) const
    {
        detail::call(biodl_training_snapshot, handle_.get(), folder.c_str());
    }

    /** End it with the best state that it has had. Returns at once. */
    void stop() const
    {
        detail::call(biodl_training_stop, handle_.get());
    }

    /** End it and leave nothing of it. Returns at once. */
    void cancel() const
    {
        detail::call(biodl_training_cancel, handle_.get());
    }

    /** Wait until it is over. @return false when the time was over first */
    [[nodiscard]] bool wait(std::chrono::duration<double> at_most) const
    {
        std::int32_t over = 0;
        detail::call(biodl_training_wait, handle_.get(), at_most.count(), &over);
        return over != 0;
    }

    /** What it has made. @throws error  what ended it; cancelled */
    [[nodiscard]] sized<biodl_training_result> result() const&
    {
        return detail::described<biodl_training_result>(biodl_training_get_result, handle_.get());
    }

    sized<biodl_training_result> result() const&& = delete;

private:
    using owned = detail::handle<biodl_training, biodl_training_destroy>;

    explicit training(owned taken) noexcept : handle_(std::move(taken))
    {
    }

    owned handle_;
};

/** Trainings of this user that were broken off and that no process runs, the latest first. */
class unfinished
{
public:
    unfinished()
    {
        detail::require_abi();
        handle_ = detail::created<decltype(handle_)>(biodl_unfinished_open);
    }

    [[nodiscard]] std::int64_t size() const
    {
        std::int64_t count = 0;
        detail::call(biodl_unfinished_count, handle_.get(), &count);
        return count;
    }

    /** @param index  from 0, below size() */
    [[nodiscard]] sized<biodl_unfinished_entry> operator[](std::int64_t index) const&
    {
        return detail::described<biodl_unfinished_entry>(biodl_unfinished_get, handle_.get(), index);
    }

    sized<biodl_unfinished_entry> operator[](std::int64_t index) const&& = delete;

    /** Delete what is left of one. @param id  of its entry; nothing happens where there is none */
    static void discard(const std::string& id)
    {
        detail::call(biodl_training_discard, id.c_str());
    }

private:
    detail::handle<biodl_unfinished, biodl_unfinished_destroy> handle_;
};

}

#endif
