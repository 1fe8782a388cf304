/* A field of round, blurred cells with a known number and place, drawn for the tests. */
#ifndef BIODL_TESTS_CELLS_H
#define BIODL_TESTS_CELLS_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum
{
    CELL_SPACING = 40,
    CELL_FIELD = 4 * CELL_SPACING,
    CELL_COUNT = 16
};

/** Brightness 0 to 1 at (y, x): cells of radius 10 every 40 pixels, the first one at (20, 20), with soft edges. */
static inline double cell_value(int y, int x)
{
    double dy = y % CELL_SPACING - CELL_SPACING / 2, dx = x % CELL_SPACING - CELL_SPACING / 2;
    return 0.05 + 0.9 / (1 + exp((sqrt(dy * dy + dx * dx) - 10) / 0.8));
}

/** 16-bit cells, `height` x `width`; free() it. */
static inline uint16_t* cells_16(int height, int width)
{
    uint16_t* pixels = (uint16_t*)malloc(sizeof(uint16_t) * (size_t)height * (size_t)width);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            pixels[(size_t)y * (size_t)width + (size_t)x] = (uint16_t)(cell_value(y, x) * 4000 + 100);
    return pixels;
}

#endif
