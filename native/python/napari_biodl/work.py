# SPDX-License-Identifier: MIT
"""A long call beside an event loop: its progress as it goes, its end, its cancelling. Knows no Qt."""

from __future__ import annotations

import threading
from typing import Any, Callable, Generator, Optional

Call = Callable[[Callable[[Any], bool]], Any]
"""A call that is given `progress`; that it calls with the state of things, and ends soon when it answers False."""


class FailedError(Exception):
    """A call failed with a RuntimeError, which workers of napari take for a sign of their own deletion and do not tell."""


class Work:
    """A call that runs on a thread of its own while `followed` is asked how far it is.

    A worker of napari can stop a generator only where it yields, and a run of a network yields nothing until it is done; so the run has
    its thread, and the generator watches it.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._fraction = 0.0
        self._result: Any = None
        self._error: Optional[BaseException] = None
        self._cancelled = threading.Event()
        self._over = threading.Event()

    def cancel(self) -> None:
        """Ask the call to end; returns at once."""
        self._cancelled.set()

    def followed(self, every: float = 0.1) -> Generator[float, None, Any]:
        """Run the call to its end.

        Parameters
        ----------
        every : float
            Seconds between two answers.

        Yields
        ------
        float
            How far it is, 0 to 1, never falling.

        Returns
        -------
        object
            What the call returned; None when it was cancelled.

        Raises
        ------
        BaseException
            What the call raised; a RuntimeError as FailedError.
        """
        thread = threading.Thread(target=self._run, name="biodl", daemon=True)
        thread.start()
        try:
            while not self._over.wait(every):
                yield self._fraction
        finally:
            if not self._over.is_set():  # the generator was closed: nobody waits for the result any more
                self.cancel()
        thread.join()
        if self._cancelled.is_set():
            return None
        if isinstance(self._error, RuntimeError):
            raise FailedError(str(self._error)) from self._error
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._call(self._heard)
        except BaseException as error:  # it is raised where somebody waits for it
            self._error = error
        finally:
            self._over.set()

    def _heard(self, progress: Any) -> bool:
        self._fraction = max(self._fraction, min(1.0, float(getattr(progress, "fraction", progress))))
        return not self._cancelled.is_set()
