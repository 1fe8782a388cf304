# SPDX-License-Identifier: MIT
"""
Arrays as the library sees them: never a copy.

An array of NumPy in a type that the library reads is described where it is, whatever its strides. Other types and byte orders, and arrays
that are no memory (dask, zarr, HDF5), are windows: the library asks for a plane when it reads it, and one plane at a time is converted.
"""
import contextlib
import ctypes
from typing import Any

import numpy as np

from . import _abi
from ._axes import CANONICAL, Axes
from .errors import HostError

_TYPES: "dict[np.dtype[Any], int]" = {
    np.dtype(np.uint8): _abi.BIODL_DTYPE_UINT8,
    np.dtype(np.uint16): _abi.BIODL_DTYPE_UINT16,
    np.dtype(np.float32): _abi.BIODL_DTYPE_FLOAT32,
    np.dtype(np.uint32): _abi.BIODL_DTYPE_UINT32,
}
_OF_NUMBER = {number: dtype for dtype, number in _TYPES.items()}
# Signed integers are unsigned ones with another zero: the sign bit turned over, and that zero told to the library.
_SIGNED: "dict[np.dtype[Any], np.dtype[Any]]" = {np.dtype(np.int8): np.dtype(np.uint8), np.dtype(np.int16): np.dtype(np.uint16)}


def dtype_of(number: int) -> np.dtype:
    """NumPy's type for BIODL_DTYPE_*."""
    return _OF_NUMBER[number]


class View:
    """
    An array and its `biodl_image`.

    Parameters
    ----------
    array
        Of NumPy, or anything with `shape`, `dtype` and NumPy's indexing.
    axes : Axes
        Of the array.
    labels : bool
        Its pixels are numbers of objects or classes: whole and exact, not intensities.

    Attributes
    ----------
    image : biodl_image
        Valid while this object is.
    failure : BaseException or None
        Why a plane could not be given.
    """

    def __init__(self, array, axes: Axes, labels: bool = False):
        self._source, self._axes = array, axes
        self._buffer, self._held, self.failure = None, None, None
        self.dtype, self._signed = _seen_as(np.dtype(array.dtype), labels)
        self.image = _abi.biodl_image(struct_size=ctypes.sizeof(_abi.biodl_image), dtype=_TYPES[self.dtype])
        self.image.shape[:] = axes.sizes
        if self._signed is not None:
            self.image.value_offset = -float(1 << 8 * self.dtype.itemsize - 1)
        if self._is_memory(labels):
            self._describe(axes.five(array))
        else:
            self._open_window()

    @property
    def pointer(self):
        """For a field of a struct."""
        return ctypes.pointer(self.image)

    def _is_memory(self, labels):
        array = self._source
        if not isinstance(array, np.ndarray) or not array.flags.aligned or not array.dtype.isnative:
            return False
        if any(stride < array.itemsize and size > 1 for stride, size in zip(map(abs, array.strides), array.shape)):
            return False        # broadcast: the library wants a step
        return array.dtype == self.dtype or array.dtype == bool or (labels and array.dtype == np.int32)

    def _describe(self, five):
        self.image.strides[:] = five.strides
        self.image.data = five.__array_interface__["data"][0]

    def _open_window(self):
        height, width = self._axes.sizes[3:]
        self._buffer = np.empty((height, width), self.dtype)
        self.image.strides[:] = (0, 0, 0, *self._buffer.strides)
        self.image.lock, self.image.unlock = _abi.biodl_lock_fn(self._lock), _abi.biodl_unlock_fn(self._unlock)

    def _lock(self, _, number):
        try:
            if self._held != number:
                self._held = None
                self._convert(np.asarray(self._axes.plane_of(self._source, number)))
                self._held = number
            return self._buffer.__array_interface__["data"][0]
        except BaseException as failure:
            self.failure = failure
            return None

    def _unlock(self, _, number, start, written):
        pass        # the buffer is ours, and images that are read are never written to

    def _convert(self, plane):
        if self._signed is not None:
            np.copyto(self._buffer.view(self._signed), plane, casting="unsafe")
            np.bitwise_xor(self._buffer, _sign_bit(self.dtype), out=self._buffer)
        elif self.dtype == np.uint32 and plane.dtype.kind == "i" and plane.min() < 0:
            raise ValueError("A label image has numbers below 0: labels are 1 and up, and the background is 0.")
        else:
            np.copyto(self._buffer, plane, casting="unsafe")


class Result:
    """
    A new array that the library writes into.

    Parameters
    ----------
    axes : Axes
        Of the array.
    dtype : numpy.dtype
        uint8, uint16, uint32, float32, int32 (labels), int8 or int16.
    """

    def __init__(self, axes: Axes, dtype):
        self.axes, self.dtype = axes, np.dtype(dtype)
        self._signed = _SIGNED.get(self.dtype)
        seen = self._signed or (np.dtype(np.uint32) if self.dtype == np.int32 else self.dtype)
        if seen not in _TYPES:
            raise TypeError(f"A result of type {self.dtype} is not made: {', '.join(map(str, [*_TYPES, *_SIGNED]))} are.")
        self._array = np.zeros(axes.shape, self.dtype)      # what a mask leaves out is not written
        self.view = View(self._array.view(seen), axes, labels=seen == np.uint32)
        if self._signed is not None:
            self.view.image.value_offset = -float(1 << 8 * seen.itemsize - 1)

    def array(self) -> np.ndarray:
        """The pixels, once, when the library has written them."""
        if self._signed is not None:
            unsigned = self._array.view(self._signed)
            np.bitwise_xor(unsigned, _sign_bit(self._signed), out=unsigned)
            self._signed = None
        return self._array


def _seen_as(dtype, labels):
    """The type in which the library sees pixels of a type, and the signed type whose zero is told; None: no other zero."""
    if dtype.kind not in "biuf":
        raise TypeError(f"Pixels of type {dtype} are no intensities: give whole numbers or floating point.")
    native = dtype.newbyteorder("=")
    if labels:
        if dtype.kind == "f" and native != np.float32:
            raise TypeError(f"A label image of type {dtype} may have rounded labels: give whole numbers.")
        return (native, None) if native in _TYPES else (np.dtype(np.uint8 if dtype == bool else np.uint32), None)
    if dtype == bool:
        return np.dtype(np.uint8), None
    if native in _SIGNED:
        return _SIGNED[native], native
    return (native if native in _TYPES and native != np.uint32 else np.dtype(np.float32)), None


def _sign_bit(dtype):
    return dtype.type(1 << 8 * dtype.itemsize - 1)


@contextlib.contextmanager
def reading(views):
    """Calls that read images: what kept one from giving a plane is raised in place of the library's error."""
    try:
        yield
    except HostError:
        failed = next((view for view in views if view.failure is not None), None)
        if failed is None:
            raise
        failure, failed.failure = failed.failure, None
        try:
            raise failure from None
        finally:
            del failure     # its traceback leads to this frame and to the image


def pointers(views):
    """An array of pointers to images, as the library takes several."""
    kind = ctypes.POINTER(_abi.biodl_image)
    return (kind * len(views))(*[ctypes.pointer(view.image) if view is not None else kind() for view in views])


assert CANONICAL[_abi.BIODL_AXIS_T] == "T" and CANONICAL[_abi.BIODL_AXIS_X] == "X"
