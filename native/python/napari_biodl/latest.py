# SPDX-License-Identifier: MIT
"""The newest of many questions, for a preview that is asked faster than it answers. Knows no Qt."""

from __future__ import annotations

from typing import Any, Callable, Optional


class Latest:
    """Asks one question at a time, and of those that came meanwhile only the last. All calls are on one thread.

    Parameters
    ----------
    ask : callable
        `ask(question, ended)` begins to answer, returns at once, and calls `ended` when it is over, whatever came of it.
    """

    def __init__(self, ask: Callable[[Any, Callable[[], None]], None]) -> None:
        self._ask = ask
        self._waiting: Optional[Any] = None
        self._busy = False

    def put(self, question: Any) -> None:
        """Ask it now, or when what is asked has ended."""
        if self._busy:
            self._waiting = question
            return
        self._busy = True
        self._ask(question, self._ended)

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting = None

    def _ended(self) -> None:
        self._busy = False
        question, self._waiting = self._waiting, None
        if question is not None:
            self.put(question)
