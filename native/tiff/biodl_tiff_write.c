/* SPDX-License-Identifier: MIT */
/* Writing pages, one strip or tile after the other. */
#include "biodl_tiff_internal.h"

static int32_t set_layout(TIFF* tiff, const biodl_tiff_page* page)
{
    int ok = page->tiled
        ? TIFFSetField(tiff, TIFFTAG_TILEWIDTH, (uint32_t)page->chunk_width)
            && TIFFSetField(tiff, TIFFTAG_TILELENGTH, (uint32_t)page->chunk_height)
        : TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, (uint32_t)page->chunk_height);
    ok = ok && TIFFSetField(tiff, TIFFTAG_COMPRESSION, page->compression);
    if (ok && page->predictor > 1)
        ok = TIFFSetField(tiff, TIFFTAG_PREDICTOR, page->predictor);
    return ok;
}

int32_t biodl_tiff_page_begin(biodl_tiff* file, const biodl_tiff_page* page, const char* description)
{
    TIFF* tiff = file->tiff;
    biodl_tiff_begin_call();
    int ok = TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, (uint32_t)page->width)
        && TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, (uint32_t)page->height)
        && TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, page->bits)
        && TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, page->sample_format)
        && TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page->samples)
        && TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, page->planar)
        && TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, page->photometric)
        && set_layout(tiff, page);
    if (ok && page->x_resolution > 0 && page->y_resolution > 0)
        ok = TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page->x_resolution)
            && TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page->y_resolution)
            && TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, page->resolution_unit);
    if (ok && description != NULL)
        ok = TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, description);
    return ok ? 1 : biodl_tiff_fail(file, "the page cannot be described");
}

int32_t biodl_tiff_chunk_write(biodl_tiff* file, int64_t chunk, void* pixels, int64_t bytes)
{
    biodl_tiff_begin_call();
    tmsize_t written = TIFFIsTiled(file->tiff)
        ? TIFFWriteEncodedTile(file->tiff, (uint32_t)chunk, pixels, (tmsize_t)bytes)
        : TIFFWriteEncodedStrip(file->tiff, (uint32_t)chunk, pixels, (tmsize_t)bytes);
    return written == (tmsize_t)bytes ? 1 : biodl_tiff_fail(file, "the pixels cannot be written");
}

int32_t biodl_tiff_page_end(biodl_tiff* file)
{
    biodl_tiff_begin_call();
    return TIFFWriteDirectory(file->tiff) ? 1 : biodl_tiff_fail(file, "the page cannot be written");
}
