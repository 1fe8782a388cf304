# SPDX-License-Identifier: MIT
"""Models of one's own: a network is trained on images and becomes a model of the catalogue."""
import ctypes
import math
import os
import weakref
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Union

import numpy as np

from . import _abi
from ._library import call, described, encoded, library, lines, owned, text
from ._progress import ProgressLike, long_call
from ._training_inputs import METHODS, TrainingImage, TrainingInputs, TrainOptions
from ._training_records import Trained, TrainingPlan, TrainingPoint, TrainingState, Unfinished
from ._views import reading
from .errors import warn

__all__ = [
    "TrainOptions", "Trained", "Training", "TrainingImage", "TrainingPlan", "TrainingPoint", "TrainingState", "Unfinished", "discard",
    "plan", "train", "unfinished",
]

_STATES = {_abi.BIODL_TRAINING_QUEUED: "queued", _abi.BIODL_TRAINING_PREPARING: "preparing", _abi.BIODL_TRAINING_TRAINING: "training",
    _abi.BIODL_TRAINING_YIELDING: "yielding", _abi.BIODL_TRAINING_FINISHING: "finishing", _abi.BIODL_TRAINING_DONE: "done",
    _abi.BIODL_TRAINING_CANCELLED: "cancelled", _abi.BIODL_TRAINING_FAILED: "failed"}
_NAMES = {number: name for name, number in METHODS.items()}
_POLL = 0.25    # seconds from one look at a training to the next


class Training:
    """
    A training: a process of its own, which needs libtorch (``biodl.models.install("libtorch")`` brings it). A context manager.

    It ends with the process that created it; what it had learned stays, and `resume` goes on from there. One training runs at a time on a
    machine, further ones wait; while a model runs in this process, its trainings pause.

    Parameters
    ----------
    images, method, axes, options
        As for `train`.
    progress
        Told while images are read, as for `biodl.segment`.

    Attributes
    ----------
    id : str
        For `resume`.
    name, method : str
        Of the model to be, and how it is trained.
    notes : tuple of str
        What its images told: how they were split, what was left out, masks that were given as labels.
    """

    def __init__(self, images, method: str, axes: Optional[str] = None, *, progress: ProgressLike = None,
            **options: "Unpack[TrainOptions]"):
        inputs = TrainingInputs(images, method, axes, options)

        def work(tell):
            handle = ctypes.c_void_p()
            with reading(inputs.views):
                call("biodl_training_create", *inputs.arguments, tell, None, ctypes.byref(handle))
            return handle

        self._hold(long_call(progress, work))

    @classmethod
    def resume(cls, id: str) -> "Training":
        """Take up a training that was broken off; it is not started."""
        training, handle = cls.__new__(cls), ctypes.c_void_p()
        call("biodl_training_resume", encoded(id), ctypes.byref(handle))
        training._hold(handle)
        return training

    def _hold(self, handle):
        self._handle = handle
        self._closer = weakref.finalize(self, library().biodl_training_destroy, ctypes.c_void_p(handle.value))
        told = described("biodl_training_describe", _abi.biodl_training_info, handle)
        self.id, self.name, self.method = text(told.id), text(told.name), _NAMES[told.method]
        self.notes = lines(told.notes)

    def close(self) -> None:
        """Let it go; one that is not over is broken off, and `resume` goes on with it."""
        self._closer()

    def __enter__(self) -> "Training":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def start(self) -> None:
        """Begin, or wait until other trainings are over. Once."""
        call("biodl_training_start", self._handle)

    def stop(self) -> None:
        """End it with the best state that it has had, of which the model is made. Returns at once."""
        call("biodl_training_stop", self._handle)

    def cancel(self) -> None:
        """End it and leave nothing of it. Returns at once."""
        call("biodl_training_cancel", self._handle)

    def snapshot(self, folder: Union[str, os.PathLike]) -> None:
        """Write the model as it is now, as a package in a folder that is not there yet, while the training goes on."""
        call("biodl_training_snapshot", self._handle, encoded(folder))

    def wait(self, seconds: float = math.inf) -> bool:
        """Wait until it is over: True, or False when the time was over first. Ctrl-C ends the waiting, not the training."""
        over, left = ctypes.c_int32(), seconds
        while not over.value and left > 0:
            call("biodl_training_wait", self._handle, min(left, _POLL), ctypes.byref(over))
            left -= _POLL
        return bool(over.value)

    def poll(self) -> TrainingState:
        """How far it is."""
        told = described("biodl_training_poll", _abi.biodl_training_progress, self._handle)
        return TrainingState(_STATES[told.state], told.step, told.steps, told.step / max(1, told.steps), _number(told.loss),
            _number(told.validation_loss), told.rate, told.seconds, told.seconds_left if told.seconds_left >= 0 else None, told.validations,
            told.memory_bytes, text(told.message), _figures(told.figures))

    @property
    def points(self) -> List[TrainingPoint]:
        """The curve so far."""
        told = [described("biodl_training_get_point", _abi.biodl_training_point, self._handle, index)
            for index in range(self.poll().validations)]
        return [TrainingPoint(one.step, _number(one.loss), _number(one.validation_loss), one.rate, one.seconds) for one in told]

    def picture(self) -> Dict[str, np.ndarray]:
        """Always the same part of a validation image, of the last validation: "input", "prediction", "target" as float32 Y, X; or {}."""
        with owned("biodl_training_picture_destroy") as picture:
            call("biodl_training_get_picture", self._handle, ctypes.byref(picture))
            if not picture:
                return {}
            told = described("biodl_training_picture_describe", _abi.biodl_training_picture_info, picture)
            return {name: _plane(picture, index, told) for index, name in enumerate(lines(told.names))}

    def result(self) -> Trained:
        """
        What it has made.

        Raises
        ------
        BioDLError
            What ended it; CancelledError; InvalidArgumentError when it is not over.
        """
        told = described("biodl_training_get_result", _abi.biodl_training_result, self._handle)
        return Trained(text(told.model_id), text(told.path), text(told.report), _figures(told.figures), lines(told.warnings))


