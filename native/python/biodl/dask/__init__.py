# SPDX-License-Identifier: MIT
"""
Images of any size on dask and its schedulers: threads of one process, or workers on many machines by `distributed`.

>>> import dask.array as da, biodl.dask
>>> image = da.from_zarr("field.zarr/0")
>>> labels, objects = biodl.dask.segment(image, folder="/scratch/field")
>>> labels.to_zarr("labels.zarr")

What is taken from the whole image for the normalisation is taken first; then blocks run by themselves, with as many pixels around them as
the network sees and as decide about an object. The library uses the cores that its process may use: one thread a worker is enough, and
workers are spawned, never forked (a Nanny of `distributed` spawns).
"""
import os
from typing import Any, Optional, Tuple, Union

from .. import _abi
from .._results import Output
from .._verbs import ModelLike
from . import _images, _segment
from ._segment import Objects
from ._work import Work

__all__ = ["Objects", "denoise", "segment", "stain"]

BlockSize = Union[int, Tuple[int, int, int]]


def segment(image, model: ModelLike = None, axes: Optional[str] = None, *, block: BlockSize = 2048, margin: Optional[int] = None,
        statistics: str = "whole", label_scope: str = "unique", folder: Union[str, os.PathLike, None] = None,
        **options) -> Tuple[Any, Objects]:
    """
    Find star-convex objects in an image of any size.

    The network runs in this call, on the scheduler that dask uses; the label image and the table are made when they are asked for.

    Parameters
    ----------
    image : dask array
        Or what `dask.array.asanyarray` takes; as for `biodl.segment`. Its chunks need not be the blocks.
    model : Model, str or path, optional
        That every worker can open: a folder or file that all see, the id of an installed model, "builtin:NAME"; None: the built-in one
        for the image.
    axes : str, optional
        As for `biodl.segment`.
    block : int or tuple of int
        Side of a block in pixels along Y and X, or along Z, Y, X. The part that is computed twice falls with it, memory grows with its
        square.
    margin : int, optional
        Pixels around a block besides the reach of the network. An object belongs to the block that holds the point that it was
        predicted from; what lies within the margin takes part in deciding about it. None: as many as the reach, which no object
        exceeds.
    statistics : str
        "whole": percentiles are those of whole planes, taken exactly in one pass over the image (two for floating point), as one process
        takes them. "block": every block takes its own, without a pass.
    label_scope : str
        "unique": labels are unique in the whole image. "plane": they start at 1 in every plane.
    folder : path, optional
        That all workers see: blocks are kept there, so that memory hardly grows with the image, a worker that is lost costs its block
        and a run that is started again takes up where it was. It belongs to one image, which is known by its statistics and the pixels
        in its middle; it may be removed when labels and objects are stored. None: blocks stay in the memory of the workers, 2 to 4
        bytes a pixel.
    **options
        See `biodl.SegmentOptions`, without region, mask, scale and links.

    Returns
    -------
    labels : dask array of int32
        As the image without its channels; int64 from 2^31 objects on. Consecutive numbers, by plane and falling probability: those of
        `biodl.segment` with the same label_scope.
    objects : Objects
        A table in parts, one for each block.

    Raises
    ------
    BioDLError, ValueError

    Warns
    -----
    BioDLWarning
        Neighbouring blocks judged an object differently: suppression is a chain (an object that falls no longer fells another), and a
        chain may be longer than the margin. The objects of one process are certain only where this warning does not come.
    """
    work = Work(image, _abi.BIODL_TASK_SEGMENT, model, axes, block, margin, statistics, folder, options)
    return _segment.run(work, label_scope)


def denoise(image, model: ModelLike = None, axes: Optional[str] = None, *, block: BlockSize = 2048, statistics: str = "whole", dtype=None,
        folder: Union[str, os.PathLike, None] = None, **options) -> Tuple[Any, Output]:
    """
    Restore an image of any size.

    Parameters
    ----------
    image, model, axes, block, statistics, folder
        As for `segment`; statistics are taken in this call.
    dtype
        NumPy's type of the result (the image's own where the model restores it).
    **options
        See `biodl.RunOptions`, without region, mask and scale.

    Returns
    -------
    image : dask array
        Every block is computed when it is asked for.
    output : Output
        What it is.

    Raises
    ------
    BioDLError, ValueError
    """
    return _images.run(Work(image, _abi.BIODL_TASK_DENOISE, model, axes, block, 0, statistics, folder, options), dtype)


def stain(image, model: ModelLike = None, axes: Optional[str] = None, *, block: BlockSize = 2048, statistics: str = "whole", dtype=None,
        folder: Union[str, os.PathLike, None] = None, **options) -> Tuple[Any, Output]:
    """
    Predict stains of an image of any size.

    Parameters
    ----------
    image, model, axes, block, statistics, dtype, folder, **options
        As for `denoise`. A model that normalises by mean and deviation is given pixels that are normalised in Python, equal to those of one
        process to some 1e-6 of their range.

    Returns
    -------
    image : dask array
        The first output; its channels are named in ``output.channel_names``.
    output : Output
        What it is.
    """
    return _images.run(Work(image, _abi.BIODL_TASK_STAIN, model, axes, block, 0, statistics, folder, options), dtype)
