// SPDX-License-Identifier: MIT
// Baseline of the tiff bench: Debian's libtiff on one thread, as it is used everywhere.
// Usage: libtiff_pages read FILE RUNS
//            decodes the first page RUNS times; prints the least seconds and the FNV-1a hash of its samples, plane after plane
//        libtiff_pages write FILE RAW WIDTH HEIGHT BITS COMPRESSION PREDICTOR TILE
//            writes RAW, one grey page; TILE 0: strips of about 64 KiB
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tiffio.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const char* what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

struct layout
{
    uint32_t width, height, tile_width, tile_height, rows;
    uint16_t bits, samples, planar;
    int tiled;
    size_t pixel, row, plane;
    int planes;
};

static struct layout layout_of(TIFF* tiff)
{
    struct layout l = { 0 };
    uint16_t compression = 1, photometric = 1;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &l.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &l.height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &l.bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &l.samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &l.planar);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (compression == COMPRESSION_JPEG && photometric == PHOTOMETRIC_YCBCR)
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    l.tiled = TIFFIsTiled(tiff);
    if (l.tiled)
    {
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &l.tile_width);
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &l.tile_height);
    }
    else
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &l.rows);
    l.planes = l.planar == PLANARCONFIG_CONTIG ? 1 : l.samples;
    l.pixel = (size_t)(l.planes == 1 ? l.samples : 1) * l.bits / 8;
    l.row = l.pixel * l.width;
    l.plane = l.row * l.height;
    return l;
}

static void read_plane(TIFF* tiff, const struct layout* l, int sample, uint8_t* into, uint8_t* tile)
{
    if (!l->tiled)
    {
        for (uint32_t y = 0; y < l->height; y += l->rows)
        {
            uint32_t rows = l->height - y < l->rows ? l->height - y : l->rows;
            tmsize_t bytes = (tmsize_t)(rows * l->row);
            if (TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, (uint16_t)sample), into + y * l->row, bytes) != bytes)
                die("a strip cannot be read");
        }
        return;
    }
    for (uint32_t y = 0; y < l->height; y += l->tile_height)
        for (uint32_t x = 0; x < l->width; x += l->tile_width)
        {
            if (TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, (uint16_t)sample), tile, TIFFTileSize(tiff)) < 0)
                die("a tile cannot be read");
            uint32_t columns = l->width - x < l->tile_width ? l->width - x : l->tile_width;
            for (uint32_t line = 0; line < l->tile_height && y + line < l->height; line++)
                memcpy(into + (y + line) * l->row + x * l->pixel, tile + line * l->tile_width * l->pixel, columns * l->pixel);
        }
}

static int read_file(const char* path, int runs)
{
    double best = 1e30;
    uint64_t hash = 14695981039346656037u;
    for (int run = 0; run < runs; run++)
    {
        TIFF* tiff = TIFFOpen(path, "rm");
        if (tiff == NULL)
            die("the file cannot be opened");
        struct layout l = layout_of(tiff);
        uint8_t *pixels = malloc(l.plane * (size_t)l.planes), *tile = l.tiled ? malloc((size_t)TIFFTileSize(tiff)) : NULL;
        // Taken before the clock starts, as in the other half of the bench.
        memset(pixels, 1, l.plane * (size_t)l.planes);
        double start = now();
        for (int sample = 0; sample < l.planes; sample++)
            read_plane(tiff, &l, sample, pixels + (size_t)sample * l.plane, tile);
        double seconds = now() - start;
        best = seconds < best ? seconds : best;
        if (run == 0)
            for (size_t i = 0; i < l.plane * (size_t)l.planes; i++)
                hash = (hash ^ pixels[i]) * 1099511628211u;
        free(pixels);
        free(tile);
        TIFFClose(tiff);
    }
    printf("%.6f\n%016llx\n", best, (unsigned long long)hash);
    return 0;
}

static int write_file(char** a)
{
    uint32_t width = (uint32_t)atoi(a[2]), height = (uint32_t)atoi(a[3]), tile = (uint32_t)atoi(a[7]);
    int bits = atoi(a[4]), compression = atoi(a[5]), predictor = atoi(a[6]);
    size_t row = (size_t)width * (size_t)bits / 8;
    uint8_t* pixels = malloc(row * height);
    FILE* raw = fopen(a[1], "rb");
    TIFF* tiff = TIFFOpen(a[0], "w");
    if (pixels == NULL || raw == NULL || fread(pixels, row, height, raw) != height || tiff == NULL)
        die("cannot read the pixels or open the file");
    fclose(raw);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, bits == 32 ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
    if (!TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression))
        die("this libtiff has not that compression");
    if (predictor > 1)
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, predictor);
    uint32_t rows = (uint32_t)(65536 / row > 0 ? 65536 / row : 1);
    if (tile == 0)
    {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, rows);
        for (uint32_t y = 0; y < height; y += rows)
            TIFFWriteEncodedStrip(tiff, y / rows, pixels + y * row, (tmsize_t)((height - y < rows ? height - y : rows) * row));
    }
    else
    {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, tile);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, tile);
        size_t part = (size_t)tile * (size_t)bits / 8;
        uint8_t* buffer = calloc(tile, part);
        for (uint32_t y = 0; y + tile <= height; y += tile)
            for (uint32_t x = 0; x + tile <= width; x += tile)
            {
                for (uint32_t line = 0; line < tile; line++)
                    memcpy(buffer + line * part, pixels + (y + line) * row + x / tile * part, part);
                TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, 0), buffer, (tmsize_t)(tile * part));
            }
        free(buffer);
    }
    TIFFClose(tiff);
    free(pixels);
    return 0;
}

int main(int count, char** arguments)
{
    if (count == 4 && strcmp(arguments[1], "read") == 0)
        return read_file(arguments[2], atoi(arguments[3]));
    if (count == 10 && strcmp(arguments[1], "write") == 0)
        return write_file(arguments + 2);
    die("libtiff_pages read FILE RUNS | write FILE RAW WIDTH HEIGHT BITS COMPRESSION PREDICTOR TILE");
    return 2;
}
