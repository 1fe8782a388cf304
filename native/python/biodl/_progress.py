# SPDX-License-Identifier: MIT
"""Progress, cancelling and Ctrl-C of long calls."""
import concurrent.futures
import functools
import queue
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

from . import _abi
from ._library import library

_STAGES = {
    _abi.BIODL_STAGE_PREPARE: "prepare",
    _abi.BIODL_STAGE_STATISTICS: "statistics",
    _abi.BIODL_STAGE_NETWORK: "network",
    _abi.BIODL_STAGE_SUPPRESS: "suppress",
    _abi.BIODL_STAGE_RENDER: "render",
    _abi.BIODL_STAGE_DOWNLOAD: "download",
    _abi.BIODL_STAGE_VERIFY: "verify",
}


@dataclass(frozen=True)
class Progress:
    """
    How far a call is.

    Attributes
    ----------
    stage : str
        "prepare", "statistics", "network", "suppress", "render", "download" or "verify".
    done, total : int
        Steps of the whole call: tiles over all planes; bytes while a model is downloaded.
    frame, slice : int
        What is worked on, from 0.
    fraction : float
        0 to 1, never falling.
    seconds_left : float or None
        Estimated from what was done so far; None: not known yet.
    """

    stage: str
    done: int
    total: int
    frame: int
    slice: int
    fraction: float
    seconds_left: Optional[float]

    @classmethod
    def _of(cls, state):
        left = state.seconds_left if state.seconds_left >= 0 else None
        return cls(_STAGES.get(state.stage, ""), state.done, state.total, state.frame, state.slice, state.fraction, left)


# A function of Progress that may return False to cancel; True for a bar of tqdm; or a bar of one's own with `total`, `n` and `refresh`.
ProgressLike = Union[None, bool, Callable[[Progress], Any], Any]


class _Bar:
    """A tqdm bar as a function of Progress."""

    def __init__(self, bar):
        self._bar = bar

    def __call__(self, state: Progress):
        self._bar.total, self._bar.n = state.total, state.done
        self._bar.set_description(state.stage, refresh=False)
        self._bar.refresh()


def long_call(progress: ProgressLike, work: Callable[[Any], Any]):
    """
    Make a call of the library that takes long.

    The library works in a thread of its own, so that the caller's stays free for what Python sends it: Ctrl-C arrives at once and is
    never lost in a callback from C. Progress is told in the caller's thread.

    Parameters
    ----------
    progress
        Who is told.
    work
        Calls the library with the biodl_progress_fn that it is given.

    Returns
    -------
    What `work` returns.
    """
    library()       # a forked child ends here, where nobody waits for threads that it has not
    own = None
    if progress is True:
        from tqdm.auto import tqdm
        progress = own = tqdm(leave=False)
    tell = None if progress is None or progress is False else _Bar(progress) if hasattr(progress, "refresh") else progress
    try:
        return _Call(work, tell is not None).wait(tell)
    finally:
        if own is not None:
            own.close()


class _Call:
    """A running call."""

    def __init__(self, work, told: bool):
        self._work, self._told = work, told
        self._cancelled = False
        self._states: "queue.SimpleQueue[Optional[Progress]]" = queue.SimpleQueue()
        self._result = self._failure = None
        _threads().submit(self._run)

    def wait(self, tell):
        """Pass progress on until the call is over."""
        try:
            self._listen(tell)
        except BaseException:
            self._cancelled = True
            self._listen(None)      # images are in use until the library has ended
            raise
        failure, self._failure = self._failure, None
        if failure is not None:
            try:
                raise failure
            finally:
                del failure     # its traceback leads to this frame, and that to the images
        return self._result

    def _listen(self, tell):
        while True:
            try:
                state = self._states.get(timeout=0.1)       # on Windows only a wait that ends lets Ctrl-C in
            except queue.Empty:
                continue
            if state is None:
                return
            if tell is not None and tell(state) is False:
                self._cancelled = True

    def _run(self):
        callback = _abi.biodl_progress_fn(self._step)
        try:
            self._result = self._work(callback)
        except BaseException as failure:
            self._failure = failure
        finally:
            self._states.put(None)

    def _step(self, _, state):
        if self._told:
            self._states.put(Progress._of(state.contents))
        return 0 if self._cancelled else 1


@functools.lru_cache(maxsize=None)
def _threads():
    """Threads are kept for later calls: a new one costs the library as much as a small image. The interpreter waits for them at its end."""
    return concurrent.futures.ThreadPoolExecutor(1 << 12, "biodl")
