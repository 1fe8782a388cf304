/* SPDX-License-Identifier: MIT */
/** @file image.hpp  Views of any memory, without a copy, and images that own theirs. Axes are T, Z, C, Y, X as in image.h. */
#ifndef BIODL_CPP_IMAGE_HPP
#define BIODL_CPP_IMAGE_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>
#include "biodl/cpp/error.hpp"

namespace biodl
{

/** Pixels along each axis, at least 1: `{.y = 512, .x = 512}` is a plane. */
struct shape
{
    std::int64_t t = 1, z = 1, c = 1, y = 1, x = 1;

    [[nodiscard]] constexpr std::int64_t pixels() const noexcept
    {
        return t * z * c * y * x;
    }

    friend constexpr bool operator==(const shape&, const shape&) = default;
};

/** Bytes from one pixel to the next along each axis; they may be negative or skip pixels. */
struct strides
{
    std::int64_t t = 0, z = 0, c = 0, y = 0, x = 0;
};

enum class axis
{
    t = BIODL_AXIS_T,
    z = BIODL_AXIS_Z,
    c = BIODL_AXIS_C,
    y = BIODL_AXIS_Y,
    x = BIODL_AXIS_X
};

/** What a pixel can be. */
template <class T>
concept pixel = std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::same_as<T, std::uint32_t> || std::same_as<T, float>;

/** BIODL_DTYPE_* of a pixel. */
template <pixel T>
inline constexpr std::int32_t dtype_of = std::same_as<T, std::uint8_t> ? BIODL_DTYPE_UINT8
    : std::same_as<T, std::uint16_t>                                   ? BIODL_DTYPE_UINT16
    : std::same_as<T, std::uint32_t>                                   ? BIODL_DTYPE_UINT32
                                                                       : BIODL_DTYPE_FLOAT32;

/**
 * Memory that may move, such as arrays of a garbage-collected host. A plane is locked only while a band of it is read or written, never
 * while a network runs. Both functions are called on the thread that called the library; by several at once when threads share it.
 */
class planes
{
public:
    virtual ~planes() = default;
    /** Where plane `(t * Z + z) * C + c` starts now; it stays there until unlock. NULL ends the call with BIODL_STATUS_HOST. */
    virtual void* lock(std::int64_t plane) noexcept = 0;
    /** Give it free. `written`: its pixels were changed. */
    virtual void unlock(std::int64_t plane, void* start, bool written) noexcept = 0;

protected:
    planes() = default;
    planes(const planes&) = default;
    planes& operator=(const planes&) = default;
};

/** A description of memory that somebody else owns and that outlives it. Use view for what is read, target for what is written. */
template <bool Writable> class basic_view
{
    template <class T> static constexpr bool fits = pixel<std::remove_const_t<T>> && (!Writable || !std::is_const_v<T>);

public:
    /** Pixels that lie side by side, X fastest. @throws error the range has fewer than the shape */
    template <std::ranges::contiguous_range Range>
        requires fits<std::remove_reference_t<std::ranges::range_reference_t<Range>>> && std::ranges::sized_range<Range>
            && std::ranges::borrowed_range<Range>
    basic_view(Range&& pixels, const shape& size) : basic_view(std::ranges::data(pixels), size)
    {
        if (std::cmp_less(std::ranges::size(pixels), size.pixels()))
            throw error(BIODL_STATUS_INVALID_ARGUMENT,
                std::to_string(std::ranges::size(pixels)) + " pixels are fewer than the " + std::to_string(size.pixels()) + " of the shape",
                "Give the shape of the pixels.");
    }

    /** The same of a pointer to the first. */
    template <class T>
        requires fits<T>
    basic_view(T* first, const shape& size) noexcept
        : image_(biodl_image_5d(address(first), dtype_of<std::remove_const_t<T>>, size.t, size.z, size.c, size.y, size.x))
    {
    }

    /** Pixels anywhere: `first` is that of plane 0. */
    template <class T>
        requires fits<T>
    basic_view(T* first, const shape& size, const strides& bytes) noexcept : basic_view(first, size)
    {
        place(bytes);
    }

    /** Memory that may move: pixels of a plane lie `offset` bytes behind where it is locked; only the strides of Y and X are used. */
    basic_view(planes& memory, std::int32_t dtype, const shape& size, const strides& bytes, std::int64_t offset = 0) noexcept
        : image_(biodl_image_5d(nullptr, dtype, size.t, size.z, size.c, size.y, size.x))
    {
        place(bytes);
        image_.offset = offset;
        image_.user_data = &memory;
        image_.lock = [](void* self, std::int64_t plane) { return static_cast<planes*>(self)->lock(plane); };
        image_.unlock = [](void* self, std::int64_t plane, void* start, std::int32_t written)
        { static_cast<planes*>(self)->unlock(plane, start, written != 0); };
    }

    /** As C describes it. */
    explicit basic_view(const biodl_image& described) noexcept : image_(described)
    {
    }

    /** What is written may be read. */
    template <bool Other>
        requires(Other && !Writable)
    basic_view(const basic_view<Other>& other) noexcept : image_(other.get())
    {
    }

    /** One packed plane of 0xAARRGGBB a pixel, as ImageJ, Java and Qt keep RGB; `bytes` from row to row, 0: rows lie side by side. */
    static basic_view argb(const std::uint32_t* first, const shape& size, std::int64_t bytes = 0) noexcept
        requires(!Writable)
    {
        basic_view view(first, size);
        view.image_.dtype = BIODL_DTYPE_ARGB32;
        if (bytes != 0)
            view.image_.strides[BIODL_AXIS_Y] = bytes;
        return view;
    }

    /** In place of an output that is not wanted. */
    static basic_view none() noexcept
        requires Writable
    {
        return basic_view(biodl_image {});
    }

    /** `count` pixels of an axis from `from` on: a channel, a slice, a region. Of memory that may move only Y and X. */
    [[nodiscard]] basic_view narrow(axis along, std::int64_t from, std::int64_t count) const
    {
        const auto i = static_cast<std::size_t>(along);
        if (from < 0 || count < 1 || from > image_.shape[i] - count || (image_.lock && i < BIODL_AXIS_Y))
            throw error(BIODL_STATUS_INVALID_ARGUMENT,
                std::to_string(count) + " pixels from " + std::to_string(from) + " on are no part of an axis of "
                    + std::to_string(image_.shape[i]),
                "Take a part that the image has; of memory that may move along Y and X alone.");
        basic_view part = *this;
        part.image_.shape[i] = count;
        part.image_.offset += from * image_.strides[i];
        return part;
    }

    /** The same pixels, meaning pixel * scale + offset. */
    [[nodiscard]] basic_view values(double scale, double offset) const noexcept
    {
        basic_view same = *this;
        same.image_.value_scale = scale;
        same.image_.value_offset = offset;
        return same;
    }

    [[nodiscard]] shape size() const noexcept
    {
        const std::int64_t* size = image_.shape;
        return {size[0], size[1], size[2], size[3], size[4]};
    }

    /** BIODL_DTYPE_*. */
    [[nodiscard]] std::int32_t dtype() const noexcept
    {
        return image_.dtype;
    }

    /** For C, and for the pointers in options: `options.mask = &mask.get()`. */
    [[nodiscard]] const biodl_image& get() const noexcept
    {
        return image_;
    }

private:
    void place(const strides& bytes) noexcept
    {
        const std::int64_t given[] = {bytes.t, bytes.z, bytes.c, bytes.y, bytes.x};
        std::ranges::copy(given, image_.strides);
    }

    /** The library writes to no input, whatever C's type says. */
    static void* address(const void* first) noexcept
    {
        return const_cast<void*>(first);
    }

    biodl_image image_;
};

/** What is read: memory of numbers that need not be the caller's to change. */
using view = basic_view<false>;
/** What is written: label images and outputs. */
using target = basic_view<true>;

/** Pixels of its own, side by side, 0 at first. */
class image
{
public:
    /** @param dtype  BIODL_DTYPE_* */
    image(std::int32_t dtype, const shape& size)
        : dtype_(dtype), size_(size), bytes_(static_cast<std::size_t>(size.pixels() * biodl_dtype_size(dtype)))
    {
    }

