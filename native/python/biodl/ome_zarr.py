# SPDX-License-Identifier: MIT
"""
OME-Zarr 0.4 and 0.5: images and labels of any size, with their levels, axes, units and places in space.

>>> from biodl import dask, ome_zarr
>>> image = ome_zarr.read("field.zarr")
>>> labels, objects = dask.segment(image.data, axes=image.axes, **image.options)
>>> ome_zarr.write_labels("field.zarr", labels, "nuclei")

An image lies in a folder. Version 0.4 stands on Zarr of format 2, version 0.5 on format 3; zarr-python 2 and 3 both do (format 3 without
shards by zarr-python 2). References: https://ngff.openmicroscopy.org/0.4 and /0.5.
"""
from dataclasses import dataclass
from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np

from . import _zarr

VERSIONS = ("0.4", "0.5")
_UNFINISHED = "biodl_unfinished"
_TYPES = {"T": "time", "C": "channel", "Z": "space", "Y": "space", "X": "space"}
_MICROMETRES = {"angstrom": 1e-4, "nanometer": 1e-3, "micrometer": 1.0, "millimeter": 1e3, "centimeter": 1e4, "meter": 1e6}


@dataclass(frozen=True)
class Image:
    """
    A level of an image, or of its labels.

    Attributes
    ----------
    data : dask array
        Read when it is computed.
    axes : str
        A letter each of T, C, Z, Y, X.
    scale, translation : tuple of float
        For each axis: from one pixel to the next, and where the centre of the first one is, in `units`.
    units : tuple of str or None
        Such as "micrometer" and "second".
    name : str
    channel_names : tuple of str
        Empty where nothing is said.
    levels : int
        How many there are.
    labels : tuple of str
        Names of the label images of this image.
    version : str
        Of OME-Zarr.
    """

    data: Any
    axes: str
    scale: Tuple[float, ...]
    translation: Tuple[float, ...]
    units: Tuple[Optional[str], ...]
    name: str
    channel_names: Tuple[str, ...]
    levels: int
    labels: Tuple[str, ...]
    version: str

    @property
    def pixel_size(self) -> Tuple[float, float, float]:
        """Micrometres from one pixel to the next along Z, Y, X; 0 where it is not known."""
        known = {axis: step * _MICROMETRES.get(unit, 0) for axis, step, unit in zip(self.axes, self.scale, self.units)}
        return known.get("Z", 0.0), known.get("Y", 0.0), known.get("X", 0.0)

    @property
    def options(self) -> Dict[str, Any]:
        """What a run may know of the image: pixel size and names of channels."""
        told = {"pixel_size": self.pixel_size} if any(self.pixel_size) else {}
        return {**told, "channel_names": self.channel_names} if self.channel_names else told


def read(store, level: int = 0, labels: Optional[str] = None) -> Image:
    """
    Open an image, or labels of it; no pixel is read.

    Parameters
    ----------
    store : path
        Folder of the image.
    level : int
        0 is the image itself, each further one is smaller.
    labels : str, optional
        Name of a label image.

    Raises
    ------
    ValueError
        It is no OME-Zarr image of a known version, has no such level or labels, or has chunks that need zarr 3.
    """
    import dask.array as da
    path = "" if labels is None else f"labels/{labels}"
    said, version = _said(store, path)
    if "multiscales" not in said:
        raise ValueError(f"{store}{f'/{path}' if path else ''} is no OME-Zarr image of version {' or '.join(VERSIONS)}.")
    scales = said["multiscales"][0]
    datasets, axes = scales["datasets"], scales["axes"]
    if not 0 <= level < len(datasets):
        raise ValueError(f"{store} has levels 0 to {len(datasets) - 1}, not {level}.")
    letters = "".join(axis["name"][:1].upper() for axis in axes)
    if not set(letters) <= set(_TYPES) or len(set(letters)) < len(letters):
        raise ValueError(f"{store} has the axes {', '.join(axis['name'] for axis in axes)}; known are t, c, z, y, x.")
    steps = datasets[level].get("coordinateTransformations", []), scales.get("coordinateTransformations", [])
    scale, translation = _place(*steps, len(axes))
    array = _zarr.open_array(store, "/".join(filter(None, (path, datasets[level]["path"]))))
    channels = said.get("omero", {}).get("channels", [])
    return Image(da.from_zarr(array) if array.dtype.isnative else da.from_zarr(array).astype(array.dtype.newbyteorder("=")), letters, scale,
        translation, tuple(axis.get("unit") for axis in axes), scales.get("name", ""),
        tuple(channel.get("label", "") for channel in channels), len(datasets),
        tuple(_said(store, "labels")[0].get("labels", ())) if labels is None else (), version)


