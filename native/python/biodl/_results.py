# SPDX-License-Identifier: MIT
"""The records of runs that make images."""
import ctypes
import json
from dataclasses import dataclass, field
from typing import Any, Dict, Tuple

from . import _abi
from ._library import call, text

_KINDS = {
    _abi.BIODL_OUTPUT_IMAGE: "image",
    _abi.BIODL_OUTPUT_LABELS: "labels",
    _abi.BIODL_OUTPUT_MASK: "mask",
    _abi.BIODL_OUTPUT_VALUES: "values",
}


@dataclass(frozen=True)
class Output:
    """
    An output of a network: what it is, and where its pixels lie in the image.

    Attributes
    ----------
    name : str
    axes : str
        Of its array, such as "ZYX".
    shape : tuple of int
        Of its array.
    dtype : str
        NumPy's name of the type that fits: the image's own for restored inputs.
    kind : str
        "image", "labels", "mask" or "values".
    channel_names : tuple of str
        "" where the model has no name.
    restores_input : bool
        Its values are in the image's own unit.
    pixel_pitch, origin : tuple of float
        Pixels of the image from one pixel to the next, and the centre of the first, along Z, Y, X.
    """

    name: str
    axes: str
    shape: Tuple[int, ...]
    dtype: str
    kind: str
    channel_names: Tuple[str, ...]
    restores_input: bool
    pixel_pitch: Tuple[float, float, float]
    origin: Tuple[float, float, float]


@dataclass(frozen=True)
class Run:
    """
    How a run went.

    Attributes
    ----------
    images : tuple of arrays
        What the network made, one for each output.
    outputs : tuple of Output
        What they are.
    account : dict
        Model, options, statistics, tiles, device, times, versions: the same keys for every task and host.
    warnings : tuple of str
        What did not stop the run.
    """

    images: Tuple[Any, ...] = field(repr=False)
    outputs: Tuple[Output, ...]
    account: Dict[str, Any] = field(repr=False)
    warnings: Tuple[str, ...]


def kind_name(number: int) -> str:
    """The word for BIODL_OUTPUT_*."""
    return _KINDS.get(number, "values")


def account_of(handle: ctypes.c_void_p) -> Dict[str, Any]:
    """The account of objects or of a result."""
    account = ctypes.c_char_p()
    call("biodl_account", handle, ctypes.byref(account))
    return json.loads(text(account.value))
