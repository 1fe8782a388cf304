# SPDX-License-Identifier: MIT
"""What can go wrong: one exception class for each status of the library, and the warnings that a run gives."""
import os
import sys
import warnings

from . import _abi


class BioDLWarning(UserWarning):
    """What did not stop a run but should be known: a device that fell back, values clipped, an image that the model was not made for."""


class BioDLError(Exception):
    """
    A call that failed.

    Attributes
    ----------
    message : str
        What happened, to which file or image.
    hint : str
        What to do about it; may be empty.
    """

    def __init__(self, message, hint=""):
        stop = "" if not hint or message.endswith((".", "!", "?")) else "."
        super().__init__(f"{message}{stop} {hint}".strip())
        self.message, self.hint = message, hint


class InvalidArgumentError(BioDLError, ValueError):
    """A value out of its range, or an image that does not fit the model; the message names the option or the axis."""


class LabelOverflowError(BioDLError, OverflowError):
    """More labels than the type of the label image can hold."""


class NotFoundError(BioDLError, LookupError):
    """No such file, folder or model."""


class FileError(BioDLError, OSError):
    """A file could not be read or written, or the network not be reached."""


class ModelInvalidError(BioDLError, ValueError):
    """Not a model, truncated, or not what its description says."""


class ModelUnsupportedError(BioDLError):
    """A model for another task, or of a format that this version cannot run."""


class DeviceUnavailableError(BioDLError):
    """The device that was asked for by name does not exist or cannot be used."""


class OutOfMemoryError(BioDLError, MemoryError):
    """A run needs more memory than it may take."""


class HostError(BioDLError):
    """An image gave no pixels."""


class CancelledError(BioDLError):
    """The progress callback returned False; nothing was written."""


class LibraryError(BioDLError, ImportError):
    """The native library is missing, too old, or used in a forked child."""


class InternalError(BioDLError):
    """A defect of BioDL; the message helps to find it."""


_CLASSES = {
    _abi.BIODL_STATUS_INVALID_ARGUMENT: InvalidArgumentError,
    _abi.BIODL_STATUS_INVALID_HANDLE: InvalidArgumentError,
    _abi.BIODL_STATUS_LABEL_OVERFLOW: LabelOverflowError,
    _abi.BIODL_STATUS_NOT_FOUND: NotFoundError,
    _abi.BIODL_STATUS_IO: FileError,
    _abi.BIODL_STATUS_MODEL_INVALID: ModelInvalidError,
    _abi.BIODL_STATUS_MODEL_UNSUPPORTED: ModelUnsupportedError,
    _abi.BIODL_STATUS_DEVICE_UNAVAILABLE: DeviceUnavailableError,
    _abi.BIODL_STATUS_OUT_OF_MEMORY: OutOfMemoryError,
    _abi.BIODL_STATUS_HOST: HostError,
    _abi.BIODL_STATUS_CANCELLED: CancelledError,
}


def error_of(status: int, message: str, hint: str) -> BioDLError:
    """The exception for a status of the library."""
    return _CLASSES.get(status, InternalError)(message, hint)


def warn(lines) -> None:
    """Give each line as a BioDLWarning that points at the caller's code, not at this package's."""
    package = os.path.dirname(__file__) + os.sep
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_code.co_filename.startswith(package):
        frame, level = frame.f_back, level + 1
    for line in lines:
        warnings.warn(line, BioDLWarning, stacklevel=level)
