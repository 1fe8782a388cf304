# SPDX-License-Identifier: MIT
"""Objects of blocks: found with the surroundings that decide about them, owned once, numbered over the whole image."""
import warnings
from typing import Any, Dict, List, Tuple

import dask
import dask.array as da
import numpy as np

from ..errors import BioDLWarning
from ._blocks import neighbours
from ._kept import load
from ._work import Work, opened, prepared

_SCOPES = ("unique", "plane")
# What a block keeps besides its objects: its pixels, which objects they show, and the names of those that it owns.
_OF_BLOCKS = ("labels", "shown", "names")


class Objects:
    """
    The objects of an image of blocks: a table in as many parts as there are blocks, of which none has to be in memory.

    Attributes
    ----------
    parts : list of dask.delayed.Delayed
        A dict of arrays each, with the entries of `biodl.Objects`, in pixels of the whole image and with the labels of the label image.
    count : int
        Objects in all parts.
    """

    def __init__(self, parts: List[Any], count: int):
        self.parts, self.count = parts, count

    def __repr__(self) -> str:
        return f"<{self.count} objects in {len(self.parts)} parts>"

    def to_bag(self):
        """A dask.bag with one dict a part."""
        import dask.bag
        return dask.bag.from_delayed([dask.delayed(lambda part: [part])(part) for part in self.parts])

    def to_dataframe(self):
        """A dask.dataframe of the one-dimensional columns, as `biodl.Objects.table` has them; needs pandas."""
        import dask.dataframe
        return dask.dataframe.from_delayed([dask.delayed(_frame)(part) for part in self.parts])

    def compute(self) -> Dict[str, np.ndarray]:
        """All parts together, by label."""
        parts = dask.compute(self.parts)[0]
        together = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        order = np.lexsort((together["label"], together["slice"], together["frame"]))
        return {name: values[order] for name, values in together.items()}


def run(work: Work, label_scope: str) -> Tuple[Any, Objects]:
    """Find, number, and say how labels and tables are made."""
    if label_scope not in _SCOPES:
        raise ValueError(f"label_scope is one of {', '.join(map(repr, _SCOPES))} here, not {label_scope!r}.")
    blocks, counts = list(work.grid), work.grid.counts
    kept, sizes = work.kept(task="segment"), work.image.shape
    found = {}
    for block in blocks:
        task = dask.delayed(_find, pure=False)
        found[block.index] = task(work.read(block), block, kept, (work.path, work.statistics.needs, work.statistics.of(block),
            {**work.options, "channels": block.channels}), sizes)
    if kept.keeps:
        told = dask.compute([dask.delayed(_told)(one) for one in found.values()])[0]
    else:
        found = dict(zip(found, dask.persist(*found.values())))
        told = dask.compute([dask.delayed(_told)(one) for one in found.values()])[0]
    labels = dict(zip(found, _numbers(told, label_scope, sizes)))
    _check(told)
    keys = {index: keys for index, (keys, _, _) in zip(found, told)}
    dtype = np.int32 if sum(map(len, labels.values())) < 2 ** 31 else np.int64
    painted, parts = {}, []
    for block in blocks:
        around = [block.index, *neighbours(block.index, counts)]
        names = np.concatenate([keys[index] for index in around]), np.concatenate([labels[index] for index in around])
        seen = np.isin(names[0], told[len(parts)][2])
        chunk = dask.delayed(_paint)(found[block.index], names[0][seen], names[1][seen], np.dtype(dtype))
        painted[block.index] = da.from_delayed(chunk, (1, *block.shape), dtype)
        parts.append(dask.delayed(_part)(found[block.index], labels[block.index]))
    array = da.block([[[[painted[t, z, 0, y, x] for x in range(counts[4])] for y in range(counts[3])] for z in range(counts[1])]
        for t in range(counts[0])])
    return work.five_of(array, "TZYX"), Objects(parts, sum(map(len, labels.values())))


