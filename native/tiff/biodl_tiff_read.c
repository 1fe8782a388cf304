/* SPDX-License-Identifier: MIT */
/* Pages: finding, describing, decoding. Nothing in a file is believed: every size is checked before memory is asked for. */
#include "biodl_tiff_internal.h"
#include <stdlib.h>
#include <string.h>

/* No codec here makes more of a byte than this: LZW 2,730, Deflate 1,032. */
#define MAX_EXPANSION 4096

int32_t biodl_tiff_select(biodl_tiff* file, int64_t page)
{
    if (page < 0 || page >= file->page_count)
        return biodl_tiff_fail(file, "there is no such page");
    if (page == file->current)
        return 1;
    file->current = -1;
    if (!TIFFSetSubDirectory(file->tiff, file->pages[page]))
        return biodl_tiff_fail(file, "the page cannot be read");
    file->current = page;
    /* JPEG in YCbCr is delivered as RGB. */
    uint16_t compression = 1, photometric = 1;
    TIFFGetFieldDefaulted(file->tiff, TIFFTAG_COMPRESSION, &compression);
    TIFFGetField(file->tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (compression == COMPRESSION_JPEG && photometric == PHOTOMETRIC_YCBCR)
        TIFFSetField(file->tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    return 1;
}

static int32_t add_page(biodl_tiff* file, int64_t* capacity)
{
    if (file->page_count == *capacity)
    {
        *capacity = *capacity == 0 ? 64 : *capacity * 2;
        uint64_t* grown = realloc(file->pages, (size_t)*capacity * sizeof *grown);
        if (grown == NULL)
            return biodl_tiff_fail(file, "out of memory");
        file->pages = grown;
    }
    file->pages[file->page_count++] = TIFFCurrentDirOffset(file->tiff);
    return 1;
}

int64_t biodl_tiff_page_count(biodl_tiff* file)
{
    int64_t capacity = 0;
    int32_t last, more = 0;
    if (file->pages != NULL)
        return file->page_count;
    biodl_tiff_begin_call();
    do
    {
        if (!add_page(file, &capacity))
            return 0;
        last = TIFFLastDirectory(file->tiff);
        more = !last && TIFFReadDirectory(file->tiff);
    } while (more);
    /* A chain that breaks off, or one that leads in a circle, is a damaged file and not a shorter one. */
    if (!last)
    {
        file->page_count = 0;
        return biodl_tiff_fail(file, "the list of pages is damaged");
    }
    file->current = file->page_count - 1;
    return file->page_count;
}

/* Where the pixels lie when they are one uncompressed run of bytes. */
static void find_run(TIFF* tiff, biodl_tiff_page* page)
{
    uint64_t *offsets = NULL, *counts = NULL, end;
    uint16_t order = FILLORDER_MSB2LSB;
    uint32_t strips = TIFFNumberOfStrips(tiff);
    page->raw_offset = -1;
    page->raw_bytes = 0;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &order);
    if (page->compression != COMPRESSION_NONE || page->tiled || order != FILLORDER_MSB2LSB || strips == 0
        || !TIFFGetField(tiff, TIFFTAG_STRIPOFFSETS, &offsets) || !TIFFGetField(tiff, TIFFTAG_STRIPBYTECOUNTS, &counts)
        || offsets == NULL || counts == NULL)
        return;
    end = offsets[0];
    for (uint32_t strip = 0; strip < strips; strip++)
    {
        if (offsets[strip] != end || counts[strip] > (uint64_t)INT64_MAX / 4 || end > (uint64_t)INT64_MAX / 4)
            return;
        end += counts[strip];
    }
    page->raw_offset = (int64_t)offsets[0];
    page->raw_bytes = (int64_t)(end - offsets[0]);
}

static void get_layout(TIFF* tiff, biodl_tiff_page* page)
{
    uint32_t chunk_width = (uint32_t)page->width, chunk_height = (uint32_t)page->height;
    page->tiled = TIFFIsTiled(tiff) ? 1 : 0;
    if (page->tiled)
    {
        TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &chunk_width);
        TIFFGetField(tiff, TIFFTAG_TILELENGTH, &chunk_height);
    }
    else
    {
        TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &chunk_height);
        if (chunk_height > page->height)
            chunk_height = (uint32_t)page->height;
    }
    page->chunk_width = chunk_width;
    page->chunk_height = chunk_height;
}

int32_t biodl_tiff_page_get(biodl_tiff* file, int64_t number, biodl_tiff_page* page, const char** description)
{
    TIFF* tiff = file->tiff;
    uint32_t width = 0, height = 0, subfile = 0;
    uint16_t bits = 1, format = 1, samples = 1, planar = 1, photometric = 1, compression = 1, predictor = 1, unit = 2;
    float x = 0, y = 0;
    char* text = NULL;
    biodl_tiff_begin_call();
    if (!biodl_tiff_select(file, number))
        return 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &subfile);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x);
    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y);
    TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &text);
    *page = (biodl_tiff_page){
        .width = width, .height = height, .x_resolution = x, .y_resolution = y, .resolution_unit = unit, .bits = bits,
        .sample_format = format == SAMPLEFORMAT_VOID ? SAMPLEFORMAT_UINT : format, .samples = samples, .planar = planar,
        .photometric = photometric, .compression = compression, .predictor = predictor,
        .swapped = bits > 8 && TIFFIsByteSwapped(tiff), .reduced = (subfile & FILETYPE_REDUCEDIMAGE) != 0,
        .decodable = TIFFIsCODECConfigured(compression) != 0 };
    get_layout(tiff, page);
    find_run(tiff, page);
    *description = text;
    return 1;
}

