# SPDX-License-Identifier: MIT
"""What a run made as layer data tuples: labels, outlines and tables of objects; images with the place and the look of their source."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

from .layers import LayerData, Source

# What microscopists expect of a channel, from its name; the first that is found counts. The same words as in Fiji.
_COLOURS = (
    ("bright.?field|phase|\\bdic\\b|transmi|\\bbf\\b|\\bph\\b|polari[sz]|spread|scale|uncertain", "gray"),
    ("lamin|nuclear.?envelope", "red"),
    ("dapi|hoechst|\\bdna\\b|nucle(us|i|ar)|chromatin|histone|\\bh2b\\b|draq|er.?tracker.?blue|\\bcfp\\b|blue", "blue"),
    ("cy5|alexa.?6[0-9]{2}|far.?red|\\bfar\\b|nucleol|mitotracker.?deep|irfp|dil?d\\b|magenta", "magenta"),
    (
        "tritc|\\brfp\\b|cherry|tomato|texas|cy3|alexa.?5[4-9][0-9]|rhodamin|phalloidin|f?-?actin|tubulin|dsred|\\bred\\b|\\bpi\\b"
        "|propidium",
        "red",
    ),
    (
        "gfp|fitc|membrane|\\bcell.?mask\\b|alexa.?488|cy2|\\bwga\\b|mitochondri|tom20|sec61|\\ber\\b|reticulum|golgi|green|neon|calcein"
        "|\\bmap2\\b",
        "green",
    ),
    ("yfp|venus|yellow|citrine", "yellow"),
    ("cyan", "cyan"),
)


def colour_of(name: str) -> str:
    """napari's name of the colormap for a channel of this name."""
    words = re.sub("([a-z])-", "\\1 ", name.lower().replace("_", " "))
    return next((colour for pattern, colour in _COLOURS if re.search(pattern, words)), "gray")


def of_objects(source: Source, labels: np.ndarray, objects: Any, outlines: bool = True) -> List[LayerData]:
    """The layers of a segmentation.

    Parameters
    ----------
    source : Source
    labels : int32 array
        Along the axes of the source but c.
    objects : biodl.Objects
        Of these labels.
    outlines : bool
        Also a layer of polygons.

    Returns
    -------
    list of layer data
        Labels whose `features` has a row for the background and one for each object, in the order of their labels; polygons, with the
        same table without the background.
    """
    axes = "".join(axis for axis in source.axes if axis != "c")
    place = source.place.along(axes).attributes()
    columns = features(source, objects)
    layers: List[LayerData] = [
        (
            labels,
            {
                "name": f"{source.name} labels",
                "features": with_background(columns),
                "metadata": {"biodl": objects.account},
                **place,
            },
            "labels",
        )
    ]
    if outlines and objects.count:
        layers.append(
            (
                polygons(axes, objects),
                {
                    "name": f"{source.name} outlines",
                    "shape_type": "polygon",
                    "features": columns,
                    "face_color": "transparent",
                    "edge_color": "yellow",
                    "edge_width": 1,
                    **place,
                },
                "shapes",
            )
        )
    return layers


def features(source: Source, objects: Any) -> Dict[str, np.ndarray]:
    """The table of objects: `biodl.Objects.table()`, with the label as `index` first, and what it is in the world behind.

    `world_*` is the centroid in the world of the viewer; `area_um2` is there where pixels have a size.
    """
    table = objects.table()
    columns = {"index": table.pop("label"), **table}
    axes = "".join(axis for axis in source.axes if axis != "c")
    at = {"t": columns["frame"], "z": columns["centroid_z"], "y": columns["centroid_y"], "x": columns["centroid_x"]}
    world = source.place.along(axes).world(np.stack([at[axis].astype(float) for axis in axes], axis=-1))
    for i, axis in enumerate(axes):
        columns[f"world_{axis}"] = world[:, i]
    size = source.place.micrometres() or {}
    if "y" in size and "x" in size:
        columns["area_um2"] = columns["pixels"] * size["y"] * size["x"]
    return columns


def with_background(columns: Dict[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """A table by the rules of a labels layer: row 0 is the background, and `index` names the label of each row, in rising order."""
    order = np.argsort(columns["index"], kind="stable")
    table = {}
    for name, values in columns.items():
        nothing = np.nan if values.dtype.kind == "f" else 0
        table[name] = np.concatenate([np.array([nothing], values.dtype), values[order]])
    return table


def polygons(axes: str, objects: Any) -> List[np.ndarray]:
    """The outline of each object as (rays, n) points in pixels along these axes."""
    found = []
    for coord, frame, piece in zip(objects["coord"], objects["frame"], objects["slice"]):
        at = {"t": np.full(coord.shape[1], float(frame)), "z": np.full(coord.shape[1], float(piece)), "y": coord[0], "x": coord[1]}
        found.append(np.stack([at[axis] for axis in axes], axis=-1))
    return found


def of_images(source: Source, run: Any, word: str) -> List[LayerData]:
    """The layers of what a network made.

    Parameters
    ----------
    source : Source
        The first image.
    run : biodl.Run
    word : str
        Behind the name of the source, such as "denoised".

    Returns
    -------
    list of layer data
        One for each output. Channels that the source has not become layers of their own, as napari has channels.
    """
    layers: List[LayerData] = []
    for image, output in zip(run.images, run.outputs):
        name = f"{source.name} {word}" + (f" {output.name}" if len(run.outputs) > 1 else "")
        layers += _of_output(source, np.asarray(image), output, name, {"metadata": {"biodl": run.account}})
    return layers


def _of_output(source: Source, image: np.ndarray, output: Any, name: str, attributes: Dict[str, Any]) -> List[LayerData]:
    axes = output.axes.lower()
    pitch, origin = dict(zip("zyx", output.pixel_pitch)), dict(zip("zyx", output.origin))
    alone = "".join(axis for axis in axes if axis != "c")
    keeps_axis = "c" in axes and "c" in source.place.axes and output.restores_input
    place = source.place.along(axes if keeps_axis else alone).resampled(pitch, origin).attributes()
    attributes = {**attributes, **place}
    kind = "labels" if output.kind in ("labels", "mask") else "image"
    if kind == "labels":
        image = image.astype(np.int32, copy=False) if image.dtype.kind == "f" else image
    elif output.restores_input and not source.is_rgb:
        attributes.update(source.look)
    if "c" not in axes or keeps_axis:
        return [(image, {**attributes, "name": name}, kind)]
    last = np.moveaxis(image, axes.index("c"), -1)
    if source.is_rgb and kind == "image" and last.shape[-1] == 3 and last.dtype == np.uint8:
        return [(np.ascontiguousarray(last), {**attributes, "name": name, "rgb": True}, kind)]
    return [_channel(last[..., i], name, kind, attributes, named) for i, named in enumerate(_names(output, last.shape[-1]))]


def _channel(image: np.ndarray, name: str, kind: str, attributes: Dict[str, Any], named: Tuple[str, str]) -> LayerData:
    title, words = named
    attributes = {**attributes, "name": f"{name} {title}"}
    if kind == "image":
        attributes.update(colormap=colour_of(words), blending="additive")
    return image, attributes, kind


def _names(output: Any, count: int) -> Sequence[Tuple[str, str]]:
    """For each channel what it is called, and the words that tell its colour."""
    given = list(output.channel_names) + [""] * count
    return [(given[i] or str(i + 1), given[i]) for i in range(count)]