def train(images, method: str, axes: Optional[str] = None, *, progress: Union[None, bool, Callable[[TrainingState], Any]] = None,
        **options: "Unpack[TrainOptions]") -> Trained:
    """
    Train a network and wait for it; it becomes a model of the catalogue.

    Parameters
    ----------
    images : array, TrainingImage, or sequence of them
        Of one array, every frame (and slice) is a picture. Methods that need targets or labels take them in TrainingImages.
    method : str
        "denoise-image" (a small network fitted to one image in seconds), "noise2void" (from noisy images alone), "restoration" (from pairs
        of bad and good images), "stardist" (from label images), "semantic" (from images of class numbers), "stain" (from pairs).
    axes : str, optional
        Of arrays, as for `biodl.segment`.
    progress : callable or True, optional
        Is told of `TrainingState` some times a second, in this thread, and ends the training with its best state by returning False;
        True: a bar of tqdm.
    **options
        See `TrainOptions`.

    Returns
    -------
    Trained
        `model_id` for `biodl.Model`, `figures`, `report`.

    Raises
    ------
    BioDLError
        The images do not go together or are too few, libtorch is not installed, the training failed.
    KeyboardInterrupt
        Ctrl-C breaks it off; `unfinished` lists it and `Training.resume` goes on with it.

    Examples
    --------
    >>> made = biodl.train(noisy, "noise2void", minutes=10)
    >>> restored, run = biodl.denoise(noisy, made.model_id)
    """
    with Training(images, method, axes, **options) as training:
        training.start()
        follow(training, progress)
        made = training.result()
    warn(made.warnings)
    return made


def follow(training: Training, progress=None) -> None:
    """Wait for a training that was started, and tell `progress` as `train` does."""
    if progress is True:
        from tqdm.auto import tqdm
        with tqdm(leave=False) as bar:
            return follow(training, lambda state: _show(bar, state))
    over = False
    while not over:
        over = training.wait(_POLL)
        if callable(progress) and progress(training.poll()) is False and not over:
            training.stop()
            progress = None
    return None


def plan(images, method: str, axes: Optional[str] = None, **options: "Unpack[TrainOptions]") -> TrainingPlan:
    """Settle a training without beginning it; no pixel is read. Parameters as for `train`."""
    inputs = TrainingInputs(images, method, axes, options)
    with owned("biodl_training_plan_destroy") as handle:
        call("biodl_training_plan_create", *inputs.arguments, ctypes.byref(handle))
        told = described("biodl_training_plan_describe", _abi.biodl_training_plan_info, handle)
        patch = (told.patch[0], told.patch[1], told.patch[2])
        return TrainingPlan(told.steps, told.batch, patch, told.training_samples, told.validation_samples, told.memory_bytes,
            told.disk_bytes, told.minutes, lines(told.notes))


def unfinished() -> List[Unfinished]:
    """Trainings of this user that were broken off and that no process runs, the latest first."""
    with owned("biodl_unfinished_destroy") as handle:
        call("biodl_unfinished_open", ctypes.byref(handle))
        count = ctypes.c_int64()
        call("biodl_unfinished_count", handle, ctypes.byref(count))
        told = [described("biodl_unfinished_get", _abi.biodl_unfinished_entry, handle, index) for index in range(count.value)]
        return [Unfinished(text(one.id), _NAMES[one.method], text(one.name), one.step, one.steps,
            datetime.fromtimestamp(one.last, timezone.utc)) for one in told]


def discard(id: str) -> None:
    """Delete what is left of a training that no process runs; nothing happens where there is none."""
    call("biodl_training_discard", encoded(id))


def _plane(picture, index, told):
    pixels = ctypes.POINTER(ctypes.c_float)()
    call("biodl_training_picture_get_plane", picture, index, ctypes.byref(pixels))
    return np.ctypeslib.as_array(pixels, (told.height, told.width)).copy()


def _figures(told):
    return {name: float(value) for name, _, value in (line.partition("=") for line in lines(told))}


def _number(value):
    return None if math.isnan(value) else value


def _show(bar, state):
    bar.total, bar.n = state.steps, state.step
    bar.set_description(state.state, refresh=False)
    bar.refresh()


if TYPE_CHECKING:
    from typing_extensions import Unpack        # of the type checker's own; no dependency of this package
