# SPDX-License-Identifier: MIT
"""What this machine and this library are."""
import ctypes
from dataclasses import dataclass
from typing import Dict, List

from . import _abi
from ._library import call, described, text

_KINDS = {_abi.BIODL_DEVICE_CPU: "cpu", _abi.BIODL_DEVICE_CUDA: "cuda", _abi.BIODL_DEVICE_DIRECTML: "directml",
    _abi.BIODL_DEVICE_COREML: "coreml"}


@dataclass(frozen=True)
class Device:
    """
    What can run a network here, or cannot.

    Attributes
    ----------
    id : str
        What options take: "cpu", "cuda:0".
    kind : str
        "cpu", "cuda", "directml" or "coreml".
    name : str
        What a person reads, such as the card's name.
    memory_bytes : int
        0: not known.
    available : bool
    unavailable_reason : str
        "" when it is available.
    """

    id: str
    kind: str
    name: str
    memory_bytes: int
    available: bool
    unavailable_reason: str


def devices() -> List[Device]:
    """The devices that this build knows, the CPU first, usable or not."""
    count = ctypes.c_int32()
    call("biodl_device_count", ctypes.byref(count))
    told = [described("biodl_device_get", _abi.biodl_device_info, index) for index in range(count.value)]
    return [Device(text(one.id), _KINDS.get(one.kind, ""), text(one.name), one.memory_bytes, bool(one.available),
        text(one.unavailable_reason)) for one in told]


def diagnostics() -> Dict[str, str]:
    """Versions and places, for logs and reports of bugs."""
    told = described("biodl_version_get", _abi.biodl_version_info)
    words = {name: text(getattr(told, name)) for name in ("version", "build", "runtime_version", "library_path", "runtime_path",
        "instruction_set")}
    return {**words, "abi_version": str(told.abi_version)}