int32_t biodl_tiff_page_palette(biodl_tiff* file, int64_t page, uint16_t* colours)
{
    uint16_t *channels[3], bits = 0;
    biodl_tiff_begin_call();
    if (!biodl_tiff_select(file, page))
        return 0;
    TIFFGetFieldDefaulted(file->tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    if (bits > 8 || !TIFFGetField(file->tiff, TIFFTAG_COLORMAP, &channels[0], &channels[1], &channels[2]))
        return biodl_tiff_fail(file, "the page has no palette of 8 bits");
    memset(colours, 0, 3 * 256 * sizeof *colours);
    for (int channel = 0; channel < 3; channel++)
        memcpy(colours + channel * 256, channels[channel], ((size_t)1 << bits) * sizeof *colours);
    return 1;
}

static int32_t read_strips(biodl_tiff* file, const biodl_tiff_page* page, int32_t sample, uint8_t* into, int64_t row_bytes)
{
    for (int64_t row = 0; row < page->height; row += page->chunk_height)
    {
        int64_t rows = page->height - row < page->chunk_height ? page->height - row : page->chunk_height;
        uint32_t strip = TIFFComputeStrip(file->tiff, (uint32_t)row, (uint16_t)sample);
        tmsize_t expected = (tmsize_t)(rows * row_bytes);
        if (TIFFReadEncodedStrip(file->tiff, strip, into + row * row_bytes, expected) != expected)
            return biodl_tiff_fail(file, "a strip holds too few bytes");
    }
    return 1;
}

static int32_t read_tiles(biodl_tiff* file, const biodl_tiff_page* page, int32_t sample, uint8_t* into, int64_t row_bytes)
{
    int64_t pixel_bytes = row_bytes / page->width, tile_row = page->chunk_width * pixel_bytes;
    tmsize_t tile_bytes = TIFFTileSize(file->tiff);
    if (tile_bytes <= 0 || tile_bytes != tile_row * page->chunk_height)
        return biodl_tiff_fail(file, "the size of its tiles makes no sense");
    uint8_t* tile = malloc((size_t)tile_bytes);
    int32_t ok = tile != NULL ? 1 : biodl_tiff_fail(file, "out of memory for a tile");
    for (int64_t row = 0; ok && row < page->height; row += page->chunk_height)
    {
        for (int64_t column = 0; ok && column < page->width; column += page->chunk_width)
        {
            uint32_t number = TIFFComputeTile(file->tiff, (uint32_t)column, (uint32_t)row, 0, (uint16_t)sample);
            if (TIFFReadEncodedTile(file->tiff, number, tile, tile_bytes) != tile_bytes)
            {
                ok = biodl_tiff_fail(file, "a tile holds too few bytes");
                break;
            }
            int64_t left = (page->width - column) * pixel_bytes, copied = left < tile_row ? left : tile_row;
            for (int64_t line = 0; line < page->chunk_height && row + line < page->height; line++)
                memcpy(into + (row + line) * row_bytes + column * pixel_bytes, tile + line * tile_row, (size_t)copied);
        }
    }
    free(tile);
    return ok;
}

int32_t biodl_tiff_page_read(biodl_tiff* file, int64_t number, int32_t sample, void* into, int64_t bytes)
{
    biodl_tiff_page page;
    const char* description;
    if (!biodl_tiff_page_get(file, number, &page, &description))
        return 0;
    int32_t side_by_side = page.planar == PLANARCONFIG_CONTIG ? page.samples : 1;
    if (page.bits % 8 != 0 || page.width <= 0 || page.height <= 0 || page.chunk_width <= 0 || page.chunk_height <= 0
        || sample < 0 || (sample > 0 && (side_by_side > 1 || sample >= page.samples)))
        return biodl_tiff_fail(file, "the layout of its pixels makes no sense");
    int64_t row_bytes = page.width * side_by_side * (page.bits / 8);
    if (bytes / row_bytes != page.height || bytes % row_bytes != 0)
        return biodl_tiff_fail(file, "the page does not fit the memory given");
    /* A tile may be larger than its page, but not by more than a whole file of them could hold. */
    if (page.tiled && (double)page.chunk_width * page.chunk_height * side_by_side * (page.bits / 8)
        > MAX_EXPANSION * (double)TIFFGetSizeProc(file->tiff)(TIFFClientdata(file->tiff)))
        return biodl_tiff_fail(file, "its tiles are larger than the file can hold");
    return page.tiled ? read_tiles(file, &page, sample, into, row_bytes) : read_strips(file, &page, sample, into, row_bytes);
}
