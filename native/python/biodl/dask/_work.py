# SPDX-License-Identifier: MIT
"""What all verbs share: the image as T, Z, C, Y, X, its model, its grid of blocks and its statistics."""
import functools
import hashlib
import math
from typing import Any, Dict, Optional, Tuple

import dask
import dask.array as da
import numpy as np

from .. import _abi
from .._axes import CANONICAL, Axes
from .._options import RUN_NAMES, STAR_NAMES, given
from .._pictures import Picture
from .._verbs import default_model
from ..model import Model
from ._blocks import Block, Grid
from ._kept import Kept
from ._statistics import Needs, Statistics, needs_of

_REFUSED = {"region": "cut the array", "mask": "cut the array", "image_scale": "scale the array", "object_diameter": "scale the array",
    "link": "link what is found", "link_overlap": "link what is found", "origin": "it is given by the blocks"}
_SAMPLE = 512


@functools.lru_cache(maxsize=8)
def opened(path: str) -> Model:
    """A model, once in a process."""
    return Model(path)


class Work:
    """
    A run over the blocks of an image.

    Parameters
    ----------
    image
        What dask.array.asanyarray takes.
    task : int
        BIODL_TASK_*.
    model : Model, str, path or None
    axes : str or None
    block : int or tuple of int
        Side of a block along Y and X, or along Z, Y, X.
    margin : int or None
        Pixels around a block besides the network's reach; None: as many as the reach.
    statistics : str
        "whole" or "block".
    folder : path or None
    options : dict
    """

    def __init__(self, image, task: int, model, axes: Optional[str], block, margin: Optional[int], statistics: str, folder, options):
        array = da.asanyarray(getattr(image, "data", image) if hasattr(image, "dims") else image)
        self.options = _allowed(options, RUN_NAMES | (STAR_NAMES if task == _abi.BIODL_TASK_SEGMENT else set()))
        running = {name: value for name, value in self.options.items() if name in RUN_NAMES}
        self.axes = Picture(image, axes).axes
        self.image = self.axes.five(array)
        self.path = _path(task, model, array, self.axes)
        network = opened(self.path)
        first = network.inputs[0]
        self.plan = network.plan(self.image, "TZCYX", **running)
        channels = tuple(range(self.image.shape[2])) if "channels" not in self.options else _flat(self.options.pop("channels"))
        groups = [(one,) for one in channels] if first.channels == 1 else [channels]
        self.grid = self._grid(network, groups, block, margin)
        if statistics not in ("whole", "block"):
            raise ValueError(f"statistics is 'whole' or 'block', not {statistics!r}.")
        needs = needs_of(network, self.options) if statistics == "whole" else Needs("")
        self.statistics = Statistics(self.image, groups, needs)
        self._kept = functools.partial(Kept, folder)
        self._model = (network.info.id, network.info.version, network.info.sha256, network.info.source)

    def _grid(self, network, groups, block, margin):
        first, volumes = network.inputs[0], "z" in network.inputs[0].axes
        reach = [max(size, network.info.halo) if size else 0 for size in self.plan.halo]
        side = (1, block, block) if np.isscalar(block) else tuple(block)
        if volumes and np.isscalar(block):
            side = (min(self.image.shape[1], max(16, 2 * reach[0])), block, block)
        margin = (max(reach[1:]) if margin is None else margin) + math.ceil(self.options.get("grow", 0))
        around = [reach[0], reach[1] + margin, reach[2] + margin]
        step = [size or 64 for size in first.step]
        if not volumes:
            side, around, step = (1, *side[1:]), (0, *around[1:]), (1, *step[1:])
        return Grid(self.image.shape, groups, side, around, step, first.min)

    def kept(self, **settings) -> Kept:
        """Where the blocks of this run are kept. An image is known by its statistics and its middle: dask's names change."""
        blocks = [self.grid.counts, [axis[0] for axis in self.grid.axes]]
        middle = self._middle() if self._kept.args[0] else ""
        return self._kept({"middle": middle, "shape": self.image.shape, "dtype": self.image.dtype.str, "model": self._model,
            "options": self.options, "blocks": blocks, "statistics": list(self.statistics.values.items()), **settings})

    def _middle(self) -> str:
        frames, slices, _, height, width = self.image.shape
        top, left = max(0, height - _SAMPLE) // 2, max(0, width - _SAMPLE) // 2
        pixels = self.image[frames // 2, slices // 2, :, top:top + _SAMPLE, left:left + _SAMPLE].compute()
        return hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()

    def read(self, block: Block):
        """The pixels of a block as a dask array of one chunk that is read as a whole where its worker is."""
        return dask.optimize(self.image[block.slices])[0]

    def five_of(self, array, letters: str = CANONICAL):
        """A result in T, Z, C, Y, X, or without C, in the order of the image's axes; axes that it has not are dropped."""
        kept = [axis for axis in self.axes.letters if axis in letters]
        if "C" in letters and "C" not in kept and array.shape[letters.index("C")] > 1:
            kept.insert(min(kept.index("Y"), kept.index("X")), "C")
        one = tuple(slice(None) if axis in kept else 0 for axis in letters)
        left = [axis for axis in letters if axis in kept]
        return array[one].transpose([left.index(axis) for axis in kept])


def prepared(pixels, needs: Needs, values, options: Dict[str, Any], restores: bool = False):
    """
    The pixels and options of a block, so that its normalisation is that of the whole image.

    Percentiles are handed to the library. Mean and deviation it takes of what it sees, so that pixels are normalised here.
    """
    if values is None:
        return pixels, options
    if needs.kind == "percentiles":
        # Channels that are normalised together have one pair.
        pairs = [pair if pair[0] < pair[1] else (pair[0], pair[0] + 1e-20) for pair in dict.fromkeys(values)]
        return pixels, {**options, "percentile_values": pairs if len(pairs) == len(values) else values}
    mean, deviation = (np.array(column, np.float64)[None, None, :, None, None] for column in zip(*values))
    return ((pixels - mean) / (deviation + needs.eps)).astype(np.float32), {**options, "normalize": False}


def _allowed(options, names):
    options = given(options, names)
    for name, instead in _REFUSED.items():
        if name in options:
            raise ValueError(f"{name}= is not for blocks: {instead}.")
    return options


def _flat(channels) -> Tuple[int, ...]:
    return tuple(int(one) for one in np.ravel(channels))


def _path(task, model, array, axes: Axes) -> str:
    if isinstance(model, Model):
        return model.info.source
    if model is not None:
        return str(model)
    if task == _abi.BIODL_TASK_OTHER:
        raise ValueError("Name a model.")
    middle = [slice(max(0, size // 2 - _SAMPLE // 2), size // 2 + _SAMPLE // 2) if letter in "YX"
        else slice(None) if letter == "C" else slice(0, 1) for letter, size in zip(axes.letters, array.shape)]
    return default_model(task, Picture(np.asarray(array[tuple(middle)]), axes.letters))
