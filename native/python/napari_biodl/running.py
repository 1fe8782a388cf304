# SPDX-License-Identifier: MIT
"""A call on a worker of napari, with progress and cancel."""

from __future__ import annotations

from typing import Any, Callable, Optional

from .work import Call, Work


class Running:
    """A call that runs on a worker from its making on.

    Parameters
    ----------
    call : callable
        Is given `progress`.
    returned : callable
        Is given the result, on the thread of the event loop; not when the call failed or was cancelled.
    create_worker : callable
        `napari.qt.threading.create_worker`, or superqt's, which that is made of. What the call raises is the worker's `errored`, which
        napari shows.
    moved : callable, optional
        Is told how far it is, 0 to 1.
    ended : callable, optional
        Is called at the end, whatever it was.
    """

    def __init__(
        self,
        call: Call,
        returned: Callable[[Any], None],
        create_worker: Callable[..., Any],
        moved: Optional[Callable[[float], None]] = None,
        ended: Optional[Callable[[], None]] = None,
    ) -> None:
        self._work = Work(call)
        self.worker = create_worker(self._work.followed, _start_thread=False)
        self.worker.returned.connect(lambda result: None if result is None else returned(result))
        self.worker.aborted.connect(self._work.cancel)  # napari asks its workers to quit when it is closed
        if moved is not None:
            self.worker.yielded.connect(moved)
        if ended is not None:
            self.worker.finished.connect(ended)
        self.worker.start()

    def cancel(self) -> None:
        """Ask the call to end; returns at once."""
        self._work.cancel()
