# SPDX-License-Identifier: MIT
"""The verbs: an image in, what was made and how out."""
import ctypes
import functools
import os
from typing import TYPE_CHECKING, Any, Optional, Sequence, Tuple, Union

from . import _abi
from ._library import call, text
from ._pictures import Picture
from ._progress import ProgressLike
from ._results import Run
from ._views import reading
from .candidates import Candidates
from .model import Model
from .objects import Objects

ModelLike = Union[Model, str, os.PathLike, None]


def segment(image, model: ModelLike = None, axes: Optional[str] = None, *, progress: ProgressLike = None,
        **options: "Unpack[SegmentOptions]") -> Tuple[Any, Objects]:
    """
    Find star-convex objects [1]_.

    Parameters
    ----------
    image : array
        NumPy, xarray, dask, zarr, HDF5 or what numpy.asarray takes; whole numbers or floating point, of any strides and byte order. It
        is neither copied nor touched; every plane (t, z) is segmented by itself.
    model : Model, str or path, optional
        A model that is open, a folder or file, the id of an installed model, "builtin:NAME"; None: the built-in one for the image. A
        loop over images opens a `Model` once; built-in ones stay open.
    axes : str, optional
        Such as "YX", "ZYX", "CYX", "YXC" (None: YX, ZYX, TZCYX; YXC and ZYXC where the last axis is 3 or 4 long).
    progress : callable, True or tqdm bar, optional
        Is told of `Progress` in this thread, and cancels by returning False; True: a bar of tqdm. Ctrl-C cancels in any case.
    **options
        See `SegmentOptions`.

    Returns
    -------
    labels : int32 array
        As the image without its channels: 0 is the background, 1 the most probable object.
    objects : Objects
        `coord`, `points`, `prob` and more, an `account` and `warnings`.

    Raises
    ------
    BioDLError
        With a message and a hint.

    References
    ----------
    .. [1] Schmidt et al., Cell Detection with Star-Convex Polygons, MICCAI 2018.

    Examples
    --------
    >>> labels, objects = biodl.segment(image)
    >>> objects["coord"].shape
    (41, 2, 32)
    """
    return model_for(_abi.BIODL_TASK_SEGMENT, model, image, axes, lambda opened: opened.segment(image, axes, progress=progress, **options))


def keep(image, model: ModelLike = None, axes: Optional[str] = None, *, prob_threshold: float = 0.05, progress: ProgressLike = None,
        **options: "Unpack[RunOptions]") -> Candidates:
    """
    Run a segmentation's network once and keep what it predicts, so that thresholds are answered in no time: for sliders.

    Parameters
    ----------
    image, model, axes, progress
        As for `segment`.
    prob_threshold : float
        The lowest that will be asked for.
    **options
        See `RunOptions`; they hold for every answer.

    Returns
    -------
    Candidates
        Some 140 bytes each, at most 256 MB: of too many the more probable are kept.

    Examples
    --------
    >>> with biodl.keep(image) as candidates:
    ...     counts = [candidates.select(prob_threshold=threshold)[1].count for threshold in (0.3, 0.5, 0.7)]
    """
    return model_for(_abi.BIODL_TASK_SEGMENT, model, image, axes,
        lambda opened: opened.keep(image, axes, prob_threshold=prob_threshold, progress=progress, **options))


def denoise(image, model: ModelLike = None, axes: Optional[str] = None, *, progress: ProgressLike = None,
        **options: "Unpack[PixelOptions]") -> Tuple[Any, Run]:
    """
    Restore an image with CARE, Noise2Void and their kin.

    Parameters
    ----------
    image, model, axes, progress
        As for `segment`.
    **options
        See `RunOptions`; and `dtype`, NumPy's type of the result (what fits: uint8, uint16, uint32, float32, int8, int16).

    Returns
    -------
    image : array
        In the unit and type of the image (int16 stays; floating point and wider integers become float32).
    run : Run
        What else was made, `account` and `warnings`.
    """
    return model_for(_abi.BIODL_TASK_DENOISE, model, image, axes, lambda opened: opened.denoise(image, axes, progress=progress, **options))


def stain(image, model: ModelLike = None, axes: Optional[str] = None, *, progress: ProgressLike = None,
        **options: "Unpack[PixelOptions]") -> Tuple[Any, Run]:
    """
    Predict stains: label-free to fluorescence, stain to stain.

    Parameters
    ----------
    image, model, axes, progress, **options
        As for `denoise`.

    Returns
    -------
    image : array
        The first output; its channels are named in ``run.outputs[0].channel_names``.
    run : Run
        What else was made, `account` and `warnings`.
    """
    return model_for(_abi.BIODL_TASK_STAIN, model, image, axes, lambda opened: opened.stain(image, axes, progress=progress, **options))


def run(images, model: Union[Model, str, os.PathLike], axes: Union[str, Sequence[str], None] = None, *, progress: ProgressLike = None,
        **options: "Unpack[PixelOptions]") -> Tuple[Tuple[Any, ...], Run]:
    """
    Run any network over images.

    Parameters
    ----------
    images : array, or sequence of arrays
        One for each input of the network, of the same T, Z, Y and X.
    model, axes, progress, **options
        As for `denoise`; axes may be a sequence with one for each image.

    Returns
    -------
    images : tuple of arrays
        One for each output, with the axes that ``run.outputs`` names: those of the first image, C before Y where it has none.
    run : Run
        What they are, `account` and `warnings`.
    """
    return model_for(_abi.BIODL_TASK_OTHER, model, None, None, lambda opened: opened.run(images, axes, progress=progress, **options))


def model_for(task: int, model: ModelLike, image, axes, work):
    """What `work` makes with the model that was named; one that is open stays open, and so do built-in ones."""
    if isinstance(model, Model):
        return work(model)
    if model is None:
        model = default_model(task, Picture(image, axes))
    if str(model).startswith("builtin:"):
        return work(_built_in(str(model)))
    with Model(model) as opened:
        return work(opened)


def default_model(task: int, picture: Picture) -> str:
    """The built-in model for a task and an image."""
    view, name = picture.view(), ctypes.c_char_p()
    with reading([view]):
        call("biodl_catalogue_default", task, view.pointer, ctypes.byref(name))
    return text(name.value)


@functools.lru_cache(maxsize=None)
def _built_in(path: str) -> Model:
    return Model(path)


if TYPE_CHECKING:
    from typing_extensions import Unpack        # of the type checker's own; no dependency of this package

    from ._options import PixelOptions, RunOptions, SegmentOptions
