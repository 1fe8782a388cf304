/* Views of any memory, as a C++ program hands them over: a network that doubles what it sees tells what was seen. */
#include <numeric>
#include "cells.h"
#include "check.hpp"
#include "tiny_network.h"

static const biodl::model& doubling(const char* name)
{
    biodl_model_close(tiny_network(name));
    static const biodl::model model(std::string(name) + ".onnx");
    return model;
}

/** Memory in which an image of drawn sizes lies in a drawn order of axes, with gaps and turned round, and the values it should have. */
template <biodl::pixel T> struct drawn
{
    biodl::shape size;
    biodl::strides bytes;
    std::vector<T> memory;
    std::int64_t first = 0;

    explicit drawn(numbers& random)
    {
        const std::int64_t sizes[] = { random.between(1, 2), random.between(1, 3), random.between(1, 3), random.between(1, 23),
            random.between(1, 29) };
        std::int64_t steps[5], length = 1;
        int order[] = { 0, 1, 2, 3, 4 };
        for (int i = 4; i > 0; i--)
            std::swap(order[i], order[random.between(0, i)]);
        for (const int axis : order)
        {
            steps[axis] = length * random.between(1, 2);
            length = steps[axis] * sizes[axis];
        }
        for (int axis = 0; axis < 5; axis++)
            if (random.between(0, 1))
            {
                first += steps[axis] * (sizes[axis] - 1);
                steps[axis] = -steps[axis];
            }
        memory.resize(static_cast<std::size_t>(length));
        for (T& value : memory)
            value = static_cast<T>(random.between(0, 255));
        size = { sizes[0], sizes[1], sizes[2], sizes[3], sizes[4] };
        const auto wide = static_cast<std::int64_t>(sizeof(T));
        bytes = { steps[0] * wide, steps[1] * wide, steps[2] * wide, steps[3] * wide, steps[4] * wide };
    }

    T at(std::int64_t t, std::int64_t z, std::int64_t c, std::int64_t y, std::int64_t x) const
    {
        const std::int64_t place = t * bytes.t + z * bytes.z + c * bytes.c + y * bytes.y + x * bytes.x;
        return memory[static_cast<std::size_t>(first + place / static_cast<std::int64_t>(sizeof(T)))];
    }

    biodl::view view() const { return biodl::view(memory.data() + first, size, bytes); }
};

template <biodl::pixel T> static void strided_case(const biodl::model& model, numbers& random)
{
    const drawn<T> image(random);
    const std::vector<T> before = image.memory;
    const biodl::run_result result = model.run(image.view());
    CHECK(image.memory == before && result.outputs.size() == 1 && result.outputs[0].size() == image.size);
    const auto doubled = result.outputs[0].pixels<float>();
    std::size_t i = 0;
    for (std::int64_t t = 0; t < image.size.t; t++)
        for (std::int64_t z = 0; z < image.size.z; z++)
            for (std::int64_t c = 0; c < image.size.c; c++)
                for (std::int64_t y = 0; y < image.size.y; y++)
                    for (std::int64_t x = 0; x < image.size.x; x++)
                        CHECK(doubled[i++] == 2.0f * static_cast<float>(image.at(t, z, c, y, x)));
    CHECK(i == doubled.size());
}

static void any_memory()
{
    numbers random(7);
    const biodl::model& model = doubling(__func__);
    for (int i = 0; i < 40; i++)
    {
        strided_case<std::uint8_t>(model, random);
        strided_case<std::uint16_t>(model, random);
        strided_case<float>(model, random);
    }
}

/** A part by narrow() has the pixels of that part, whatever axes it is taken along. */
static void narrowed()
{
    numbers random(11);
    const biodl::model& model = doubling(__func__);
    for (int i = 0; i < 40; i++)
    {
        const drawn<std::uint16_t> image(random);
        const biodl::shape& size = image.size;
        const std::int64_t c = random.between(0, size.c - 1), z = random.between(0, size.z - 1);
        const std::int64_t y = random.between(0, size.y - 1), height = random.between(1, size.y - y);
        const biodl::view part = image.view().narrow(biodl::axis::c, c, 1).narrow(biodl::axis::y, y, height).narrow(biodl::axis::z, z, 1);
        const biodl::run_result result = model.run(part);
        const auto doubled = result.outputs[0].pixels<float>();
        CHECK((result.outputs[0].size() == biodl::shape{ size.t, 1, 1, height, size.x }));
        for (std::int64_t row = 0; row < height; row++)
            CHECK(doubled[static_cast<std::size_t>(row * size.x)] == 2.0f * image.at(0, z, c, y + row, 0));
    }
    const std::vector<float> few(6);
    CHECK_THROWS(biodl::view(few, { .y = 2, .x = 3 }).narrow(biodl::axis::x, 2, 2), BIODL_STATUS_INVALID_ARGUMENT, "axis of 3");
    CHECK_THROWS(biodl::view(few, { .y = 2, .x = 4 }), BIODL_STATUS_INVALID_ARGUMENT, "6 pixels are fewer than the 8");
}

/** Memory that is somewhere else each time it is locked, and cannot be had at all when told so. */
class moving final : public biodl::planes
{
public:
    explicit moving(std::vector<std::uint16_t> pixels) : pixels_(std::move(pixels)) {}