    /** @throws error they are of another type */
    template <pixel T> [[nodiscard]] std::span<const T> pixels() const&
    {
        return {reinterpret_cast<const T*>(checked(dtype_of<T>)), bytes_.size() / sizeof(T)};
    }

    template <pixel T> [[nodiscard]] std::span<T> pixels() &
    {
        return {const_cast<T*>(reinterpret_cast<const T*>(checked(dtype_of<T>))), bytes_.size() / sizeof(T)};
    }

    template <pixel T> std::span<const T> pixels() const&& = delete;

    [[nodiscard]] const shape& size() const noexcept
    {
        return size_;
    }

    /** BIODL_DTYPE_*. */
    [[nodiscard]] std::int32_t dtype() const noexcept
    {
        return dtype_;
    }

    [[nodiscard]] biodl::view view() const& noexcept
    {
        return biodl::view(described());
    }

    [[nodiscard]] biodl::target target() & noexcept
    {
        return biodl::target(described());
    }

private:
    [[nodiscard]] const std::byte* checked(std::int32_t dtype) const
    {
        if (dtype != dtype_)
            throw error(BIODL_STATUS_INVALID_ARGUMENT,
                "the pixels have type " + std::to_string(dtype_) + ", and are asked for as type " + std::to_string(dtype),
                "Ask for the type that dtype() gives.");
        return bytes_.data();
    }

    [[nodiscard]] biodl_image described() const noexcept
    {
        return biodl_image_5d(const_cast<std::byte*>(bytes_.data()), dtype_, size_.t, size_.z, size_.c, size_.y, size_.x);
    }

    std::int32_t dtype_;
    shape size_;
    std::vector<std::byte> bytes_;
};

}

#endif
