/* SPDX-License-Identifier: MIT
 * Segment a PGM image (8 or 16 bit) and write the labels as a 16-bit PGM:  biodl_segment_cpp image.pgm labels.pgm [model]
 * Build: c++ -std=c++20 segment.cpp $(PKG_CONFIG_PATH=$PWD/dist/share/pkgconfig pkg-config --cflags --libs biodl) -o biodl_segment_cpp
 */
#include <fstream>
#include <iostream>
#include "biodl/biodl.hpp"

/** A grey image as 16 bit: text, "P5 width height maximum" and one white space, then the pixels; 16-bit ones are big-endian. */
static biodl::image read_pgm(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    std::string magic;
    std::int64_t width = 0, height = 0;
    int maximum = 0;
    if (!(file >> magic >> width >> height >> maximum) || magic != "P5" || width < 1 || height < 1)
        throw std::runtime_error(std::string(path) + " is not a PGM image that can be read");
    file.get();
    biodl::image image(BIODL_DTYPE_UINT16, { .y = height, .x = width });
    for (std::uint16_t& pixel : image.pixels<std::uint16_t>())
    {
        const int high = maximum > 255 ? file.get() : 0;
        pixel = static_cast<std::uint16_t>(high << 8 | file.get());
    }
    if (!file)
        throw std::runtime_error(std::string(path) + " ends too early");
    return image;
}

static void write_pgm(const char* path, const biodl::image& labels)
{
    std::ofstream file(path, std::ios::binary);
    file << "P5\n" << labels.size().x << ' ' << labels.size().y << "\n65535\n";
    for (const std::uint32_t label : labels.pixels<std::uint32_t>())
        file.put(static_cast<char>(label >> 8)).put(static_cast<char>(label));
    if (!file.flush())
        throw std::runtime_error(std::string(path) + " could not be written");
}

int main(int argc, char** argv)
try
{
    if (argc < 3)
        return std::cerr << "usage: biodl_segment_cpp image.pgm labels.pgm [model]\n", 2;
    const biodl::image image = read_pgm(argv[1]);
    const biodl::model model(argc > 3 ? argv[3] : biodl::default_model(BIODL_TASK_SEGMENT));
    const biodl::segmentation cells = model.segment(image.view());
    const auto report = cells.found.report();
    std::cout << cells.found.size() << " objects, " << report.device_name << ", " << report.total_ms << " ms\n" << report.warnings;
    write_pgm(argv[2], cells.labels);
}
catch (const std::exception& error)
{
    const auto* told = dynamic_cast<const biodl::error*>(&error);
    return std::cerr << error.what() << '\n' << (told ? told->hint() : "") << '\n', 1;
}