def _find(pixels, block, kept, how, sizes):
    """The objects of a block: labels of its core by numbers of its own, and the table of those that it owns."""
    def work():
        path, needs, values, options = how
        seen, asked = prepared(np.asarray(pixels), needs, values, options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", BioDLWarning)
            labels, objects = opened(path).segment(seen, "TZCYX", origin=(block.outer[1][0], block.outer[2][0]), **asked)
        return _own(labels[0, 0], objects, block, sizes)

    return kept(block.index, work)


def _own(labels, objects, block, sizes):
    top, left, height, width = block.region
    corner = np.array([block.outer[1][0], block.outer[2][0]])
    points = objects.points + corner
    names = _names(points, (block.frame, block.core[0][0]), sizes)
    inside = np.ones(len(names), bool)
    for axis in (0, 1):
        start, end = block.core[1 + axis]
        inside &= (points[:, axis] >= start) & (points[:, axis] < end)
    core = labels[top:top + height, left:left + width]
    # Labels of a plane are 1 to n in the order of the table; what the core shows is numbered anew, as few bytes a pixel as will do.
    shown = np.unique(core)
    shown = shown[shown > 0]
    small = np.searchsorted(shown, core) + 1
    small[core == 0] = 0
    by_label = np.zeros(labels.max(initial=0) + 1, np.int64)
    by_label[objects.label] = names
    entries = {name: values[inside] for name, values in objects.items()}
    entries["frame"][:], entries["slice"][:] = block.frame, block.core[0][0]
    for name in ("first_slice", "last_slice"):
        entries[name][:] = block.core[0][0]
    entries["centroid"] += np.array([block.core[0][0], *corner])
    entries["points"] = points[inside].astype(np.float32)
    entries["coord"] += corner[None, :, None].astype(np.float32)       # exact: they were rounded as in the whole
    entries["bbox"] += np.concatenate([corner, corner]).astype(entries["bbox"].dtype)
    small = small.astype(np.uint16 if len(shown) < 2 ** 16 else np.uint32)
    return {"labels": small, "shown": by_label[shown], "names": names[inside], **entries}


def _names(points, plane, sizes):
    """A number for each object that no other one has: the place of the point that it was predicted from."""
    frames, slices, _, height, width = sizes
    y, x = np.floor(points + 0.5).astype(np.int64).T
    return ((plane[0] * slices + plane[1]) * height + y) * width + x


def _told(found):
    """What numbering needs of a block: names and probabilities of its objects, and names of all that its pixels show."""
    arrays = load(found, "names", "prob", "shown")
    return arrays["names"], arrays["prob"], arrays["shown"]


def _numbers(told, scope, sizes):
    """Labels for the objects of each block: by plane, then falling probability, then from above and left, as in one run."""
    names = np.concatenate([names for names, _, _ in told])
    prob = np.concatenate([prob for _, prob, _ in told])
    plane = names // (sizes[3] * sizes[4])
    order = np.lexsort((names, -prob, plane))
    labels = np.empty(len(names), np.int64)
    labels[order] = np.arange(1, len(names) + 1)
    if scope == "plane" and len(names):
        firsts = np.searchsorted(plane[order], plane)
        labels -= firsts
    return np.split(labels, np.cumsum([len(names) for names, _, _ in told])[:-1])


def _check(told):
    """Neighbours must judge what both see alike."""
    owned = np.sort(np.concatenate([names for names, _, _ in told]))
    shown = np.unique(np.concatenate([shown for _, _, shown in told]))
    strangers = int((~np.isin(shown, owned)).sum())
    if strangers:
        warnings.warn(f"{strangers} of {len(owned)} objects at borders of blocks were found by one block and not by its neighbour, and are "
            "left out there: a larger margin= lets both see the same.", BioDLWarning, stacklevel=4)


def _paint(found, names, labels, dtype):
    arrays = load(found, "labels", "shown")
    order = np.argsort(names)
    table = np.zeros(len(arrays["shown"]) + 1, dtype)
    if len(names):
        at = np.minimum(np.searchsorted(names[order], arrays["shown"]), len(names) - 1)
        known = names[order][at] == arrays["shown"]
        table[1:][known] = labels[order][at][known]
    return table[arrays["labels"]][None, None]


def _part(found, labels):
    return {**{name: values for name, values in load(found).items() if name not in _OF_BLOCKS}, "label": labels}


def _frame(part):
    import pandas
    from ..objects import Objects as Whole
    return pandas.DataFrame(Whole(part, {}, ()).table())
