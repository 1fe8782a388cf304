/* SPDX-License-Identifier: MIT
 * A C++ program as a host, by the header-only wrapper: the twin of host.c, with the same arguments.
 */
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "biodl/biodl.hpp"

static std::vector<std::uint16_t> read(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{ std::istreambuf_iterator<char>(file), {} };
    std::vector<std::uint16_t> pixels(bytes.size() / 2);
    std::memcpy(pixels.data(), bytes.data(), 2 * pixels.size());
    return pixels;
}

static void write(const char* path, const void* bytes, std::size_t size)
{
    if (!std::ofstream(path, std::ios::binary).write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size)).flush())
        throw std::runtime_error(std::string(path) + " could not be written");
}

int main(int argc, char** argv)
try
{
    if (argc != 9)
        return std::cerr << "usage: host segment|denoise few|many IMAGE HEIGHT WIDTH MICROMETRES RESULT ACCOUNT\n", 2;
    const bool segments = std::string(argv[1]) == "segment", many = std::string(argv[2]) == "many";
    const std::vector<std::uint16_t> pixels = read(argv[3]);
    std::vector<std::uint16_t> made(pixels.size());
    const biodl::shape size{ .y = std::stoll(argv[4]), .x = std::stoll(argv[5]) };
    const biodl::view image(pixels, size);
    biodl::run_options options;
    options.device = "cpu";
    options.tile = 256;
    options.pixel_size[1] = options.pixel_size[2] = std::stod(argv[6]);
    biodl::star_options stars;
    if (many)
    {
        options.percentile_low = 2;
        options.percentile_high = 99;
        stars.prob_threshold = 0.4;
        stars.overlap_threshold = 0.2;
        stars.vertices = BIODL_VERTICES_INTEGER;
        stars.exclude_edges = 1;
    }
    const biodl::model model(biodl::default_model(segments ? BIODL_TASK_SEGMENT : BIODL_TASK_DENOISE, &image));
    const biodl::target result(made, size);
    std::string json;
    if (segments)
    {
        json = model.segment_into(image, result, options, stars).account();
    }
    else
    {
        const biodl::view inputs[] = { image };
        const biodl::target outputs[] = { result };
        json = model.run_into(inputs, outputs, options).json();
    }
    write(argv[7], made.data(), 2 * made.size());
    write(argv[8], json.data(), json.size());
}
catch (const std::exception& error)
{
    return std::cerr << error.what() << '\n', 1;
}
