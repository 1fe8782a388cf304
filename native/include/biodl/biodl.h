/* SPDX-License-Identifier: MIT */
/**
 * @file biodl.h
 * BioDLNative: deep learning for microscopy as one native library. Include this file; it pulls in the chapters.
 *
 * Chapters, simple to advanced:
 *   status.h    what every call returns, and the error a caller may ask for
 *   version.h   versions of the ABI and of the library; check the first before any other call
 *   device.h    what can run a network here, and why something cannot
 *   model.h     open, describe, close a model
 *   image.h     how pixels cross: a description of the caller's memory, never a copy
 *   progress.h  one callback for progress and cancelling
 *   segment.h   star-convex segmentation: image in, label image and objects out
 *   objects.h   the objects found: polygons, probabilities, provenance
 *   run.h       any network, image to image: denoising, virtual staining, maps
 *   stars.h     star-convex segmentation with the options of every other run
 *   catalogue.h the models there are: list, install, verify, remove
 *   training.h  models of one's own: a network trained on the caller's images
 *   output.h    files that a host writes: never over an input, never half
 *
 * A whole program, without its error handling:
 *
 *     biodl_model* model;
 *     biodl_objects* objects;
 *     biodl_model_open(NULL, &model, NULL);                              // NULL: the built-in nucleus model
 *     biodl_image image = biodl_image_2d(pixels, BIODL_DTYPE_UINT16, height, width);
 *     biodl_image labels = biodl_image_2d(result, BIODL_DTYPE_UINT16, height, width);
 *     biodl_run_stars(model, &image, NULL, NULL, NULL, NULL, &labels, &objects, NULL);
 *     biodl_objects_destroy(objects);
 *     biodl_model_close(model);
 *
 * # Rules that hold for every function
 *
 * Ownership. The library frees what it made when told to (`_destroy`, `_close`) and never frees or keeps what the
 * caller made: images, options, errors and strings given to a call are read during the call only. Pointers handed
 * out by the library say how long they live.
 *
 * Handles are opaque, and are names rather than addresses: a handle that is NULL, already destroyed or of another kind
 * is BIODL_STATUS_INVALID_HANDLE, never a crash. Destroying NULL is legal and does nothing.
 *
 * Threads. Every function may be called from any thread at any time. One model may serve many threads at once. A
 * handle destroyed while another thread still uses it stays alive until that use ends.
 *
 * Structs begin with `struct_size`, which the caller sets to sizeof(struct) (or lets a `_default` call or an inline
 * helper set). Structs only ever grow at the end; fields unknown to the caller's older header count as zero, and zero
 * means the default. Padding is explicit and must be zero.
 *
 * Integers have fixed widths; sizes, counts and strides are 64-bit. Text is UTF-8, ends with NUL, and paths are UTF-8 on
 * every platform.
 *
 * The library never prints, never installs a signal handler of its own choosing, never changes the locale or the
 * working directory, and cannot be unloaded once loaded. A child made by fork() must not use it: spawn instead.
 */
#ifndef BIODL_H
#define BIODL_H

#include "biodl/status.h"
#include "biodl/version.h"
#include "biodl/device.h"
#include "biodl/model.h"
#include "biodl/image.h"
#include "biodl/progress.h"
#include "biodl/segment.h"
#include "biodl/objects.h"
#include "biodl/run.h"
#include "biodl/stars.h"
#include "biodl/catalogue.h"
#include "biodl/training.h"
#include "biodl/output.h"

#endif
