/* Models of one's own, as a C++ program trains them; as short as a training can be. */
#include <cmath>
#include "own_cache.h"
#include "check.hpp"

enum
{
    SIDE = 96,
    SKIPPED = 77
};

/** Soft discs under noise. */
static std::vector<float> discs()
{
    numbers random(1);
    std::vector<float> pixels(SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++)
    {
        const double distance = std::hypot(i % SIDE % 32 - 16, i / SIDE % 32 - 16);
        pixels[static_cast<std::size_t>(i)] =
            static_cast<float>(100 / (1 + std::exp(distance - 9)) + static_cast<double>(random.between(0, 60)));
    }
    return pixels;
}

struct setting
{
    explicit setting(const char* name)
    {
        own_cache(name);
        image.name = "discs";
        image.input = &view.get();
        options.method = BIODL_TRAIN_NOISE2VOID;
        options.name = name;
        options.steps = 4;
        options.patch = 32;
        options.batch = 1;
        options.threads = 1;
    }

    std::vector<float> pixels = discs();
    biodl::view view{ pixels, { .y = SIDE, .x = SIDE } };
    biodl::training_image image;
    biodl::training_options options;

    std::span<const biodl::training_image> images() const { return { &image, 1 }; }
};

static void plans()
{
    setting given(__func__);
    const biodl::training_plan plan(given.options, given.images());
    CHECK(plan.info().steps == 4 && plan.info().patch[2] == 32 && plan.info().minutes > 0);
    given.options.method = 99;
    CHECK_THROWS(biodl::training_plan(given.options, given.images()), BIODL_STATUS_INVALID_ARGUMENT, "options.method is 99");
    given.options.method = BIODL_TRAIN_RESTORATION;
    CHECK_THROWS(biodl::training_plan(given.options, given.images()), BIODL_STATUS_INVALID_ARGUMENT, "discs");
    CHECK_THROWS(biodl::training_plan(given.options, {}), BIODL_STATUS_INVALID_ARGUMENT, "images");
    CHECK_THROWS(biodl::training::resume("no-such-training"), BIODL_STATUS_NOT_FOUND, "no-such-training");
    biodl::unfinished::discard("no-such-training");
    CHECK(biodl::unfinished().size() == 0);
}

static biodl::training created(const setting& given)
{
    try
    {
        return { given.options, given.images() };
    }
    catch (const biodl::error& error)
    {
        if (error.status() != BIODL_STATUS_NOT_FOUND || !std::strstr(error.what(), "libtorch"))
            throw;
        std::printf("SKIP: %s\n", error.what());
        std::exit(SKIPPED);
    }
}

static void trains_a_model()
{
    using namespace std::chrono_literals;
    const setting given(__func__);
    const biodl::training training = created(given);
    CHECK(std::string(training.info().name) == __func__ && !training.picture());
    CHECK_THROWS(training.result(), BIODL_STATUS_INVALID_ARGUMENT, "not over");
    training.start();
    CHECK_THROWS(training.start(), BIODL_STATUS_INVALID_ARGUMENT, "started");
    while (!training.wait(1s))
        CHECK(training.poll().step <= 4);
    const auto end = training.poll();
    CHECK(end.state == BIODL_TRAINING_DONE && end.step == 4 && training.point(end.validations - 1).step == 4);
    const auto picture = training.picture();
    CHECK(picture && picture->info().planes >= 2 && picture->plane(1).size() > 1000 && std::isfinite(picture->plane(1).back()));
    const biodl::run_result result = biodl::model(training.result().model_id).run(given.view);
    CHECK(std::isfinite(result.outputs[0].pixels<float>()[0]));
}

/** What goes out of scope before its end is taken up; what is cancelled is gone. */
static void breaks_off_and_resumes()
{
    using namespace std::chrono_literals;
    setting given(__func__);
    given.options.steps = 100000;
    {
        const biodl::training training = created(given);
        training.start();
        while (training.poll().validations < 1)
            CHECK(!training.wait(100ms));
    }
    const biodl::unfinished list;
    CHECK(list.size() == 1 && list[0].step >= 1 && list[0].steps == 100000);
    const biodl::training again = biodl::training::resume(list[0].id);
    again.start();
    again.cancel();
    while (!again.wait(1s))
        CHECK(again.poll().step < 100000);
    bool cancelled = false;
    try
    {
        (void)again.result();
    }
    catch (const biodl::cancelled&)
    {
        cancelled = true;
    }
    CHECK(cancelled && biodl::unfinished().size() == 0);
}

MAIN(CASE(plans), CASE(trains_a_model), CASE(breaks_off_and_resumes))