    void* lock(std::int64_t plane) noexcept override
    {
        CHECK(plane == 0 && held_.empty());
        if (gone)
            return nullptr;
        held_ = pixels_;
        locks++;
        return held_.data();
    }

    void unlock(std::int64_t, void* start, bool written) noexcept override
    {
        CHECK(start == held_.data());
        if (written)
            pixels_ = held_;
        held_.clear();
        held_.shrink_to_fit();
    }

    const std::vector<std::uint16_t>& pixels() const
    {
        CHECK(held_.empty());
        return pixels_;
    }

    bool gone = false;
    int locks = 0;

private:
    std::vector<std::uint16_t> pixels_, held_;
};

/** Input and labels move; the result is that of memory that stays, and the model need not be there any more. */
static void memory_that_moves()
{
    const biodl::shape size{ .y = CELL_FIELD, .x = CELL_FIELD };
    const biodl::strides bytes{ .y = 2 * CELL_FIELD, .x = 2 };
    std::vector<std::uint16_t> pixels(static_cast<std::size_t>(size.pixels()));
    for (std::size_t i = 0; i < pixels.size(); i++)
        pixels[i] = static_cast<std::uint16_t>(4000 * cell_value(static_cast<int>(i) / CELL_FIELD, static_cast<int>(i) % CELL_FIELD));
    moving source(pixels), labels(std::vector<std::uint16_t>(pixels.size(), 7));
    const biodl::view image(source, BIODL_DTYPE_UINT16, size, bytes);
    const biodl::segmentation expected = biodl::segment(biodl::view(pixels, size));
    {
        const biodl::model model;
        const biodl::objects found = model.segment_into(image, biodl::target(labels, BIODL_DTYPE_UINT16, size, bytes));
        CHECK(found.size() == CELL_COUNT && source.locks > 0 && labels.locks > 0 && source.pixels() == pixels);
    }
    const auto wanted = expected.labels.pixels<std::uint32_t>();
    CHECK(std::ranges::equal(labels.pixels(), wanted));
    source.gone = true;
    CHECK_THROWS(biodl::model().segment(image), BIODL_STATUS_HOST, "plane 0");
    CHECK_THROWS(image.narrow(biodl::axis::z, 0, 1), BIODL_STATUS_INVALID_ARGUMENT, "axis of 1");
}

/** Outputs in the caller's memory, rows with gaps between them: the gaps stay. */
static void outputs_of_the_callers()
{
    const biodl::model& model = doubling(__func__);
    std::vector<std::uint8_t> pixels(35), result(5 * 9, 99);
    std::iota(pixels.begin(), pixels.end(), std::uint8_t{ 1 });
    const biodl::view image(pixels, { .y = 5, .x = 7 });
    const biodl::target into(result.data(), { .y = 5, .x = 7 }, { .y = 9, .x = 1 });
    const biodl::account how = model.run_into(std::span(&image, 1), std::span(&into, 1));
    for (std::size_t y = 0; y < 5; y++)
        for (std::size_t x = 0; x < 9; x++)
            CHECK(result[y * 9 + x] == (x < 7 ? 2 * pixels[y * 7 + x] : 99));
    CHECK(how.output(0).clipped == 0 && how.info().bytes_written == 35);
    biodl::image own(BIODL_DTYPE_UINT8, { .y = 5, .x = 7 });
    CHECK_THROWS(own.pixels<float>(), BIODL_STATUS_INVALID_ARGUMENT, "asked for as type 4");
    const biodl::target both[] = { own.target(), into };
    CHECK_THROWS(model.run_into(std::span(&image, 1), both), BIODL_STATUS_INVALID_ARGUMENT, "memory is given for 2");
    const auto none = biodl::target::none();
    const biodl::account nothing = model.run_into(std::span(&image, 1), std::span(&none, 1));
    CHECK(nothing.info().bytes_written == 0);
}

static void values_and_colours()
{
    const biodl::model& model = doubling(__func__);
    const std::vector<std::uint16_t> pixels{ 32768, 32769, 32767 };
    const biodl::run_result signs = model.run(biodl::view(pixels, { .x = 3 }).values(1, -32768));
    CHECK(std::ranges::equal(signs.outputs[0].pixels<float>(), std::vector<float>{ 0, 2, -2 }));
    const std::vector<std::uint32_t> colours{ 0xFF030609u, 0xFF000000u };
    const biodl::run_result grey = model.run(biodl::view::argb(colours.data(), { .x = 2 }));
    CHECK(grey.outputs[0].size().c == 3 && grey.outputs[0].pixels<float>()[0] == 6);
}

static_assert(!std::is_constructible_v<biodl::target, const std::uint8_t*, const biodl::shape&>, "what is const is not written");
static_assert(std::is_constructible_v<biodl::view, const std::uint8_t*, const biodl::shape&>);
static_assert(!std::is_constructible_v<biodl::target, const biodl::view&> && std::is_convertible_v<biodl::target, biodl::view>);
static_assert(!std::is_constructible_v<biodl::view, std::vector<float>, const biodl::shape&>, "no view of what is about to go");
static_assert(!std::is_constructible_v<biodl::view, const double*, const biodl::shape&>);

MAIN(CASE(any_memory), CASE(narrowed), CASE(memory_that_moves), CASE(outputs_of_the_callers), CASE(values_and_colours))
