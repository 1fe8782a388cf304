# SPDX-License-Identifier: MIT
"""What a user calls an image: arrays, and arrays whose axes have names, coordinates and units."""
import numpy as np

from ._axes import CANONICAL, Axes
from ._views import Result, View

_NAMES = {
    "T": ("t", "time", "frame"),
    "Z": ("z", "plane", "slice", "depth"),
    "C": ("c", "channel", "ch", "s", "sample", "band", "rgb"),
    "Y": ("y", "row", "height"),
    "X": ("x", "col", "column", "width"),
}
LETTERS = {name: axis for axis, names in _NAMES.items() for name in names}
MICROMETRES = {"um": 1.0, "µm": 1.0, "μm": 1.0, "micron": 1.0, "microns": 1.0, "micrometer": 1.0, "micrometre": 1.0, "micrometers": 1.0,
    "nm": 1e-3, "nanometer": 1e-3, "nanometre": 1e-3, "mm": 1e3, "millimeter": 1e3, "millimetre": 1e3, "m": 1e6, "meter": 1e6}


class Picture:
    """
    An image that a user gave.

    Parameters
    ----------
    image
        An array of NumPy, an xarray.DataArray, a dask, zarr or HDF5 array, or what numpy.asarray takes.
    axes : str, optional
        Of the array; of a DataArray its dims say it.
    """

    def __init__(self, image, axes=None):
        self.labelled = image if hasattr(image, "dims") and hasattr(image, "coords") else None
        if self.labelled is not None:
            image = image.data      # .values would compute a dask array
            axes = axes or self._letters()
        self.array = image if hasattr(image, "dtype") and hasattr(image, "shape") else np.asarray(image)
        self.axes = Axes(axes, self.array.shape)

    def view(self, labels: bool = False) -> View:
        """As the library sees it."""
        return View(self.array, self.axes, labels)

    @property
    def dtype(self) -> np.dtype:
        return np.dtype(self.array.dtype)

    @property
    def pixel_size(self):
        """Micrometres along Z, Y, X by the coordinates of a DataArray, 0 where they do not say; None: of no axis."""
        if self.labelled is None:
            return None
        sizes = tuple(self._step(axis) for axis in "ZYX")
        return sizes if any(sizes) else None

    def like(self, result: Result, name: str, pitch=(1, 1, 1), origin=(0, 0, 0), channel_names=()):
        """A result as the user's kind of array: a DataArray has the dims of this one, and the places of its pixels as coordinates."""
        array = result.array()
        if self.labelled is None:
            return array
        dims = [self._dim(letter) for letter in result.axes.letters]
        coords = {}
        for letter, dim, size in zip(result.axes.letters, dims, array.shape):
            at = "ZYX".index(letter) if letter in "ZYX" else None
            coord = self._coord(letter, size, 1 if at is None else pitch[at], 0 if at is None else origin[at])
            if letter == "C" and coord is None and any(channel_names):
                coord = (dim, list(channel_names))
            if coord is not None:
                coords[dim] = coord
        return type(self.labelled)(array, dims=dims, coords=coords, name=name)

    def _letters(self):
        try:
            return "".join(LETTERS[str(dim).lower()] for dim in self.labelled.dims)
        except KeyError as dim:
            raise ValueError(f"The dims {self.labelled.dims} have a {dim} that is none of t, z, c, y, x: name the axes.") from None

    def _dim(self, letter):
        return self.labelled.dims[self.axes.letters.index(letter)] if letter in self.axes.letters else letter.lower()

    def _coord(self, letter, size, pitch, origin):
        """Coordinates of `size` pixels whose first lies at pixel `origin` of this image, with their attributes (units)."""
        dim = self._dim(letter)
        if dim not in self.labelled.coords:
            return None
        given = self.labelled.coords[dim]
        if pitch == 1 and float(origin).is_integer() and int(origin) + size <= given.size:
            return given[int(origin):int(origin) + size]
        if letter not in "ZYX" or given.dtype.kind not in "iuf" or given.size < 2:
            return None
        values, places = np.asarray(given.values, np.float64), origin + pitch * np.arange(size)
        below = np.clip(places.astype(int), 0, given.size - 2)
        return dim, values[below] + (places - below) * (values[below + 1] - values[below]), given.attrs

    def _step(self, axis):
        dim = self._dim(axis)
        coord = self.labelled.coords[dim] if dim in self.labelled.coords and axis in self.axes.letters else None
        factor = None if coord is None else MICROMETRES.get(str(coord.attrs.get("units", coord.attrs.get("unit", ""))).lower())
        if factor is None or coord.size < 2 or coord.dtype.kind not in "iuf":
            return 0.0
        return abs(float(coord[-1] - coord[0])) / (coord.size - 1) * factor


assert set(_NAMES) == set(CANONICAL)