def write(store, image, axes: str, *, scale: Optional[Sequence[float]] = None, translation: Optional[Sequence[float]] = None,
        units: Optional[Sequence[Optional[str]]] = None, name: str = "", channel_names: Sequence[str] = (), chunk: int = 1024,
        version: str = "0.4") -> None:
    """
    Write an image with its levels, each half as large along Y and X, by means.

    It is an image when its description is there, which is written last: what was begun and not ended is none, and may be written anew.

    Parameters
    ----------
    store : path
        Folder that is not there, is empty, or holds what a call before did not end.
    image : array
        NumPy or dask: that one is computed block by block, by its scheduler.
    axes : str
        Such as "TCZYX", of which OME-Zarr wants this order; "YXC" is turned.
    scale, translation : sequence of float, optional
        For each axis as given, in `units` (1 and 0).
    units : sequence of str, optional
        For each axis, such as "micrometer" (none).
    name : str
    channel_names : sequence of str
    chunk : int
        Side of a chunk along Y and X; along other axes it is 1.
    version : str
        "0.4" or "0.5".

    Raises
    ------
    FileExistsError, ValueError
    """
    zarr_format = _format(version)
    if not _zarr.is_empty(store) and _UNFINISHED not in _zarr.attributes(store):
        raise FileExistsError(f"{store} is there and not empty: name another folder.")
    _zarr.remove(store)
    array, letters, order = _ordered(image, axes)
    place = _Place(letters, *(tuple(value[axis] for axis in order) for value in (
        scale or (1.0,) * len(axes), translation or (0.0,) * len(axes), units or (None,) * len(axes))))
    _zarr.write_group(store, "", zarr_format, {_UNFINISHED: True})
    described = _levels(store, "", array, place, zarr_format, chunk, _half_by_means)
    told = {"multiscales": [{**described, "name": name or "image", "type": "mean"}]}
    if channel_names:
        told["omero"] = {"channels": [_channel(label, array.dtype) for label in channel_names]}
    _describe(store, "", told, version)


def write_labels(store, labels, name: str = "labels", axes: Optional[str] = None, *, properties: Optional[Dict[str, Sequence]] = None,
        chunk: int = 1024, overwrite: bool = False) -> None:
    """
    Write labels into the group `labels` of an image, in its place in space and its version; levels take the upper left of four pixels.

    Parameters
    ----------
    store : path
        Of the image.
    labels : array of whole numbers
        NumPy or dask.
    name : str
        Of the label image.
    axes : str, optional
        Of the labels (those of the image without C).
    properties : dict of sequences, optional
        Columns with a row a label, of which one is called "label", such as ``objects.table()``: they are written as properties of the
        label image. For thousands of objects, not for millions.
    chunk : int
        As for `write`.
    overwrite : bool
        Replace labels of this name.

    Raises
    ------
    FileExistsError, ValueError
    """
    source, path = read(store), f"labels/{name}"
    axes = source.axes.replace("C", "") if axes is None else axes.upper()
    if np.dtype(labels.dtype).kind not in "iu":
        raise ValueError(f"Labels are whole numbers, not {labels.dtype}.")
    if "multiscales" in _said(store, path)[0] and not overwrite:
        raise FileExistsError(f"{store} has labels '{name}' already: allow overwrite=True, or name others.")
    _zarr.remove(store, path)
    array, letters, _ = _ordered(labels, axes)
    known = {axis: values for axis, *values in zip(source.axes, source.scale, source.translation, source.units)}
    place = _Place(letters, *zip(*(known.get(axis, (1.0, 0.0, None)) for axis in letters)))
    zarr_format = _format(source.version)
    _zarr.write_group(store, path, zarr_format, {})
    described = _levels(store, path, array, place, zarr_format, chunk, _half_by_first)
    about = {"source": {"image": "../../"}, **({"version": source.version} if source.version == "0.4" else {})}
    if properties is not None:
        about["properties"] = _rows(properties)
    _describe(store, path, {"multiscales": [{**described, "name": name, "type": "nearest"}], "image-label": about}, source.version)
    names = [*(other for other in source.labels if other != name), name]
    _describe(store, "labels", {"labels": names}, source.version)


