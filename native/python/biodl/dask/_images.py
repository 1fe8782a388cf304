# SPDX-License-Identifier: MIT
"""Images made block by block: each is computed where it is asked for, and nowhere else."""
import warnings
from typing import Any, Tuple

import dask
import dask.array as da
import numpy as np

from .._axes import CANONICAL
from .._results import Output
from ..errors import BioDLWarning
from ._kept import load
from ._work import Work, opened, prepared


def run(work: Work, dtype) -> Tuple[Any, Output]:
    """The first output of the network, and what it is."""
    output, counts = work.plan.outputs[0], work.grid.counts
    sizes = dict(zip(output.axes, output.shape))
    if output.pixel_pitch != (1, 1, 1) or output.origin != (0, 0, 0):
        raise ValueError(f"{output.name} has other pixels than the image (pitch {output.pixel_pitch}, origin {output.origin}): run it over "
            "the whole image.")
    if work.statistics.needs.kind == "moments" and output.restores_input and work.options.get("scale_back") is not False:
        raise ValueError("The model normalises by mean and deviation and scales its result back by them, which blocks cannot be given: "
            "statistics='block', or run it over the whole image.")
    made, kept = np.dtype(dtype or output.dtype), work.kept(task="images", dtype=str(dtype or output.dtype))
    channels = sizes.get("C", 1) // len(work.grid.groups)
    blocks = {}
    for block in work.grid:
        task = dask.delayed(_image)(work.read(block), block, kept, (work.path, work.statistics.needs, work.statistics.of(block),
            {**work.options, "channels": block.channels, "dtype": made.name}))
        depth, height, width = block.shape
        blocks[block.index] = da.from_delayed(task, (1, depth, channels, height, width), made)
    image = da.block([[[[[blocks[t, z, g, y, x] for x in range(counts[4])] for y in range(counts[3])] for g in range(counts[2])]
        for z in range(counts[1])] for t in range(counts[0])])
    return work.five_of(image, CANONICAL), output


def _image(pixels, block, kept, how):
    def work():
        path, needs, values, options = how
        seen, asked = prepared(np.asarray(pixels), needs, values, options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", BioDLWarning)
            images, made = opened(path).run(seen, "TZCYX", region=block.region, **asked)
        first = block.core[0][0] - block.outer[0][0]
        image = images[0]
        if "C" not in made.outputs[0].axes:
            image = image[:, :, None]
        return {"image": np.ascontiguousarray(image[:, first:first + block.shape[0]])}

    return load(kept(block.index, work), "image")["image"]
