# SPDX-License-Identifier: MIT
"""Models: opened once, for any number of images and threads."""
import ctypes
import os
import weakref
from typing import TYPE_CHECKING, Any, List, Optional, Sequence, Tuple, Union

import numpy as np

from . import _abi
from ._library import call, described, encoded, library, lines, owned, text
from ._model_records import ModelInfo, Plan, Tensor
from ._options import RUN_NAMES, STAR_NAMES, exact, given, run_struct, star_struct
from ._pictures import Picture
from ._progress import ProgressLike, long_call
from ._results import Output, Run, account_of, kind_name
from ._views import Result, dtype_of, pointers, reading
from .candidates import Candidates
from .errors import warn
from .objects import Objects, objects_of

TASKS = {_abi.BIODL_TASK_OTHER: "other", _abi.BIODL_TASK_SEGMENT: "segment", _abi.BIODL_TASK_DENOISE: "denoise",
    _abi.BIODL_TASK_STAIN: "stain"}


class Model:
    """
    An open model; a context manager. Any number of threads may use it at once.

    Parameters
    ----------
    path : str or path, optional
        Folder or file, the id of an installed model, or "builtin:NAME"; None: the built-in model for nuclei in fluorescence.

    Raises
    ------
    NotFoundError, FileError, ModelInvalidError, ModelUnsupportedError

    Examples
    --------
    >>> with biodl.Model("builtin:nuclei-fluo") as model:
    ...     for image in images:
    ...         labels, objects = model.segment(image)
    """

    def __init__(self, path: Union[str, os.PathLike, None] = None):
        self._handle = ctypes.c_void_p()
        call("biodl_model_open", encoded(path), ctypes.byref(self._handle))
        self._closer = weakref.finalize(self, library().biodl_model_close, ctypes.c_void_p(self._handle.value))

    def close(self) -> None:
        """Close it; runs that still use it finish first."""
        self._closer()

    def __enter__(self) -> "Model":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Model {self.info.name}>" if self._closer.alive else "<Model, closed>"

    @property
    def info(self) -> ModelInfo:
        """What it says of itself."""
        told = described("biodl_model_describe", _abi.biodl_model_info, self._handle)
        words = {name: text(getattr(told, name)) for name in ("id", "name", "version", "description", "licence", "citation", "source",
            "sha256", "format", "weights_format", "made_for")}
        return ModelInfo(**words, task=TASKS.get(told.task, "other"), tags=lines(told.tags), channels=told.channels, rays=told.rays,
            grid=(told.grid_y, told.grid_x), halo=told.halo, percentiles=(told.percentile_low, told.percentile_high),
            prob_threshold=told.prob_threshold, overlap_threshold=told.overlap_threshold, object_diameter=told.object_diameter)

    @property
    def inputs(self) -> List[Tensor]:
        """The tensors that the network takes."""
        return self._tensors("input")

    @property
    def outputs(self) -> List[Tensor]:
        """The tensors that it gives."""
        return self._tensors("output")

    def segment(self, image, axes: Optional[str] = None, *, progress: ProgressLike = None,
            **options: "Unpack[SegmentOptions]") -> Tuple[Any, Objects]:
        """Find star-convex objects: `biodl.segment` with this model."""
        picture, maps = Picture(image, axes), options.pop("maps", False)
        said = _with_scale(given(options, RUN_NAMES | STAR_NAMES), picture)
        view, run, stars = picture.view(), run_struct(said), star_struct(said)
        labels, predicted = Result(picture.axes.without("C"), np.int32), self._predicted(view, said, picture) if maps else []
        for field, (_, result) in zip(("probability", "distances"), predicted):
            setattr(stars, field, result.view.pointer)

        def work(tell):
            with owned("biodl_objects_destroy") as handle, reading([view]):
                call("biodl_run_stars", self._handle, view.pointer, ctypes.byref(run), ctypes.byref(stars), tell, None,
                    labels.view.pointer, ctypes.byref(handle))
                return objects_of(handle)

        objects = long_call(progress, work)
        objects.maps = {name: picture.like(result, name, output.pixel_pitch, output.origin)
            for name, (output, result) in zip(("prob", "dist"), predicted)}
        warn(objects.warnings)
        return picture.like(labels, "labels"), objects

    def keep(self, image, axes: Optional[str] = None, *, prob_threshold: float = 0.05, progress: ProgressLike = None,
            **options: "Unpack[RunOptions]") -> Candidates:
        """Run the network and keep what it predicts: `biodl.keep` with this model."""
        picture = Picture(image, axes)
        view, lowest = picture.view(), exact(prob_threshold)
        run = run_struct(_with_scale(given(options, RUN_NAMES), picture))

        def work(tell):
            handle = ctypes.c_void_p()
            with reading([view]):
                call("biodl_run_stars_keep", self._handle, view.pointer, ctypes.byref(run), lowest, tell, None, ctypes.byref(handle))
            return Candidates(handle, picture)

        return long_call(progress, work)

    def denoise(self, image, axes: Optional[str] = None, *, progress: ProgressLike = None,
            **options: "Unpack[PixelOptions]") -> Tuple[Any, Run]:
        """Restore an image: `biodl.denoise` with this model."""
        images, run = self.run(image, axes, progress=progress, **options)
        return images[0], run

    stain = denoise

    def run(self, images, axes: Union[str, Sequence[str], None] = None, *, progress: ProgressLike = None,
            dtype=None, **options: "Unpack[RunOptions]") -> Tuple[Tuple[Any, ...], Run]:
        """Run the network over images: `biodl.run` with this model."""
        pictures = _pictures(images, axes)
        views = [picture.view() for picture in pictures]
        struct = run_struct(_with_scale(given(options, RUN_NAMES), pictures[0]), len(pictures))
        outputs = self._plan(views, struct, pictures[0]).outputs
        results = [Result(pictures[0].axes.resized(_sizes(output)), dtype or output.dtype) for output in outputs]

        def work(tell):
            with owned("biodl_result_destroy") as handle, reading(views):
                call("biodl_run", self._handle, pointers(views), len(views), ctypes.byref(struct), tell, None,
                    pointers([result.view for result in results]), len(results), ctypes.byref(handle))
                told = described("biodl_result_describe", _abi.biodl_result_info, handle)
                return account_of(handle), lines(told.warnings)

        account, warnings = long_call(progress, work)
        warn(warnings)
        made = tuple(pictures[0].like(result, output.name, output.pixel_pitch, output.origin, output.channel_names)
            for result, output in zip(results, outputs))
        return made, Run(made, outputs, account, warnings)

    def plan(self, images, axes: Union[str, Sequence[str], None] = None, **options: "Unpack[RunOptions]") -> Plan:
        """
        What a run would make and take, without making it; no pixel is read.

        Parameters
        ----------
        images, axes, options
            As for `run`.
        """
        pictures = _pictures(images, axes)
        struct = run_struct(_with_scale(given(options, RUN_NAMES), pictures[0]), len(pictures))
        return self._plan([picture.view() for picture in pictures], struct, pictures[0])

    def _predicted(self, view, options, picture):
        """Probabilities and distances of whole planes, to be written: what they are, and where."""
        struct = run_struct({name: value for name, value in options.items() if name != "region"})
        with owned("biodl_plan_destroy") as plan:
            call("biodl_run_stars_plan", self._handle, view.pointer, ctypes.byref(struct), ctypes.byref(plan))
            told = _plan_of(plan, picture)
        return [(output, Result(picture.axes.resized(_sizes(output)), np.float32)) for output in told.outputs[:2]]

    def _plan(self, views, struct, picture):
        with owned("biodl_plan_destroy") as plan:
            call("biodl_run_plan", self._handle, pointers(views), len(views), ctypes.byref(struct), ctypes.byref(plan))
            return _plan_of(plan, picture)

    def _tensors(self, side):
        told = described("biodl_model_describe", _abi.biodl_model_info, self._handle)
        tensors = [described(f"biodl_model_get_{side}", _abi.biodl_tensor_info, self._handle, index)
            for index in range(getattr(told, f"{side}s"))]
        return [Tensor(text(tensor.name), text(tensor.axes), tensor.channels, lines(tensor.channel_names), lines(tensor.processing),
            tuple(tensor.min), tuple(tensor.step), kind_name(tensor.kind), bool(tensor.restores_input)) for tensor in tensors]


