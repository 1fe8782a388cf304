/* Models, tasks and what they give, as a C++ program meets them. What C gives is the measure: every field, every pixel. */
#include <thread>
#include "own_cache.h"
#include "cells.h"
#include "check.hpp"
#include "run.h"

/** Cells of a field, to be looked at by both languages. */
static std::vector<std::uint16_t> cells()
{
    std::uint16_t* drawn = cells_16(CELL_FIELD, CELL_FIELD);
    std::vector<std::uint16_t> pixels(drawn, drawn + CELL_FIELD * CELL_FIELD);
    std::free(drawn);
    return pixels;
}

static const biodl::shape field{ .y = CELL_FIELD, .x = CELL_FIELD };

static void same_as_c()
{
    const std::vector<std::uint16_t> pixels = cells();
    const biodl::view image(pixels, field);
    biodl::run_options options;
    options.tile = 256;
    biodl::star_options stars;
    stars.prob_threshold = 0.6;
    const biodl::model model;
    const biodl::segmentation mine = model.segment(image, options, stars);

    std::vector<std::uint32_t> labels(pixels.size());
    const biodl_image into = biodl_image_2d(labels.data(), BIODL_DTYPE_UINT32, CELL_FIELD, CELL_FIELD);
    found theirs{};
    theirs.view.struct_size = sizeof theirs.view;
    CHECK_OK(biodl_run_stars(builtin(), &image.get(), &options, &stars, nullptr, nullptr, &into, &theirs.objects, &error));
    CHECK_OK(biodl_objects_get(theirs.objects, &theirs.view, &error));
    CHECK(mine.found.size() == theirs.view.count && mine.found.size() > 0 && mine.found.rays() == theirs.view.rays);
    std::int64_t i = 0;
    for (const biodl_object& object : mine.found)
    {
        CHECK(std::memcmp(&object, object_at(&theirs, i), sizeof object) == 0);
        const auto polygon = mine.found.polygon(i);
        CHECK(polygon.size() == 64 && std::equal(polygon.begin(), polygon.end(), theirs.view.vertices + 64 * i));
        i++;
    }
    CHECK(i == mine.found.size() && std::ranges::equal(mine.labels.pixels<std::uint32_t>(), labels));
    CHECK(std::string(mine.found.report().device) == "cpu" && mine.found.account().find("\"prob_threshold\"") != std::string::npos);

    biodl::image painted(BIODL_DTYPE_UINT16, field);
    mine.found.render(painted.target());
    CHECK(std::ranges::equal(painted.pixels<std::uint16_t>(), labels));
    const biodl::objects alone = model.find(image, options, stars);
    CHECK(alone.size() == mine.found.size() && alone[0].pixels == mine.found[0].pixels);
    biodl_objects_destroy(theirs.objects);
}

/** What is kept of a run answers as a run does, and when the model is gone. */
static void kept_candidates()
{
    const std::vector<std::uint16_t> pixels = cells();
    const biodl::view image(pixels, field);
    const auto keep = [&] { return biodl::model().keep(image, {}, 0.2); };
    const biodl::candidates kept = keep();
    CHECK(kept.info().count >= CELL_COUNT && kept.info().prob_threshold <= 0.2);
    for (const double threshold : { 0.2, 0.5, 0.8 })
    {
        biodl::star_options stars;
        stars.prob_threshold = threshold;
        const biodl::segmentation fresh = biodl::model().segment(image, {}, stars), answered = kept.select(stars);
        CHECK(std::ranges::equal(fresh.labels.pixels<std::uint32_t>(), answered.labels.pixels<std::uint32_t>()));
    }
    biodl::star_options low;
    low.prob_threshold = 0.01;
    CHECK_THROWS(kept.select(low), BIODL_STATUS_INVALID_ARGUMENT, "0.01");
}

static void selections()
{
    const std::vector<std::uint16_t> pixels = cells();
    std::vector<std::uint8_t> half(pixels.size());
    std::fill(half.begin(), half.begin() + CELL_FIELD * CELL_FIELD / 2, std::uint8_t{ 255 });
    const biodl::view mask(half, field);
    biodl::run_options options;
    options.mask = &mask.get();
    CHECK(biodl::segment(biodl::view(pixels, field), options).found.size() == CELL_COUNT / 2);
    options.mask = nullptr;
    options.percentile_low = 40;
    CHECK_THROWS(biodl::segment(biodl::view(pixels, field), options), BIODL_STATUS_INVALID_ARGUMENT, "percentile");
}

/** The default model of each task; a restored image has the type and size of what came in. */
static void tasks()
{
    const std::vector<std::uint16_t> pixels = cells();
    const biodl::view image(pixels, field);
    const biodl::run_result restored = biodl::denoise(image);
    CHECK(restored.outputs[0].dtype() == BIODL_DTYPE_UINT16 && restored.outputs[0].size() == field);
    CHECK(restored.how.json().find("\"denoise-fluo\"") != std::string::npos && restored.how.info().tiles >= 1);
    const biodl::run_result stained = biodl::stain(image);
    CHECK(!stained.outputs.empty() && stained.outputs[0].size().y == CELL_FIELD);
    const biodl::model denoiser(biodl::default_model(BIODL_TASK_DENOISE));
    const biodl::plan planned = denoiser.plan(image);
    CHECK(planned.info().outputs >= 1 && planned.output(0).shape[4] == CELL_FIELD && planned.output(0).restores_input == 1);
    CHECK(denoiser.info().task == BIODL_TASK_DENOISE && denoiser.input(0).channels == 1 && denoiser.output(0).restores_input == 1);
    CHECK(std::ranges::equal(denoiser.run(image).outputs[0].pixels<std::uint16_t>(), restored.outputs[0].pixels<std::uint16_t>()));
    const biodl::view two[] = { image, image };
    CHECK_THROWS(denoiser.run(two), BIODL_STATUS_INVALID_ARGUMENT, "2");
    CHECK_THROWS(biodl::default_model(99), BIODL_STATUS_INVALID_ARGUMENT, "99");
    CHECK_THROWS(denoiser.segment(image), BIODL_STATUS_MODEL_UNSUPPORTED, "StarDist");
}

