# SPDX-License-Identifier: MIT
"""A preview of the part of a plane that is seen, which follows the view and the thresholds. No window, no napari."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

import biodl
import numpy as np

from . import results
from .layers import LayerData, Source, visible
from .tasks import Progress, run_options

Region = Tuple[int, int, int, int]
LOWEST = 0.05
"""Thresholds below it are not kept for."""


@dataclass(frozen=True)
class View:
    """What is seen of an image.

    Attributes
    ----------
    source : Source
        The plane.
    region : tuple of int
        top, left, height, width in pixels of the plane.
    key : tuple
        Differs where the pixels differ: the layer's identity and the indices of the plane.
    """

    source: Source
    region: Region
    key: Tuple = ()


def view_of(layer: Any, point: Any, axes: str = "") -> View:
    """What a viewer shows of an image layer.

    Parameters
    ----------
    layer : napari.layers.Image, or anything with its attributes
    point : (n,) float
        Where the viewer cuts, in pixels of the layer: `layer.world_to_data(viewer.dims.point)`.
    axes : str
        As for `layers.axes_of`.
    """
    source = Source.of(layer, axes)
    plane, index = source.plane(point)
    reduced = layer.downsample_factors[layer.data_level] if getattr(layer, "multiscale", False) else ()
    region = visible(layer.corner_pixels, source.place.axes, plane.size("y"), plane.size("x"), reduced)
    return View(plane, region, (id(layer), id(layer.data), tuple(index.items()), source.axes))


@dataclass
class SegmentPreview:
    """Objects whose centroid is seen. The network runs when the view or what it sees changes, thresholds are answered from what is kept.

    Percentiles are those of the whole plane and objects are not cut, so that what is seen is what the run will give.
    """

    _kept: Optional[biodl.Candidates] = None
    _key: Tuple = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _wanted: bool = True
    runs: int = 0
    """How often the network ran."""

    def answer(self, view: View, model: str, network: Dict[str, Any], stars: Dict[str, Any], progress: Progress = None) -> List[LayerData]:
        """The layer of labels that shows what the run would give.

        Parameters
        ----------
        view : View
        model : str
            As for `tasks.segment`.
        network, stars : dict
            `biodl.RunOptions` and `biodl.StarOptions`; None: the default.
        progress : callable, optional
        """
        chosen = {name: value for name, value in stars.items() if value is not None}
        self._wanted = True
        with self._lock:  # two views at once would throw away one another's candidates
            candidates = self._candidates(view, model, network, min(chosen.get("prob_threshold", LOWEST), LOWEST), progress)
            labels, objects = candidates.select(**chosen)
            if not self._wanted:
                self._drop()
        return [_cut(view, labels, objects)]

    def close(self) -> None:
        """Give the memory of the candidates back: now, or when the answer that is being made is there. Returns at once."""
        self._wanted = False
        if self._lock.acquire(blocking=False):
            try:
                self._drop()
            finally:
                self._lock.release()

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept, self._key = None, ()

    def _candidates(self, view: View, model: str, network: Dict[str, Any], lowest: float, progress: Progress) -> biodl.Candidates:
        key = (view.key, view.region, model, lowest, repr(sorted(network.items())))
        if self._kept is None or key != self._key:
            options = run_options(view.source, {**network, "region": view.region})
            source = view.source
            kept = biodl.keep(source.data, model or None, source.axes.upper(), prob_threshold=lowest, progress=progress, **options)
            self._drop()
            self._kept, self._key, self.runs = kept, key, self.runs + 1
        return self._kept


def split(options: Dict[str, Any]) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """Options of what the network sees, and of which of what it predicts are objects; others are no options of a preview."""
    network = {name: value for name, value in options.items() if name in biodl.RunOptions.__annotations__}
    stars = {name: value for name, value in options.items() if name in biodl.StarOptions.__annotations__}
    return network, stars


def denoised(view: View, model: str, network: Dict[str, Any], progress: Progress = None) -> List[LayerData]:
    """What is seen, restored: statistics are those of the whole plane, so that it is what the run will give."""
    options = run_options(view.source, {**network, "region": view.region})
    _, run = biodl.denoise(view.source.data, model or None, view.source.axes.upper(), progress=progress, **options)
    return results.of_images(view.source, run, "preview")


def _cut(view: View, labels: np.ndarray, objects: Any) -> LayerData:
    """Only the box around the objects found, so that what a viewer is given is small however large the plane is."""
    axes = "".join(axis for axis in view.source.axes if axis != "c")
    top, left, height, width = view.region
    bottom, right = top + height, left + width
    if objects.count:
        box = objects["bbox"]
        top, left = min(top, int(box[:, 0].min())), min(left, int(box[:, 1].min()))
        bottom, right = max(bottom, int(box[:, 2].max())), max(right, int(box[:, 3].max()))
    part = tuple(slice(top, bottom) if axis == "y" else slice(left, right) for axis in axes)
    place = view.source.place.along(axes).resampled({}, {"y": top, "x": left})
    return labels[part], {"name": f"{view.source.name} preview", "metadata": {"biodl": objects.account}, **place.attributes()}, "labels"
