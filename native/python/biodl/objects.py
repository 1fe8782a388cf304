# SPDX-License-Identifier: MIT
"""The objects of a segmentation, in the shape that users of StarDist know."""
import ctypes
from collections.abc import Mapping
from typing import Any, Dict, Iterator, Tuple

import numpy as np

from . import _abi
from ._library import described, lines, text
from ._results import account_of


class Objects(Mapping):
    """
    What a segmentation found: arrays with one row an object, by plane, then falling probability.

    Entries are keys as in StarDist's `details`, and attributes: ``objects["coord"]`` is ``objects.coord``. Coordinates are pixels; pixel
    (y, x) is the unit square centred on (y, x). Numbers of frames and slices count from 0. All arrays are the caller's own.

    Attributes
    ----------
    coord : float32, n x 2 x rays
        Vertices of the polygons: y and x, starting along +x and turning towards +y.
    points : float32, n x 2
        y and x of the point that a star was predicted from.
    prob : float32, n
        0 to 1.
    label : int64, n
        The value in the label image, from 1.
    frame, slice : int32, n
        Plane of the object.
    centroid : float64, n x 3
        Mean z, y, x of the pixels of its label.
    pixels : int64, n
        Of its label: the area in square pixels as the label image shows it.
    area : float64, n
        Of the polygon, in square pixels.
    bbox : int32, n x 4
        top, left, bottom, right of the polygon's pixels, bottom and right excluded.
    class_id : int32, n
        Of a network that knows classes, from 1; 0: the background is likelier than any, or there are no classes.
    touches_edge : bool, n
        It has a pixel in the first or last row or column.
    track : int64, n
        The same for objects that were linked, from 1; 0: nothing was linked.
    first_slice, last_slice : int32, n
        Slices that have a part of it.
    account : dict
        How the run went: model, options, statistics, tiles, device, times, versions; not an entry.
    warnings : tuple of str
        What did not stop the run; not an entry.
    maps : dict
        "prob" (0 to 1) and "dist" (a channel a ray, in pixels) where they were asked for; not an entry.
    """

    def __init__(self, entries: Dict[str, np.ndarray], account: Dict[str, Any], warnings: Tuple[str, ...]):
        self._entries, self.account, self.warnings = entries, account, warnings
        self.maps: Dict[str, Any] = {}

    @property
    def count(self) -> int:
        """How many objects there are; len() counts the entries."""
        return len(self._entries["prob"])

    def table(self) -> Dict[str, np.ndarray]:
        """One-dimensional columns for a table: ``pandas.DataFrame(objects.table())``, features of a layer."""
        columns = {name: values for name, values in self._entries.items() if values.ndim == 1}
        for name, parts in (("centroid", "zyx"), ("points", "yx"), ("bbox", ("top", "left", "bottom", "right"))):
            for index, part in enumerate(parts):
                columns[f"{name}_{part}"] = self._entries[name][:, index]
        return columns

    def __getitem__(self, name: str) -> np.ndarray:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getattr__(self, name: str) -> np.ndarray:
        entries = self.__dict__.get("_entries", {})
        if name not in entries:
            raise AttributeError(f"objects have no '{name}', but {', '.join(entries)}")
        return entries[name]

    def __dir__(self):
        return [*super().__dir__(), *self._entries]

    def __repr__(self) -> str:
        return f"<{self.count} objects: {', '.join(self._entries)}>"


def objects_of(handle: ctypes.c_void_p) -> Objects:
    """The objects behind a handle, copied, with the account."""
    view = described("biodl_objects_get", _abi.biodl_objects_view, handle)
    report = described("biodl_objects_describe", _abi.biodl_objects_report, handle)
    return Objects(_entries(_rows(view), _coord(view)), account_of(handle), lines(report.warnings))


def _rows(view) -> np.ndarray:
    """The structs as records of NumPy, in the library's memory."""
    names = [field[0] for field in _abi.biodl_object._fields_]
    formats = [np.dtype(field[1]) for field in _abi.biodl_object._fields_]
    offsets = [getattr(_abi.biodl_object, name).offset for name in names]
    dtype: Any = np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": view.object_size})
    if view.count == 0:
        return np.empty(0, dtype)
    memory = (ctypes.c_char * (view.count * view.object_size)).from_address(ctypes.addressof(view.objects.contents))
    return np.frombuffer(memory, dtype)


def _coord(view) -> np.ndarray:
    if view.count == 0:
        return np.empty((0, 2, view.rays), np.float32)
    vertices = np.ctypeslib.as_array(view.vertices, (view.count, view.rays, 2))
    return np.ascontiguousarray(vertices[:, :, ::-1].transpose(0, 2, 1))


def _entries(rows, coord) -> Dict[str, np.ndarray]:
    def together(*names):
        return np.stack([rows[name] for name in names], axis=1)

    entries = {"coord": coord, "points": together("center_y", "center_x"), "prob": rows["probability"].copy()}
    for name in ("label", "frame", "slice", "pixels", "area", "track", "class_id", "first_slice", "last_slice"):
        entries[name] = rows[name].copy()
    entries["touches_edge"] = rows["touches_edge"] != 0
    entries["centroid"] = together("centroid_z", "centroid_y", "centroid_x")
    entries["bbox"] = together("top", "left", "bottom", "right")
    return entries