def _plan_of(plan, picture):
    told = described("biodl_plan_describe", _abi.biodl_plan_info, plan)
    outputs = [described("biodl_plan_get_output", _abi.biodl_plan_output, plan, index) for index in range(told.outputs)]
    return Plan(tuple(_output(output, picture) for output in outputs), told.tiles, tuple(told.tile), tuple(told.halo),
        told.memory_bytes, lines(told.match), text(told.why), lines(told.warnings))


def _pictures(images, axes):
    several = isinstance(images, (list, tuple)) and len(images) > 0 and all(hasattr(image, "shape") for image in images)
    images = list(images) if several else [images]
    axes = [axes] * len(images) if axes is None or isinstance(axes, str) else list(axes)
    if len(axes) != len(images):
        raise ValueError(f"There are axes of {len(axes)} images, and {len(images)} images.")
    return [Picture(image, letters) for image, letters in zip(images, axes)]


def _with_scale(options, picture):
    """The calibration of a DataArray, where nothing else is said."""
    if "pixel_size" not in options and picture.pixel_size is not None:
        return {**options, "pixel_size": picture.pixel_size}
    return options


def _output(told, picture):
    axes = picture.axes.resized(tuple(told.shape))
    fitting = dtype_of(told.dtype)
    if told.restores_input and picture.dtype.newbyteorder("=") in (np.int8, np.int16):
        fitting = picture.dtype.newbyteorder("=")
    return Output(text(told.name), axes.letters, axes.shape, np.dtype(fitting).name, kind_name(told.kind), lines(told.channel_names),
        bool(told.restores_input), tuple(told.pixel_pitch), tuple(told.origin))


def _sizes(output):
    return tuple(output.shape[output.axes.index(axis)] if axis in output.axes else 1 for axis in "TZCYX")


if TYPE_CHECKING:
    from typing_extensions import Unpack        # of the type checker's own; no dependency of this package

    from ._options import PixelOptions, RunOptions, SegmentOptions
