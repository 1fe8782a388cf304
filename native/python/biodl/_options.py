# SPDX-License-Identifier: MIT
"""The options of runs: their names and types, and the structs that the library takes."""
import ctypes
import difflib
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple, TypedDict, Union

import numpy as np

from . import _abi
from ._axes import Axes
from ._library import encoded
from ._views import View

_EXACTLY_ZERO = -1.0


class RunOptions(TypedDict, total=False):
    """
    How to run any network; None or left out: the default.

    Keys
    ----
    device : str
        "cpu", "cuda:0", ... ("auto": the fastest there is).
    channels : sequence of int or of sequences of int
        Channels of the image that the network sees, from 0, in its order; for several inputs one sequence each (all).
    region : tuple of int
        top, left, height, width in pixels: only this part of each plane is computed. Images have its size, objects their centroid in it;
        statistics stay those of the whole image (all).
    mask : array of Y, X
        Only where it is not 0 (everywhere).
    normalize : bool
        False: the pixels are normalised already (True).
    percentiles : tuple of float
        Low and high percentile of the normalisation, 0 to 100 (the model's own).
    percentile_values : tuple of float or sequence of such
        The values at the percentiles, low and high, for all channels or for each: taken from a whole of which this image is a block, so
        that blocks computed apart agree (taken from the image).
    scale_back : bool
        Outputs that are restored inputs come in the image's own unit (True).
    dark_objects : bool
        Dark objects on a bright ground count as bright ones on a dark ground (False).
    image_scale : float
        The network sees the image resampled by this factor along Y and X, 1/64 to 64; results keep the image's own pixels (1).
    object_diameter : float
        Diameter of the image's objects in pixels, in place of image_scale: brings the image to what the model was made for.
    pixel_size : tuple of float
        Micrometres from one pixel to the next along Z, Y, X, for the account (not known).
    channel_names : sequence of str
        Of the image, compared with what the model was made for (not known).
    tile : int
        Side of a tile in pixels, halo included (chosen by the cost model).
    memory_limit : int
        Bytes that tiles may take (a part of what is free).
    """

    device: Optional[str]
    channels: Union[Sequence[int], Sequence[Sequence[int]], None]
    region: Optional[Tuple[int, int, int, int]]
    mask: Any
    normalize: Optional[bool]
    percentiles: Optional[Tuple[float, float]]
    percentile_values: Union[Tuple[float, float], Sequence[Tuple[float, float]], None]
    scale_back: Optional[bool]
    dark_objects: Optional[bool]
    image_scale: Optional[float]
    object_diameter: Optional[float]
    pixel_size: Optional[Tuple[float, float, float]]
    channel_names: Optional[Sequence[str]]
    tile: Optional[int]
    memory_limit: Optional[int]


class PixelOptions(RunOptions, total=False):
    """
    How to make images: options of any run, and one more.

    Keys
    ----
    dtype : NumPy's type
        Of the result: uint8, uint16, uint32, float32, int8 or int16; values are rounded and clipped to it (what fits).
    """

    dtype: Any


class StarOptions(TypedDict, total=False):
    """
    Which candidates are objects, and what becomes of them; None or left out: the default.

    Keys
    ----
    prob_threshold : float
        Objects are more probable than this, 0 to 1 (the model's own).
    overlap_threshold : float
        An object goes that shares more than this part of its area with a more probable one, 0 to 1 (the model's own).
    border : int
        Grid cells along the border in which no object is predicted, from 0 (the model's own).
    vertices : str
        "exact": overlaps of the predicted polygons. "integer": vertices are cut to whole pixels first, as StarDist does ("exact").
    label_scope : str
        "plane": labels start at 1 in every plane. "unique": in the whole series. "track": those of `link` ("plane").
    exclude_edges : bool
        Leave out objects with a pixel in the first or last row or column (False).
    min_area, max_area : float
        Pixels of its label that an object has at least and at most (no limit).
    grow : float
        Pixels by which labels grow into the background, up to 1000 (0).
    rings : bool
        Labels are what they grew by, without the object inside (False).
    link : str
        "frames" or "slices": objects of consecutive ones that overlap are linked ("none").
    link_overlap : float
        IoU that a link needs, above 0 to 1 (0.25).
    origin : tuple of int
        y and x of the image's first pixel in a whole of which it is a block: vertices are rounded as in the whole, so that blocks computed
        apart agree to the bit. Coordinates stay the image's own ((0, 0)).
    """

    prob_threshold: Optional[float]
    overlap_threshold: Optional[float]
    border: Optional[int]
    vertices: Optional[str]
    label_scope: Optional[str]
    exclude_edges: Optional[bool]
    min_area: Optional[float]
    max_area: Optional[float]
    grow: Optional[float]
    rings: Optional[bool]
    link: Optional[str]
    link_overlap: Optional[float]
    origin: Optional[Tuple[int, int]]


class SegmentOptions(RunOptions, StarOptions, total=False):
    """
    All options of a segmentation: those of any run, those of objects, and one more.

    Keys
    ----
    maps : bool
        Keep what the network predicts of whole planes, too: ``objects.maps["prob"]`` and ``["dist"]`` (False).
    """

    maps: bool


