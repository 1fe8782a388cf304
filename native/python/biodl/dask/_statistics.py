# SPDX-License-Identifier: MIT
"""
What the normalisation takes from the whole image: percentiles as exact as the library's, or mean and deviation, over blocks.

Nothing is sorted: whole numbers are counted by value, others by the upper 16 bits of their order as float32 and then, in the few bins
where the wanted ranks lie, by the lower 16. Blocks send their counts, no pixels. Percentiles are NumPy's linear ones (definition 7 of
Hyndman and Fan, Sample quantiles in statistical packages, 1996).
"""
import warnings
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

import dask
import numpy as np

_BINS = 1 << 16
# What intensities are taken from where they are turned over, as the library does; 0 for floating point.
_LARGEST = {"u1": 255, "b1": 255, "u2": 65535, "i1": -1, "i2": -1}
_FINITE = slice(0x0080, 0xFF80)       # upper halves of the order of float32 between the infinities, NaN beyond them


@dataclass(frozen=True)
class Needs:
    """
    What a model's normalisation takes.

    Attributes
    ----------
    kind : str
        "percentiles", "moments", or "" where nothing is taken from the image.
    percentiles : tuple of float
        Low and high, 0 to 100.
    eps : float
        Added to the deviation.
    all_frames, all_slices, joint : bool
        Taken over all frames, slices, channels together.
    dark : bool
        Of intensities that are turned over.
    """

    kind: str
    percentiles: Tuple[float, float] = (0, 0)
    eps: float = 0
    all_frames: bool = False
    all_slices: bool = False
    joint: bool = False
    dark: bool = False


def needs_of(model, options: Dict[str, Any]) -> Needs:
    """
    Ask the account of a run over a little noise.

    Raises
    ------
    ValueError
        The model takes from the image what blocks cannot be given.
    """
    if options.get("normalize") is False or options.get("percentile_values") is not None:
        return Needs("")
    first = model.inputs[0]
    low, z = first.min[1:], max(2, first.min[0])
    noise = np.random.default_rng(0).integers(0, 255, (2, z, first.channels, *low), np.uint8)
    asked = {name: options[name] for name in ("percentiles",) if name in options}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        account = model.run(noise, "TZCYX", **asked)[1].account
    taken = [entry for entry in account["statistics"] if entry["tensor"] == first.name]
    steps = [step for step in account["processing"] if step.get("tensor") == first.name]
    if not taken:
        return Needs("")
    if len({entry["operation"] for entry in account["statistics"]}) > 1 or steps[0]["operation"] != taken[0]["operation"]:
        raise ValueError(f"{model.info.name} takes from the image what blocks cannot be given ({', '.join(first.processing)}): "
            "statistics='block', or run it over the whole image.")
    entry = taken[0]
    dark = bool(options.get("dark_objects"))
    over = dict(dark=dark, all_frames=entry["t"] is None, all_slices=entry["z"] is None, joint=entry["c"] is None)
    eps = float(steps[0].get("eps", 0))
    if "low" not in entry and dark:
        raise ValueError(f"{model.info.name} normalises by mean and deviation: turn the intensities over before, instead of dark_objects.")
    if "low" not in entry:
        return Needs("moments", eps=eps, **over)
    pair = options.get("percentiles") or (steps[0]["low_percentile"], steps[0]["high_percentile"])
    return Needs("percentiles", tuple(map(float, pair)), eps, **over)


class Statistics:
    """
    The values for each block of an image.

    Parameters
    ----------
    image : dask array
        T, Z, C, Y, X.
    groups : sequence of tuples of int
        Channels of each run of the network.
    needs : Needs

    Attributes
    ----------
    values : dict
        Two values for each place: frame and slice, None where all are together, and channels.
    """

    def __init__(self, image, groups, needs: Needs):
        self.needs, self._groups = needs, [tuple(group) for group in groups]
        places = sorted({self._place(frame, z, channel) for frame in range(image.shape[0]) for z in range(image.shape[1])
            for group in self._groups for channel in group}, key=str)
        take = {"percentiles": _percentiles, "moments": _moments}.get(needs.kind)
        values = take([self._part(image, place) for place in places], needs) if take else []
        self.values = dict(zip(places, values))

    def of(self, block) -> Optional[List[Tuple[float, float]]]:
        """Two values for each channel of a block; None: nothing was taken."""
        if not self.needs.kind:
            return None
        return [self.values[self._place(block.frame, block.core[0][0], channel)] for channel in block.channels]

    def _place(self, frame, z, channel):
        group = next(group for group in self._groups if channel in group)
        return (None if self.needs.all_frames else frame, None if self.needs.all_slices else z,
            group if self.needs.joint else (channel,))

    @staticmethod
    def _part(image, place):
        frame, z, channels = place
        part = image if frame is None else image[frame:frame + 1]
        part = part if z is None else part[:, z:z + 1]
        return part if len(channels) == part.shape[2] else part[:, :, list(channels)]


