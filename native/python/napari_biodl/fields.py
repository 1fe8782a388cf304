# SPDX-License-Identifier: MIT
"""What the widgets ask for, and what becomes of it: options of `biodl`. No window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Tuple

IMAGE = "napari.layers.Image"
LABELS = "napari.layers.Labels"


@dataclass(frozen=True)
class Field:
    """One field of a widget.

    Attributes
    ----------
    name : str
        The option of `biodl` that it is, where it is one.
    annotation : type or str
        What magicgui makes a widget for: bool, int, float, str, or a kind of layer.
    value : object
        At first; that of an option means "as the model has it", and is then not handed on.
    label, tooltip : str
        For the user.
    options : dict
        Of magicgui's widget.
    """

    name: str
    annotation: Any
    value: Any
    label: str
    tooltip: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


def layer(name: str, label: str, kind: str = IMAGE, optional: bool = False) -> Field:
    """A field for a layer of the viewer."""
    return Field(name, kind, None, label, "", {"nullable": True} if optional else {})


def model(task: str) -> Tuple[Field, Field]:
    """Fields for a model of the catalogue, or one from elsewhere."""
    return (
        Field("model", str, "", "Model", "Built-in and installed ones; the first is chosen by the image", {"models": task}),
        Field("path", str, "", "or from", "Folder, zip or file of a model, in place of the one above"),
    )


_PART = {"widget_type": "FloatSlider", "min": 0.0, "max": 1.0, "step": 0.01}
_SIZE = {"min": 0.0, "max": 1e6, "step": 1.0}
_PERCENT = {"min": 0.0, "max": 100.0, "step": 0.1}

PREVIEW = Field("preview", bool, False, "Preview", "Shows what the run would give for the part that is seen, while you move and choose")

SEEN = (
    Field("percentile_low", float, 0.0, "Percentile low", "In percent: what becomes 0; both 0: the model's own", _PERCENT),
    Field("percentile_high", float, 0.0, "Percentile high", "In percent: what becomes 1; both 0: the model's own", _PERCENT),
    Field("channels", str, "", "Channels", "Of a layer with an axis c, from 0, such as 0,2; empty: all"),
    Field("object_diameter", float, 0.0, "Diameter", "Of the objects in pixels: brings them to the model's scale; 0: as they are", _SIZE),
    Field("dark_objects", bool, False, "Dark objects", "On a bright ground, for a model of bright ones on a dark ground"),
    Field("axes", str, "", "Axes", "Such as tyx; empty: as the layer names them, else zyx and tzyx"),
    Field("device", str, "", "Device", "cpu, cuda:0, ...; empty: the fastest there is"),
)

OBJECTS = (
    Field("prob_threshold", float, 0.0, "Probability", "Higher gives fewer, surer objects; 0: the model's own", _PART),
    Field("overlap_threshold", float, 0.0, "Overlap", "Of two objects that share more, the surer stays; 0: the model's own", _PART),
    Field("exclude_edges", bool, False, "Without those at the edge"),
    Field("min_area", float, 0.0, "Smallest area", "In pixels", _SIZE),
    Field("max_area", float, 0.0, "Largest area", "In pixels; 0: no limit", _SIZE),
    Field("grow", float, 0.0, "Grow labels by", "Pixels, nuclei to cells", {"min": 0.0, "max": 1000.0}),
    Field("link", str, "none", "Follow through", "Objects that overlap are one track", {"choices": ["none", "frames", "slices"]}),
)

SEGMENT = (
    layer("image", "Image"),
    *model("segment"),
    PREVIEW,
    *OBJECTS,
    Field("outlines", bool, True, "Outlines", "Also a layer of polygons; slow in napari for many thousands"),
    *SEEN,
)
DENOISE = (layer("image", "Image"), *model("denoise"), PREVIEW, *SEEN)
STAIN = (layer("image", "Image"), *model("stain"), *SEEN)
RUN = (
    layer("image", "Image"),
    layer("image2", "Second", optional=True),
    layer("image3", "Third", optional=True),
    layer("image4", "Fourth", optional=True),
    *model(""),
    *SEEN,
)
METHODS = ["denoise-image", "noise2void", "restoration", "stardist", "semantic", "stain"]
"""Of `biodl.train`."""
TRAIN = (
    Field("method", str, "noise2void", "Method", "What the model is to do", {"choices": METHODS}),
    layer("image", "Image"),
    layer("target", "Target", IMAGE, optional=True),
    layer("labels", "Labels", LABELS, optional=True),
    Field("name", str, "", "Name", "Of the model; empty: method, image and day"),
    Field("start", str, "", "Start from", "Model whose weights are the start: id or path; empty: what suits the method; none: random"),
    Field("minutes", float, 0.0, "Minutes", "After which it ends with what it has; 0: when its steps are done", _SIZE),
    Field("steps", int, 0, "Steps", "0: the method's", {"min": 0, "max": 1_000_000}),
    Field("axes", str, "", "Axes", "Such as tyx; empty: as the layer names them, else zyx and tzyx"),
)

_OF_WIDGETS = {"image", "image2", "image3", "image4", "target", "labels", "model", "path", "preview", "axes", "method"}


def chosen_model(values: Mapping[str, Any]) -> str:
    """The model of a widget's values: "" is the built-in one."""
    return values.get("path", "").strip() or values.get("model") or ""


def options(fields: Tuple[Field, ...], values: Mapping[str, Any]) -> Dict[str, Any]:
    """The options of `biodl` that a user has chosen: those that are not at their first value.

    Raises
    ------
    ValueError
        For channels that are no numbers.
    """
    given = {f.name: values[f.name] for f in fields if f.name not in _OF_WIDGETS and values[f.name] != f.value}
    low, high = given.pop("percentile_low", 0.0), given.pop("percentile_high", 0.0)
    if low or high:
        given["percentiles"] = (low, high or 100.0)
    if "channels" in given:
        given["channels"] = _numbers(given["channels"])
    return given


def _numbers(text: str) -> list:
    try:
        return [int(number) for number in text.replace(" ", "").split(",")]
    except ValueError:
        raise ValueError(f"The channels '{text}' are no numbers such as 0,2") from None