_WORDS = {
    "vertices": {"exact": _abi.BIODL_VERTICES_EXACT, "integer": _abi.BIODL_VERTICES_INTEGER},
    "label_scope": {"plane": _abi.BIODL_LABELS_PER_PLANE, "unique": _abi.BIODL_LABELS_UNIQUE, "track": _abi.BIODL_LABELS_TRACK},
    "link": {"none": _abi.BIODL_LINK_NONE, "frames": _abi.BIODL_LINK_FRAMES, "slices": _abi.BIODL_LINK_SLICES},
}
RUN_NAMES = frozenset(RunOptions.__annotations__)
STAR_NAMES = frozenset(StarOptions.__annotations__)


def given(options: Mapping[str, Any], allowed) -> Dict[str, Any]:
    """The options that say something; TypeError for names that are none."""
    for name in options:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, 1)
            raise TypeError(f"'{name}' is no option{f': do you mean {near[0]}?' if near else ' of this call.'}")
    return {name: value for name, value in options.items() if value is not None}


def word(name: str, value: str) -> int:
    """The number of a word."""
    if value not in _WORDS[name]:
        raise ValueError(f"{name} is one of {', '.join(map(repr, _WORDS[name]))}, not {value!r}.")
    return _WORDS[name][value]


def run_struct(options: Mapping[str, Any], inputs: int = 1) -> _abi.biodl_run_options:
    """The options that `given` gave as a struct, which keeps what it points to."""
    struct = _abi.biodl_run_options(struct_size=ctypes.sizeof(_abi.biodl_run_options))
    for name, value in options.items():
        if name in _RUN_SETTERS:
            _RUN_SETTERS[name](struct, value)
        elif name == "channels":
            _channels(struct, value, inputs)
        elif name in RUN_NAMES:
            setattr(struct, name, value)
    return struct


def star_struct(options: Mapping[str, Any]) -> _abi.biodl_star_options:
    """The options of objects as a struct."""
    struct = _abi.biodl_star_options(struct_size=ctypes.sizeof(_abi.biodl_star_options))
    for name, value in options.items():
        if name in _STAR_SETTERS:
            _STAR_SETTERS[name](struct, value)
        elif name in STAR_NAMES:
            setattr(struct, name, value)
    return struct


def exact(threshold: float) -> float:
    """A threshold as the library takes it, for which 0 is the default."""
    return threshold if threshold != 0 else _EXACTLY_ZERO


def _zero_counts(field):
    def set_to(struct, value):
        setattr(struct, field, exact(value))
    return set_to


def _border(struct, value):
    struct.border = value if value > 0 else -1


def _link_overlap(struct, value):
    if not 0 < value <= 1:
        raise ValueError(f"link_overlap is above 0 and at most 1, not {value}.")
    struct.link_overlap = value


_STAR_SETTERS = {
    "prob_threshold": _zero_counts("prob_threshold"),
    "overlap_threshold": _zero_counts("overlap_threshold"),
    "border": _border,
    "link_overlap": _link_overlap,
    "origin": lambda struct, value: struct.origin.__setitem__(slice(None), tuple(map(int, value))),
    "vertices": lambda struct, value: setattr(struct, "vertices", word("vertices", value)),
    "label_scope": lambda struct, value: setattr(struct, "label_scope", word("label_scope", value)),
    "link": lambda struct, value: setattr(struct, "link", word("link", value)),
}


def _percentiles(struct, value):
    struct.percentile_low, struct.percentile_high = value
    if not 0 <= struct.percentile_low < struct.percentile_high <= 100:
        raise ValueError(f"percentiles are two numbers of 0 to 100, the lower one first, not {value}.")


def _percentile_values(struct, value):
    pairs = np.atleast_2d(np.asarray(value, np.float64))
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise ValueError("percentile_values are a low and a high value, or such a pair for each channel.")
    struct.percentile_values = (_abi.biodl_range * len(pairs))(*[tuple(pair) for pair in pairs.tolist()])
    struct.percentile_values_count = len(pairs)


def _mask(struct, value):
    mask = np.asarray(value)
    if mask.ndim != 2:
        raise ValueError(f"A mask has the axes Y, X, not the shape {mask.shape}.")
    view = View(mask if mask.dtype in (np.uint8, bool) else mask != 0, Axes("YX", mask.shape))
    struct.mask, struct.mask_view = view.pointer, view


def _channels(struct, value, inputs):
    lists = [value] if all(np.isscalar(one) for one in value) else list(value)
    if len(lists) == 1:
        lists = lists * inputs
    chosen = (_abi.biodl_channels * len(lists))()
    for entry, numbers in zip(chosen, lists):
        entry.index, entry.count = (ctypes.c_int32 * len(numbers))(*map(int, numbers)), len(numbers)
    struct.channels, struct.channels_count = chosen, len(lists)


_RUN_SETTERS = {
    "device": lambda struct, value: setattr(struct, "device", encoded(value)),
    "normalize": lambda struct, value: setattr(struct, "normalize",
        _abi.BIODL_NORMALIZE_DEFAULT if value else _abi.BIODL_NORMALIZE_NONE),
    "scale_back": lambda struct, value: setattr(struct, "scale", _abi.BIODL_SCALE_BACK if value else _abi.BIODL_SCALE_NONE),
    "percentiles": _percentiles,
    "percentile_values": _percentile_values,
    "mask": _mask,
    "region": lambda struct, value: struct.region.__setitem__(slice(None), tuple(map(int, value))),
    "pixel_size": lambda struct, value: struct.pixel_size.__setitem__(slice(None), tuple(map(float, value))),
    "channel_names": lambda struct, value: setattr(struct, "channel_names", "\n".join(value).encode("utf-8")),
}