def _percentiles(parts, needs):
    dtype = parts[0].dtype
    turn = (lambda value: _LARGEST.get(dtype.str[1:], 0) - value) if needs.dark else (lambda value: value)
    whole = dtype.kind in "iub" and dtype.itemsize <= 2
    upper = dask.compute([_sum(part, _count_whole if whole else _count_upper) for part in parts])[0]
    finite = slice(None) if whole else _FINITE
    if not all(counts[finite].any() for counts in upper):
        raise ValueError("A plane, or the image, has no finite value: there are no percentiles to normalise by.")
    ranks = [_ranks(int(counts[finite].sum()), needs) for counts in upper]
    bins = [[_find(counts, rank + counts[:finite.start or 0].sum()) for rank, _ in wanted] for counts, wanted in zip(upper, ranks)]
    if whole:
        values = [[turn(upper + _least(dtype)) for upper, _ in found] for found in bins]
    else:
        lower = dask.compute([_sum(part, _count_lower, sorted({upper for upper, _ in found})) for part, found in zip(parts, bins)])[0]
        values = [list(map(turn, _floats(found, counts))) for found, counts in zip(bins, lower)]
    return [(_between(*four[:2], wanted[0][1]), _between(*four[2:], wanted[2][1])) for four, wanted in zip(values, ranks)]


def _moments(parts, needs):
    joined = dask.compute([_sum(part, _Moments.of) for part in parts])[0]
    return [(moments.mean, (moments.squares / moments.count) ** 0.5 if moments.count else 0.0) for moments in joined]


@dataclass(frozen=True)
class _Moments:
    """Count, mean and squares around it, joined as Chan, Golub and LeVeque (1979) do, so that a large mean loses nothing."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, values):
        values = np.asarray(values, np.float64)
        values = values[np.isfinite(values)]
        mean = float(values.mean()) if values.size else 0.0
        return cls(values.size, mean, float(np.square(values - mean).sum()))

    def __radd__(self, _):
        return self

    def __add__(self, other):
        count, away = self.count + other.count, other.mean - self.mean
        if count == 0:
            return self
        return _Moments(count, self.mean + away * other.count / count,
            self.squares + other.squares + away * away * self.count * other.count / count)


def _sum(part, count, *arguments):
    """The sum of what each chunk counts, added up as a tree."""
    tasks = [dask.delayed(count)(chunk, *arguments) for chunk in part.to_delayed().ravel()]
    while len(tasks) > 1:
        tasks = [dask.delayed(sum)(tasks[first:first + 8]) for first in range(0, len(tasks), 8)]
    return tasks[0]


def _least(dtype):
    return int(np.iinfo(dtype).min) if dtype.kind != "b" else 0


def _count_whole(values):
    return np.bincount(values.ravel().astype(np.int64) - _least(values.dtype), minlength=_BINS)


def _order(values):
    """Bits that sort as float32 values do."""
    bits = np.ascontiguousarray(values, np.float32).ravel().view(np.uint32)
    return np.where(bits >> 31 != 0, ~bits, bits | np.uint32(1 << 31))


def _count_upper(values):
    return np.bincount(_order(values) >> 16, minlength=_BINS)


def _count_lower(values, uppers):
    order = _order(values)
    return np.stack([np.bincount(order[order >> 16 == upper] & 0xFFFF, minlength=_BINS) for upper in uppers])


def _ranks(count, needs):
    """For each percentile the rank below and the next one, each with the part of the way between them; from above where turned over."""
    ranks = []
    for percent in needs.percentiles:
        rank = (count - 1) * (percent / 100)
        below = min(int(rank), count - 1)
        ranks += [(place, rank - below) for place in (below, min(below + 1, count - 1))]
    return [(count - 1 - place, weight) for place, weight in ranks] if needs.dark else ranks


def _find(counts, rank):
    """The bin that holds a rank, and the rank in it."""
    ends = np.cumsum(counts)
    found = int(np.searchsorted(ends, rank, side="right"))
    return found, int(rank - (ends[found - 1] if found else 0))


def _between(below, above, weight):
    difference = float(above - below)       # float32 neighbours are subtracted as float32, as NumPy does
    below, above = float(below), float(above)
    return below + difference * weight if weight < 0.5 else above - difference * (1 - weight)


def _floats(found, counts):
    """The float32 values of ranks: the upper half of their order, and the counts of the lower halves."""
    uppers = sorted({upper for upper, _ in found})
    order = np.array([upper << 16 | _find(counts[uppers.index(upper)], within)[0] for upper, within in found], np.uint32)
    return np.where(order >> 31 != 0, order ^ np.uint32(1 << 31), ~order).view(np.float32)
