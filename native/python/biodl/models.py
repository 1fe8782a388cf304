# SPDX-License-Identifier: MIT
"""The models there are: built in, installed on this machine, and online in the BioImage Model Zoo."""
import ctypes
import os
from dataclasses import dataclass
from typing import List, Optional, Tuple, Union

from . import _abi
from ._library import call, described, encoded, lines, owned, text
from ._progress import ProgressLike, long_call
from .errors import warn
from .model import TASKS, Model

_STATES = {_abi.BIODL_MODEL_BUILTIN: "builtin", _abi.BIODL_MODEL_INSTALLED: "installed", _abi.BIODL_MODEL_ONLINE: "online"}
_OUTCOMES = {_abi.BIODL_VERIFY_PASSED: "passed", _abi.BIODL_VERIFY_FAILED: "failed", _abi.BIODL_VERIFY_IMPOSSIBLE: "impossible"}


@dataclass(frozen=True)
class Entry:
    """
    A model of the list.

    Attributes
    ----------
    id : str
        What `Model`, `install` and `remove` take.
    state : str
        "builtin", "installed" or "online".
    task : str
        "segment", "denoise", "stain" or "other".
    bytes : int
        On disk or to download; 0: not known.
    runnable : bool
        Whether this machine can run it; `why_not` says why it cannot.
    input : str
        In words, such as "2D, 1 channel".
    source, cover : str
        Where it is or came from, and its picture: a path or URL.
    """

    id: str
    name: str
    version: str
    description: str
    state: str
    task: str
    bytes: int
    runnable: bool
    why_not: str
    input: str
    made_for: str
    licence: str
    citation: str
    tags: Tuple[str, ...]
    source: str
    cover: str


@dataclass(frozen=True)
class VerifiedOutput:
    """An output against its test tensor: values further away than absolute + relative * abs(reference) are mismatches."""

    name: str
    passed: bool
    values: int
    mismatches: int
    largest_deviation: float
    absolute_tolerance: float
    relative_tolerance: float
    allowed_per_million: float


@dataclass(frozen=True)
class Verification:
    """
    A model against its own test tensors.

    Attributes
    ----------
    outcome : str
        "passed", "failed", or "impossible" where the package has no test tensors.
    text : str
        The report, to be read by a person.
    """

    outcome: str
    outputs: Tuple[VerifiedOutput, ...]
    device: str
    weights_format: str
    text: str
    milliseconds: float


def list(online: bool = False) -> List[Entry]:  # noqa: A001  `biodl.models.list()` reads as it is said
    """
    The models there are.

    Parameters
    ----------
    online : bool
        Also those of the collection; where it cannot be reached, a warning says so.
    """
    with owned("biodl_catalogue_destroy") as catalogue:
        call("biodl_catalogue_open", int(online), ctypes.byref(catalogue))
        warnings = ctypes.c_char_p()
        call("biodl_catalogue_warnings", catalogue, ctypes.byref(warnings))
        warn(lines(warnings.value))
        return _entries(catalogue)


def install(source: Union[str, os.PathLike], sha256: Optional[str] = None, *, progress: ProgressLike = None) -> Optional[Entry]:
    """
    Download or copy a model, check it, and make it known by its id. A broken download goes on where it ended.

    Parameters
    ----------
    source : str or path
        File, folder, URL, or the id of an online model; "libtorch" brings what TorchScript models and trainings need.
    sha256 : str, optional
        Of the file, 64 hexadecimal digits.
    progress
        As for `biodl.segment`.

    Returns
    -------
    Entry
        The model; None for libtorch.

    Raises
    ------
    NotFoundError, FileError, ModelInvalidError, ModelUnsupportedError, CancelledError
    """
    def work(tell):
        with owned("biodl_catalogue_destroy") as catalogue:
            call("biodl_model_install", encoded(source), encoded(sha256), tell, None, ctypes.byref(catalogue))
            return _entries(catalogue) if catalogue else []

    installed = long_call(progress, work)
    return installed[0] if installed else None      # libtorch is no model


def remove(id: str) -> None:  # noqa: A002
    """Remove an installed model; models that are open stay usable."""
    call("biodl_model_remove", encoded(id))


def verify(model: Union[Model, str, os.PathLike], device: Optional[str] = None, *, progress: ProgressLike = None) -> Verification:
    """
    Compare a model with its own test tensors, by the rules of the bioimage.io format 0.5.

    Parameters
    ----------
    model : Model, str or path
    device : str, optional
        "cpu", "cuda:0", ... (the fastest there is).
    progress
        As for `biodl.segment`.
    """
    if not isinstance(model, Model):
        with Model(model) as opened:
            return verify(opened, device, progress=progress)

    def work(tell):
        with owned("biodl_verification_destroy") as handle:
            call("biodl_model_verify", model._handle, encoded(device), tell, None, ctypes.byref(handle))
            told = described("biodl_verification_describe", _abi.biodl_verification_info, handle)
            outputs = [described("biodl_verification_get_output", _abi.biodl_verification_output, handle, index)
                for index in range(told.outputs)]
            return Verification(_OUTCOMES[told.outcome], tuple(_verified(output) for output in outputs), text(told.device),
                text(told.weights_format), text(told.text), told.milliseconds)

    return long_call(progress, work)


def _verified(told):
    return VerifiedOutput(text(told.name), bool(told.passed), told.values, told.mismatches, told.largest_deviation,
        told.absolute_tolerance, told.relative_tolerance, told.allowed_per_million)


def _entries(catalogue):
    count = ctypes.c_int64()
    call("biodl_catalogue_count", catalogue, ctypes.byref(count))
    return [_entry(described("biodl_catalogue_get", _abi.biodl_catalogue_entry, catalogue, index)) for index in range(count.value)]


def _entry(told):
    words = {name: text(getattr(told, name)) for name in ("id", "name", "version", "description", "why_not", "input", "made_for", "licence",
        "citation", "source", "cover")}
    return Entry(**words, state=_STATES[told.state], task=TASKS.get(told.task, "other"), bytes=told.bytes, runnable=bool(told.runnable),
        tags=lines(told.tags))
