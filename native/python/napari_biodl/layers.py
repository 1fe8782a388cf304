# SPDX-License-Identifier: MIT
"""What an image layer tells a run, and what the layers of its results are told: axes, and the place of pixels in the world.

Nothing here knows napari: a layer is any object with its attributes, and a result is a *layer data tuple*, (data, attributes, kind).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple

import numpy as np
from biodl._pictures import LETTERS, MICROMETRES

LayerData = Tuple[Any, Dict[str, Any], str]

_USUAL = {2: "yx", 3: "zyx", 4: "tzyx", 5: "tczyx"}


def axes_of(ndim: int, labels: Optional[Sequence[str]] = None, axes: str = "") -> str:
    """Name the axes of an image, one letter out of t, z, c, y, x for each.

    Parameters
    ----------
    ndim : int
        Axes of the layer, the colours of RGB not counted.
    labels : sequence of str, optional
        The layer's own names. They count when all of them are known, such as "time" or "Z".
    axes : str
        What the user says, such as "tyx"; it wins. "" when nothing is said: a third axis is z, a fourth t, a fifth c.

    Raises
    ------
    ValueError
        When `axes` are not `ndim` different letters that hold y and x.
    """
    if axes:
        letters = axes.lower()
        if len(letters) != ndim or len(set(letters)) != ndim or not {"y", "x"} <= set(letters) <= set("tzcyx"):
            raise ValueError(f"The axes '{axes}' do not name the {ndim} axes of the layer: give one letter out of t, z, c, y, x for each")
        return letters
    known = "".join(LETTERS.get(str(label).lower(), "?").lower() for label in labels or ())
    if len(known) == ndim and "?" not in known and len(set(known)) == ndim and {"y", "x"} <= set(known):
        return known
    if ndim not in _USUAL:
        raise ValueError(f"A layer of {ndim} axes is no image of time, depth, channels, height and width")
    return _USUAL[ndim]


@dataclass(frozen=True)
class Place:
    """Where the pixels of a layer lie: world = affine . (rotate . shear . scale . pixel + translate), which is napari's own order.

    Attributes
    ----------
    axes : str
        One letter an axis of the layer.
    scale, translate : (n,) float
        In world units.
    rotate, shear : (n, n) float
    affine : (n + 1, n + 1) float
    units, labels : tuple, optional
        As the layer has them; None where napari is older than they are.
    """

    axes: str
    scale: np.ndarray
    translate: np.ndarray
    rotate: np.ndarray
    shear: np.ndarray
    affine: np.ndarray
    units: Optional[tuple] = None
    labels: Optional[tuple] = None

    @classmethod
    def of(cls, layer: Any, axes: str) -> Place:
        """The place of a layer, from its attributes; those that it has not are neutral."""
        n = len(axes)
        shear = getattr(layer, "shear", None)
        affine = getattr(layer, "affine", None)
        affine = getattr(affine, "affine_matrix", affine)
        units, labels = getattr(layer, "units", None), getattr(layer, "axis_labels", None)
        return cls(
            axes,
            np.array(getattr(layer, "scale", np.ones(n)), float),
            np.array(getattr(layer, "translate", np.zeros(n)), float),
            _matrix(getattr(layer, "rotate", None), n),
            _shear_matrix(shear, n),
            _matrix(affine, n + 1),
            tuple(units) if units is not None else None,
            tuple(labels) if labels is not None else None,
        )

    def along(self, axes: str) -> Place:
        """The place of what is left when the other axes are gone."""
        keep = [self.axes.index(axis) for axis in axes]
        square = np.ix_(keep, keep)
        corner = np.ix_(keep + [len(self.axes)], keep + [len(self.axes)])
        return Place(
            axes,
            self.scale[keep],
            self.translate[keep],
            self.rotate[square],
            self.shear[square],
            self.affine[corner],
            tuple(self.units[i] for i in keep) if self.units is not None else None,
            tuple(self.labels[i] for i in keep) if self.labels is not None else None,
        )

    def resampled(self, pitch: Mapping[str, float], origin: Mapping[str, float]) -> Place:
        """The place of an image whose pixel i lies at `origin + pitch * i` in pixels of this one, by axis; others stay."""
        start = np.array([origin.get(axis, 0.0) for axis in self.axes])
        step = np.array([pitch.get(axis, 1.0) for axis in self.axes])
        return replace(self, scale=self.scale * step, translate=self.translate + self.rotate @ self.shear @ (self.scale * start))

    def attributes(self) -> Dict[str, Any]:
        """As a layer is made with it; what is neutral is left out."""
        given: Dict[str, Any] = {"scale": tuple(self.scale.tolist()), "translate": tuple(self.translate.tolist())}
        for name in ("rotate", "shear", "affine"):
            matrix = getattr(self, name)
            if not np.array_equal(matrix, np.eye(len(matrix))):
                given[name] = matrix
        if self.units is not None:
            given["units"] = self.units
        if self.labels is not None:
            given["axis_labels"] = self.labels
        return given

    def world(self, pixels: np.ndarray) -> np.ndarray:
        """Points of (count, n) pixels in world coordinates."""
        inner = pixels @ (self.rotate @ self.shear @ np.diag(self.scale)).T + self.translate
        return inner @ self.affine[:-1, :-1].T + self.affine[:-1, -1]

    def micrometres(self) -> Optional[Dict[str, float]]:
        """Micrometres from one pixel to the next along z, y and x, as far as there are units; None without any."""
        if self.units is None:
            return None
        factors = {axis: MICROMETRES.get(str(unit).lower()) for axis, unit in zip(self.axes, self.units)}
        sizes = {axis: abs(step) * factors[axis] for axis, step in zip(self.axes, self.scale.tolist()) if axis in "zyx" and factors[axis]}
        return sizes or None


@dataclass(frozen=True)
class Source:
    """An image layer as a run sees it.

    Attributes
    ----------
    data : array
        As the layer has it: NumPy, dask, zarr; of a pyramid its full resolution.
    axes : str
        One letter an axis of `data`; RGB has c last.
    name : str
    place : Place
        Of the layer's own axes, without the c of RGB.
    look : dict
        Colormap, blending, gamma and contrast limits, as far as the layer has them.
    """

    data: Any
    axes: str
    name: str
    place: Place
    look: Mapping[str, Any]

    @classmethod
    def of(cls, layer: Any, axes: str = "") -> Source:
        """Take what a run needs from an image layer.

        Parameters
        ----------
        layer : napari.layers.Image, or anything with its attributes
        axes : str
            As for `axes_of`, the colours of RGB not named.
        """
        data = layer.data[0] if getattr(layer, "multiscale", False) else layer.data
        rgb = bool(getattr(layer, "rgb", False))
        names = axes_of(len(data.shape) - rgb, getattr(layer, "axis_labels", None), axes)
        if rgb and "c" in names:
            raise ValueError(f"The layer '{layer.name}' has colours as its last axis and cannot have an axis c besides")
        place = Place.of(layer, names)
        looks = ("colormap", "blending", "gamma", "contrast_limits")
        look = {name: getattr(layer, name) for name in looks if getattr(layer, name, None) is not None and not rgb}
        return cls(data[..., :3] if rgb else data, names + "c" * rgb, layer.name, place, look)

    @property
    def is_rgb(self) -> bool:
        """Whether its last axis are colours, which are no axis of the layer."""
        return "c" in self.axes and "c" not in self.place.axes

    def size(self, axis: str) -> int:
        """Pixels along an axis; 1 along one that it has not."""
        return int(self.data.shape[self.axes.index(axis)]) if axis in self.axes else 1

    def plane(self, point: Sequence[float]) -> Tuple[Source, Dict[str, int]]:
        """The plane that a viewer shows, and its index along the axes that it leaves out.

        Parameters
        ----------
        point : (n,) float
            In pixels along the layer's own axes; those of y and x do not matter.
        """
        index: Dict[str, int] = {}
        cut: list = []
        for axis, length in zip(self.axes, self.data.shape):
            if axis in "tz":
                index[axis] = int(np.clip(round(float(point[self.place.axes.index(axis)])), 0, length - 1))
            cut.append(index.get(axis, slice(None)))
        left = "".join(axis for axis in self.axes if axis not in index)
        place = self.place.along("".join(axis for axis in self.place.axes if axis not in index))
        return replace(self, data=self.data[tuple(cut)], axes=left, place=place), index


def visible(corners: np.ndarray, axes: str, height: int, width: int, reduced: Sequence[float] = ()) -> Tuple[int, int, int, int]:
    """The part of a plane that a viewer shows.

    Parameters
    ----------
    corners : (2, n) int
        `corner_pixels` of a layer: its first and last visible pixel along each of its axes.
    axes : str
        One letter an axis of the layer, RGB's c not counted.
    height, width : int
        Of the plane in pixels.
    reduced : (n,) float
        Of a pyramid: pixels for one of the shown level.

    Returns
    -------
    tuple of int
        top, left, height, width in pixels; the whole plane while nothing was drawn yet.
    """
    factor = np.array(reduced, float) if len(reduced) else np.ones(len(axes))
    first, last = np.asarray(corners, float) * factor
    step = dict(zip(axes, factor))
    box = []
    for axis, length in (("y", height), ("x", width)):
        at = axes.index(axis)
        start = int(np.clip(np.floor(first[at]), 0, length))
        end = int(np.clip(np.ceil(last[at] + step[axis]), 0, length))
        box.append((start, end))
    (top, bottom), (left, right) = box
    if bottom - top <= 1 or right - left <= 1:
        return 0, 0, height, width
    return top, left, bottom - top, right - left


def _matrix(given: Any, n: int) -> np.ndarray:
    matrix = np.eye(n) if given is None else np.array(given, float)
    return matrix if matrix.shape == (n, n) else np.eye(n)


def _shear_matrix(given: Any, n: int) -> np.ndarray:
    """A layer tells its shear as a matrix or as what stands above its diagonal; where there is none, as zeros of any length."""
    values = np.zeros(0) if given is None else np.array(given, float)
    if values.ndim == 2:
        return _matrix(values, n)
    matrix = np.eye(n)
    if values.any() and values.size == n * (n - 1) // 2:
        matrix[np.triu_indices(n, 1)] = values
    return matrix
