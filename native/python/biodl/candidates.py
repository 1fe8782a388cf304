# SPDX-License-Identifier: MIT
"""What a network predicted, kept so that thresholds are answered without it."""
import ctypes
import weakref
from typing import TYPE_CHECKING, Any, Tuple

import numpy as np

from . import _abi
from ._library import call, described, library, owned
from ._options import STAR_NAMES, given, star_struct
from ._pictures import Picture
from ._progress import ProgressLike, long_call
from ._views import Result
from .errors import warn
from .objects import Objects, objects_of


class Candidates:
    """
    The candidates for objects of one run, from `Model.keep`; a context manager. Any number of threads may ask at once.

    Answers equal those of a fresh run in every pixel and object, and take milliseconds. They need neither the image nor the model.
    """

    def __init__(self, handle: ctypes.c_void_p, picture: Picture):
        self._handle, self._picture = ctypes.c_void_p(handle.value), picture
        self._closer = weakref.finalize(self, library().biodl_candidates_destroy, ctypes.c_void_p(handle.value))

    def close(self) -> None:
        """Give the memory back."""
        self._closer()

    def __enter__(self) -> "Candidates":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{self.count} candidates above {self.prob_threshold:g}>" if self._closer.alive else "<Candidates, closed>"

    @property
    def count(self) -> int:
        """How many were kept, of all planes."""
        return self._told().count

    @property
    def prob_threshold(self) -> float:
        """The lowest threshold that can be answered; above the one asked for where there were too many candidates."""
        return self._told().prob_threshold

    def select(self, *, progress: ProgressLike = None, **options: "Unpack[StarOptions]") -> Tuple[Any, Objects]:
        """
        The objects among the candidates.

        Parameters
        ----------
        progress
            As for `biodl.segment`.
        **options
            See `StarOptions`.

        Returns
        -------
        labels, objects
            As from `biodl.segment` with these options.

        Raises
        ------
        InvalidArgumentError
            An option is out of its range, or the threshold is below `prob_threshold`.
        """
        stars = star_struct(given(options, STAR_NAMES))
        labels = Result(self._picture.axes.without("C"), np.int32)

        def work(tell):
            with owned("biodl_objects_destroy") as handle:
                call("biodl_candidates_select", self._handle, ctypes.byref(stars), tell, None, labels.view.pointer, ctypes.byref(handle))
                return objects_of(handle)

        objects = long_call(progress, work)
        warn(objects.warnings)
        return self._picture.like(labels, "labels"), objects

    def _told(self):
        return described("biodl_candidates_describe", _abi.biodl_candidates_info, self._handle)


if TYPE_CHECKING:
    from typing_extensions import Unpack        # of the type checker's own; no dependency of this package

    from ._options import StarOptions