/** False cancels, an exception comes out as it was thrown, and what is told only grows. */
static void progress()
{
    std::vector<std::uint16_t> pixels;
    for (int slice = 0; slice < 3; slice++)
        std::ranges::copy(cells(), std::back_inserter(pixels));
    const biodl::view image(pixels, { .z = 3, .y = CELL_FIELD, .x = CELL_FIELD });
    const biodl::model model;
    const biodl::run_options options;
    double last = 0;
    int calls = 0;
    (void)model.segment(image, options, {},
        [&](const biodl_progress& at)
        {
            CHECK(at.fraction >= last && at.total >= 1);
            last = at.fraction;
            CHECK(calls > 0 || model.find(image).size() == 3 * CELL_COUNT); /* the library may be called from here */
            return ++calls > 0;
        });
    CHECK(calls >= 3 && last == 1);
    for (int stop = 1; stop <= 3; stop++) /* once a tile at least; more often when there is time */
    {
        int told = 0;
        bool cancelled = false, thrown = false;
        try
        {
            (void)model.segment(image, options, {}, [&](const biodl_progress&) { return ++told < stop; });
        }
        catch (const biodl::cancelled& end)
        {
            cancelled = end.status() == BIODL_STATUS_CANCELLED;
        }
        told = 0;
        try
        {
            (void)model.run(
                image, options, [&](const biodl_progress&) -> bool { return ++told >= stop ? throw std::out_of_range("mine") : true; });
        }
        catch (const std::out_of_range& mine)
        {
            thrown = std::strcmp(mine.what(), "mine") == 0;
        }
        CHECK(cancelled && thrown);
    }
}

/** One model serves threads at once; a model moved away leaves an empty one that is an error and no crash. */
static void threads_and_moves()
{
    const std::vector<std::uint16_t> pixels = cells();
    const biodl::view image(pixels, field);
    biodl::model model;
    std::vector<std::int64_t> counts(4);
    std::vector<std::jthread> threads;
    for (std::int64_t& count : counts)
        threads.emplace_back([&] { count = model.find(image).size(); });
    threads.clear();
    CHECK(std::ranges::count(counts, CELL_COUNT) == 4);
    const biodl::model other = std::move(model);
    CHECK(other.find(image).size() == CELL_COUNT);
    CHECK_THROWS(model.find(image), BIODL_STATUS_INVALID_HANDLE, "model");
    CHECK_THROWS(biodl::model("no/such/model"), BIODL_STATUS_NOT_FOUND, "no/such/model");
}

static void models_and_devices()
{
    own_cache(__func__);
    const biodl::catalogue all;
    CHECK(all.size() >= 4 && all.warnings().empty());
    bool known = false;
    for (std::int64_t i = 0; i < all.size(); i++)
        known = known || std::string(all[i].id) == biodl::default_model(BIODL_TASK_SEGMENT);
    CHECK(known);
    CHECK_THROWS(all[all.size()], BIODL_STATUS_INVALID_ARGUMENT, "no model");
    CHECK_THROWS(biodl::install("no/such/package.zip"), BIODL_STATUS_NOT_FOUND, "no/such/package.zip");
    CHECK_THROWS(biodl::uninstall("nobody-has-it"), BIODL_STATUS_NOT_FOUND, "nobody-has-it");
    const auto devices = biodl::devices();
    CHECK(!devices.empty() && std::string(devices[0].id) == "cpu" && devices[0].available == 1);
    CHECK(biodl::version().abi_version >= BIODL_ABI_VERSION && biodl::version().version[0]);
    const biodl::model model;
    const biodl::verification report = model.verify("cpu");
    CHECK(report.info().outcome == BIODL_VERIFY_PASSED && report.info().outputs >= 1 && report.output(0).passed == 1);
}

static void files()
{
    own_cache(__func__);
    const std::string input = std::string(__func__) + ".in", part = std::string(__func__) + ".part", place = std::string(__func__) + ".out";
    std::remove(place.c_str());
    for (const std::string& path : { input, part })
        std::fclose(std::fopen(path.c_str(), "wb"));
    const std::string outputs[] = { place }, inputs[] = { input };
    biodl::check_outputs(outputs, inputs);
    biodl::place_output(part, place);
    CHECK_THROWS(biodl::check_outputs(inputs, inputs), BIODL_STATUS_INVALID_ARGUMENT, input.c_str());
    CHECK_THROWS(biodl::place_output(part, place), BIODL_STATUS_IO, part.c_str());
}

MAIN(CASE(same_as_c), CASE(kept_candidates), CASE(selections), CASE(tasks), CASE(progress), CASE(threads_and_moves),
    CASE(models_and_devices), CASE(files))
