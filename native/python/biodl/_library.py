# SPDX-License-Identifier: MIT
"""The native library: found and loaded at the first call, its ABI checked, and one way to call it."""
import contextlib
import ctypes
import os
import platform
import sys
import threading
from pathlib import Path

from . import _abi
from .errors import LibraryError, error_of

VARIABLE = "BIODL_RUNTIME_DIR"
_SYSTEMS = {"linux": ("linux", "libbiodl.so"), "darwin": ("osx", "libbiodl.dylib"), "win32": ("win", "biodl.dll")}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}

_lock = threading.Lock()
_loaded = None
_forked = False


def platform_folder() -> str:
    """The folder of dist/lib for this machine, such as "linux-x64"."""
    machine = platform.machine().lower()
    return f"{_system()[0]}-{_MACHINES.get(machine, machine)}"


def _system():
    return _SYSTEMS["linux" if sys.platform.startswith("linux") else sys.platform if sys.platform in _SYSTEMS else "linux"]


def _folders():
    """Where the library may lie: BIODL_RUNTIME_DIR goes before the wheel, and that before the dist of a checkout."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        yield Path(chosen)
    package = Path(__file__).resolve().parent
    yield package / "native"
    yield package.parents[2] / "dist" / "lib" / platform_folder()


def find_library() -> Path:
    """
    Returns
    -------
    Path
        The native library.

    Raises
    ------
    LibraryError
        There is none; the message lists where it was looked for.
    """
    name = _system()[1]
    places = [folder / name for folder in _folders()]
    for place in places:
        if place.is_file():
            return place
    raise LibraryError(f"The native library {name} is in none of {', '.join(str(place.parent) for place in places)}.",
        f"Install the wheel for this platform, build the checkout (./build.sh), or set {VARIABLE} to the folder that holds it.")


def library() -> ctypes.CDLL:
    """The loaded library; loads it at the first call."""
    if _forked:
        raise LibraryError("BioDL was loaded before this process was forked, and its threads do not live on in a child.",
            "Start processes with multiprocessing.get_context('spawn'), or import and use biodl in the child alone.")
    return _loaded or _load()


def _load():
    global _loaded
    with _lock:
        if _loaded is None:
            path = find_library()
            try:
                loaded = ctypes.CDLL(str(path))
            except OSError as error:
                raise LibraryError(f"{path} cannot be loaded: {error}.", "Is it the build for this system and processor?") from error
            check_abi(loaded, path)
            _abi.declare(loaded)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=_after_fork)
            _loaded = loaded
    return _loaded


def check_abi(loaded, path) -> None:
    """A library may be newer than this package, but not older."""
    loaded.biodl_abi_version.restype = ctypes.c_uint32
    version = loaded.biodl_abi_version()
    if version < _abi.ABI_VERSION:
        raise LibraryError(f"{path} has version {version} of the ABI, and this package needs {_abi.ABI_VERSION}.",
            f"Install package and library of the same release; {VARIABLE} goes before the library of the package.")


def _after_fork():
    global _forked
    _forked = True


def call(name: str, *arguments) -> None:
    """
    Call a function whose last parameter is a biodl_error; the GIL is free meanwhile.

    Raises
    ------
    BioDLError
        What the library said: message and hint.
    """
    error = _abi.biodl_error(struct_size=ctypes.sizeof(_abi.biodl_error))
    status = getattr(library(), name)(*arguments, ctypes.byref(error))
    if status != _abi.BIODL_STATUS_OK:
        raise error_of(status, error.message.decode("utf-8", "replace"), error.hint.decode("utf-8", "replace"))


def described(name: str, struct, *arguments):
    """A struct that a function fills in: the last parameter before the error."""
    filled = struct(struct_size=ctypes.sizeof(struct))
    call(name, *arguments, ctypes.byref(filled))
    return filled


@contextlib.contextmanager
def owned(destroy: str):
    """A handle to be received, destroyed at the end: `with owned("biodl_plan_destroy") as plan: call(..., byref(plan))`."""
    handle = ctypes.c_void_p()
    try:
        yield handle
    finally:
        if handle:
            getattr(library(), destroy)(handle)


def encoded(path) -> "bytes | None":
    """Text or a path as the library takes it."""
    return None if path is None else os.fspath(path).encode("utf-8") if not isinstance(path, bytes) else path


def text(given: "bytes | None") -> str:
    """Text of the library's."""
    return (given or b"").decode("utf-8", "replace")


def lines(given: "bytes | None") -> "tuple[str, ...]":
    """Text with one entry a line."""
    return tuple(text(given).splitlines())