@dataclass(frozen=True)
class _Place:
    axes: str
    scale: Tuple[float, ...]
    translation: Tuple[float, ...]
    units: Tuple[Optional[str], ...]

    def at(self, level: int):
        """Transformations of a level: a pixel is the mean of 2^level pixels along Y and X, and its centre lies in their middle."""
        size = [2 ** level if axis in "YX" else 1 for axis in self.axes]
        return [{"type": "scale", "scale": [step * by for step, by in zip(self.scale, size)]},
            {"type": "translation", "translation": [start + (by - 1) / 2 * step
                for start, step, by in zip(self.translation, self.scale, size)]}]

    @property
    def described(self):
        return [{"name": axis.lower(), "type": _TYPES[axis], **({"unit": unit} if unit else {})}
            for axis, unit in zip(self.axes, self.units)]


def _said(store, path):
    """The attributes that OME-Zarr gives a group, and their version."""
    told = _zarr.attributes(store, path)
    if "ome" in told:
        return told["ome"], told["ome"].get("version", "0.5")
    return told, "0.4"


def _describe(store, path, told, version):
    _zarr.write_group(store, path, _format(version), {"ome": {"version": version, **told}} if version == "0.5"
        else {**told, **({"multiscales": [{"version": version, **told["multiscales"][0]}]} if "multiscales" in told else {})})


def _format(version):
    if version not in VERSIONS:
        raise ValueError(f"version is one of {', '.join(map(repr, VERSIONS))}, not {version!r}.")
    return 2 if version == "0.4" else 3


def _ordered(image, axes):
    """A dask array in the order that OME-Zarr wants, its axes, and where each of them was."""
    import dask.array as da
    axes = axes.upper().replace("S", "C")
    array = da.asanyarray(image)
    if len(axes) != array.ndim or len(set(axes)) < len(axes) or not set(axes) <= set(_TYPES) or not {"Y", "X"} <= set(axes):
        raise ValueError(f"axes='{axes}' are not the axes of an array of shape {array.shape}: a letter each of T, C, Z, Y, X.")
    order = [axes.index(axis) for axis in "TCZYX" if axis in axes]
    return array.transpose(order), "".join(axes[axis] for axis in order), order


def _levels(store, path, array, place, zarr_format, chunk, half):
    """Write all levels, each from the one before as it lies on disk; their description."""
    import dask.array as da
    datasets, level = [], 0
    while True:
        chunks = tuple(min(chunk, size) if axis in "YX" else 1 for axis, size in zip(place.axes, array.shape))
        where = "/".join(filter(None, (path, str(level))))
        target = _zarr.create_array(store, where, zarr_format, array.shape, chunks, array.dtype, [axis.lower() for axis in place.axes])
        da.store(array.rechunk(chunks), target, lock=False)
        datasets.append({"path": str(level), "coordinateTransformations": place.at(level)})
        if max(array.shape[-2:]) <= chunk:
            return {"axes": place.described, "datasets": datasets}
        array, level = half(da.from_zarr(_zarr.open_array(store, where)).rechunk((*chunks[:-2], 2 * chunk, 2 * chunk))), level + 1


def _half_by_first(array):
    return array[..., ::2, ::2]


def _half_by_means(array):
    import dask.array as da
    smaller = [tuple(-(-size // 2) for size in sizes) for sizes in array.chunks[-2:]]
    return da.map_blocks(_means, array, dtype=array.dtype, chunks=(*array.chunks[:-2], *smaller))


def _means(block):
    """Of two by two pixels; the last row or column of an odd number stands for two."""
    odd = [(0, 0)] * (block.ndim - 2) + [(0, size % 2) for size in block.shape[-2:]]
    whole = np.pad(block, odd, mode="edge")
    parts = sum(whole[..., y::2, x::2].astype(np.float64) for y in (0, 1) for x in (0, 1)) / 4
    return (np.rint(parts) if block.dtype.kind in "iu" else parts).astype(block.dtype)


def _place(own, common, count):
    """Scale and translation of a level: its own transformations, then those of all levels."""
    scale, translation = np.ones(count), np.zeros(count)
    for step in [*own, *common]:
        if step["type"] == "scale" and "scale" in step:
            scale, translation = scale * step["scale"], translation * step["scale"]
        elif step["type"] == "translation" and "translation" in step:
            translation = translation + step["translation"]
        elif step["type"] != "identity":
            raise ValueError(f"The coordinate transformation {step['type']} is not known: scale and translation with their values are.")
    return tuple(scale.tolist()), tuple(translation.tolist())


def _channel(label, dtype):
    end = np.iinfo(dtype).max if np.dtype(dtype).kind in "iu" else 1
    return {"label": label, "color": "FFFFFF", "active": True, "window": {"min": 0, "start": 0, "end": int(end), "max": int(end)}}


def _rows(columns):
    names = [name for name in columns if name != "label"]
    return [{"label-value": int(label), **{name: np.asarray(columns[name][row]).item() for name in names}}
        for row, label in enumerate(columns["label"])]
