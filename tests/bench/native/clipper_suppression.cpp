// SPDX-License-Identifier: MIT
// Baseline of the suppression bench: non-maximum suppression of star-convex polygons in the way of the reference, one Clipper run for every
// pair whose boxes meet, neighbours of a survivor found by place and compared in parallel (OpenMP).
// Usage: clipper_suppression FILE RUNS. FILE: int32 count, int32 rays, float threshold, then by falling probability
// count x (y, x) floats and count x rays distances. Prints the least seconds of all runs, each with one thread and with all of them, then
// the indices of the survivors.
#include <omp.h>
#include <polyclipping/clipper.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using ClipperLib::Path;

namespace
{
struct Star
{
    Path path;
    long x1, x2, y1, y2;
    float area, y, x, radius;
};

float area_of(const Path& path)
{
    float twice = 0;
    for (size_t i = 0; i < path.size(); i++)
    {
        const auto& a = path[i];
        const auto& b = path[(i + 1) % path.size()];
        twice += static_cast<float>(a.X * b.Y - a.Y * b.X);
    }
    return 0.5f * std::fabs(twice);
}

float shared_area(const Path& a, const Path& b)
{
    ClipperLib::Clipper clipper;
    ClipperLib::Paths paths;
    clipper.AddPath(a, ClipperLib::ptClip, true);
    clipper.AddPath(b, ClipperLib::ptSubject, true);
    clipper.Execute(ClipperLib::ctIntersection, paths, ClipperLib::pftNonZero, ClipperLib::pftNonZero);
    float sum = 0;
    for (const Path& path : paths)
        sum += area_of(path);
    return sum;
}

std::vector<Star> make_stars(int count, int rays, const float* points, const float* distances)
{
    std::vector<Star> stars(count);
    const float step = static_cast<float>(2 * M_PI / rays);
    for (int i = 0; i < count; i++)
    {
        Star& s = stars[i];
        s.y = points[2 * i];
        s.x = points[2 * i + 1];
        s.radius = 0;
        for (int k = 0; k < rays; k++)
        {
            const float d = distances[static_cast<size_t>(i) * rays + k];
            const long y = static_cast<long>(s.y + d * sinf(step * k)), x = static_cast<long>(s.x + d * cosf(step * k));
            s.path << ClipperLib::IntPoint(x, y);
            s.x1 = k ? std::min(s.x1, x) : x;
            s.x2 = k ? std::max(s.x2, x) : x;
            s.y1 = k ? std::min(s.y1, y) : y;
            s.y2 = k ? std::max(s.y2, y) : y;
            s.radius = std::max(s.radius, d);
        }
        s.area = area_of(s.path);
    }
    return stars;
}

// Centres in square cells as wide as two stars can reach.
class Cells
{
public:
    explicit Cells(const std::vector<Star>& stars)
    {
        float radius = 1, bottom = 0, right = 0;
        for (const Star& s : stars)
        {
            radius = std::max(radius, s.radius);
            bottom = std::max(bottom, s.y);
            right = std::max(right, s.x);
        }
        size_ = 2 * radius;
        rows_ = static_cast<int>(bottom / size_) + 1;
        columns_ = static_cast<int>(right / size_) + 1;
        cells_.resize(static_cast<size_t>(rows_) * columns_);
        for (size_t i = 0; i < stars.size(); i++)
            cells_[cell(stars[i].y) * columns_ + cell(stars[i].x)].push_back(static_cast<int>(i));
    }

    void around(const Star& s, std::vector<int>& found) const
    {
        found.clear();
        for (int r = std::max(0, cell(s.y) - 1); r <= std::min(rows_ - 1, cell(s.y) + 1); r++)
            for (int c = std::max(0, cell(s.x) - 1); c <= std::min(columns_ - 1, cell(s.x) + 1); c++)
            {
                const auto& list = cells_[static_cast<size_t>(r) * columns_ + c];
                found.insert(found.end(), list.begin(), list.end());
            }
    }

private:
    int cell(float v) const { return static_cast<int>(v / size_); }
    float size_;
    int rows_, columns_;
    std::vector<std::vector<int>> cells_;
};

std::vector<char> suppress(const std::vector<Star>& stars, float threshold)
{
    std::vector<char> survives(stars.size(), 1);
    const Cells cells(stars);
    std::vector<int> near;
    for (int i = 0; i + 1 < static_cast<int>(stars.size()); i++)
    {
        if (!survives[i])
            continue;
        const Star& a = stars[i];
        cells.around(a, near);
#pragma omp parallel for schedule(dynamic)
        for (size_t n = 0; n < near.size(); n++)
        {
            const int j = near[n];
            const Star& b = stars[j];
            if (j <= i || !survives[j] || b.x1 > a.x2 || a.x1 > b.x2 || b.y1 > a.y2 || a.y1 > b.y2)
                continue;
            const float overlap = static_cast<float>(shared_area(a.path, b.path) / std::fmin(a.area + 1e-10, b.area + 1e-10));
            if (overlap > threshold)
                survives[j] = 0;
        }
    }
    return survives;
}
}

int main(int argc, char** argv)
{
    FILE* file = argc == 3 ? fopen(argv[1], "rb") : nullptr;
    int32_t head[2];
    float threshold;
    if (!file || fread(head, 4, 2, file) != 2 || fread(&threshold, 4, 1, file) != 1)
        return 1;
    const size_t count = head[0], rays = head[1];
    std::vector<float> points(2 * count), distances(count * rays);
    if (fread(points.data(), 4, 2 * count, file) != 2 * count || fread(distances.data(), 4, count * rays, file) != count * rays)
        return 1;
    fclose(file);
    double best = 1e9;
    std::vector<char> survives;
    const int threads = omp_get_max_threads();
    for (int run = 0; run < 2 * atoi(argv[2]); run++)
    {
        omp_set_num_threads(run % 2 ? 1 : threads);
        const auto start = std::chrono::steady_clock::now();
        survives = suppress(make_stars(head[0], head[1], points.data(), distances.data()), threshold);
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    printf("%.6f\n", best);
    for (size_t i = 0; i < count; i++)
        if (survives[i])
            printf("%zu\n", i);
    return 0;
}
