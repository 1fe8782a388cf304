# SPDX-License-Identifier: MIT
"""What a training is made of: images with what they are to become, and options; and the structs for them."""
import ctypes
from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Sequence, TypedDict

import numpy as np

from . import _abi
from ._library import encoded
from ._options import given
from ._pictures import Picture
from ._views import View

METHODS = {
    "denoise-image": _abi.BIODL_TRAIN_DENOISE_IMAGE,
    "noise2void": _abi.BIODL_TRAIN_NOISE2VOID,
    "restoration": _abi.BIODL_TRAIN_RESTORATION,
    "stardist": _abi.BIODL_TRAIN_STARDIST,
    "semantic": _abi.BIODL_TRAIN_SEMANTIC,
    "stain": _abi.BIODL_TRAIN_STAIN,
}
_SIDES = {None: _abi.BIODL_SIDE_DRAWN, "training": _abi.BIODL_SIDE_TRAINING, "validation": _abi.BIODL_SIDE_VALIDATION}
_NOISE_AXES = {"x": _abi.BIODL_NOISE_X, "y": _abi.BIODL_NOISE_Y}


@dataclass
class TrainingImage:
    """
    One image with what it is to become. Every frame, and every slice unless volumes are trained, is a picture of its own.

    Attributes
    ----------
    image : array
        As for `biodl.segment`. Images may be of different sizes, but have as many (chosen) channels.
    target : array, optional
        Restoration, stain: what the network is to give. Semantic: class numbers, 0 background. As large as the image.
    labels : array, optional
        StarDist: a number for each object, 0 background, one channel. As large as the image.
    classes : mapping of int to int, optional
        StarDist with classes: label to class, from 1; of labels that it has not, the class is not known.
    axes, target_axes : str, optional
        Of the image; of target or labels, where they are others than those of the image (labels: without C).
    name : str
        A file or title, for messages and the report (its number).
    side : str, optional
        "training" or "validation" (drawn by the seed, images of a group together).
    channels, target_channels : sequence of int, optional
        From 0, in the network's order (all).
    group : str
        Images of a group (a slide, a day) are all for training or all for checks.
    weight : float
        How often it is drawn relative to others.
    pixel_size : float
        Micrometres of a pixel along X; 0: not known, or by the coordinates of a DataArray.
    """

    image: Any
    target: Any = None
    labels: Any = None
    classes: Optional[Mapping[int, int]] = None
    axes: Optional[str] = None
    target_axes: Optional[str] = None
    name: str = ""
    side: Optional[str] = None
    channels: Optional[Sequence[int]] = None
    target_channels: Optional[Sequence[int]] = None
    group: str = ""
    weight: float = 1.0
    pixel_size: float = 0.0


class TrainOptions(TypedDict, total=False):
    """
    How to train; None or left out: what the method and the images suggest.

    Keys
    ----
    name : str
        Of the model (method, first image and day).
    start : str
        Model whose weights are the start: path, id or "builtin:NAME"; "none": random weights (the method's own: of planes a built-in
        model for stardist and denoise-image).
    folder : str
        That is not there yet, where the package is written too (in the catalogue alone).
    steps, patch, batch, threads : int
        Steps of the optimiser, pixels along Y and X of what a step sees, patches a step, threads.
    minutes : float
        After which it ends with what it has.
    seed : int
        The same seed gives the same curve with the same number of threads (1).
    validation : float
        Share of the images for checks, 0 to 0.5 (0.15; of one image a region).
    volumes : bool
        The network sees the slices of an image as a volume.
    memory_limit : int
        Bytes that it may take (what is free).
    median, noise_axis, noise_radius
        Noise2Void: version 2 (bool); "x" or "y" along which noise is correlated, and by how many pixels to each side.
    probabilistic : bool
        Restoration: the network also tells the spread of its values.
    simulated_noise : float
        Restoration of clean images, which are their own targets: strength of the noise, up to 10.
    structural_similarity : float
        Restoration, stain: share of multi-scale SSIM in the loss, up to 1.
    adversarial : float
        Stain: weight of pix2pix's adversarial term.
    rays : int
        StarDist (32).
    authors : sequence of str
    licence : str
        SPDX identifier (none is given, so that nobody else may use it).
    description, data, citation : str
        In words; what it was trained on; what to cite besides the method.
    """

    name: Optional[str]
    start: Optional[str]
    folder: Optional[str]
    steps: Optional[int]
    patch: Optional[int]
    batch: Optional[int]
    threads: Optional[int]
    minutes: Optional[float]
    seed: Optional[int]
    validation: Optional[float]
    volumes: Optional[bool]
    memory_limit: Optional[int]
    median: Optional[bool]
    noise_axis: Optional[str]
    noise_radius: Optional[int]
    probabilistic: Optional[bool]
    simulated_noise: Optional[float]
    structural_similarity: Optional[float]
    adversarial: Optional[float]
    rays: Optional[int]
    authors: Optional[Sequence[str]]
    licence: Optional[str]
    description: Optional[str]
    data: Optional[str]
    citation: Optional[str]


class TrainingInputs:
    """
    Method, images and options as the library takes them; valid while this object is.

    Attributes
    ----------
    arguments : tuple
        options, images, count: the first arguments of a plan and of a training.
    views : list of View
        Of all images.
    """

    def __init__(self, images, method: str, axes: Optional[str], options: Mapping[str, Any]):
        self.views: List[View] = []
        self._options = options_struct(method, options)
        self._images = [self._struct(image) for image in training_images(images, axes)]
        kind = ctypes.POINTER(_abi.biodl_training_image)
        pointers = (kind * len(self._images))(*[ctypes.pointer(image) for image in self._images])
        self.arguments = ctypes.byref(self._options), pointers, len(self._images)

    def _struct(self, image: TrainingImage):
        picture = Picture(image.image, image.axes)
        size = picture.pixel_size
        struct = _abi.biodl_training_image(struct_size=ctypes.sizeof(_abi.biodl_training_image), side=_word("side", _SIDES, image.side),
            name=encoded(image.name), group=encoded(image.group), weight=image.weight,
            pixel_size=image.pixel_size or (size[2] if size else 0))
        struct.input = self._pointer(picture)
        if image.target is not None:
            struct.target = self._pointer(_beside(picture, image.target, image.target_axes, picture.axes.letters))
        if image.labels is not None:
            of_labels = picture.axes.without("C").letters
            struct.labels = self._pointer(_beside(picture, image.labels, image.target_axes, of_labels), labels=True)
        for field in ("channels", "target_channels"):
            _numbers(struct, field, getattr(image, field))
        _numbers(struct, "classes", _by_label(image.classes))
        return struct

    def _pointer(self, picture, labels=False):
        self.views.append(picture.view(labels))
        return self.views[-1].pointer


def training_images(images, axes=None):
    """A TrainingImage for each of what a user gave: arrays, or TrainingImages."""
    several = isinstance(images, (list, tuple)) and all(isinstance(image, TrainingImage) or hasattr(image, "shape") for image in images)
    return [image if isinstance(image, TrainingImage) else TrainingImage(image, axes=axes) for image in (images if several else [images])]


def options_struct(method: str, options: Mapping[str, Any]) -> _abi.biodl_training_options:
    """The options as a struct."""
    struct = _abi.biodl_training_options(struct_size=ctypes.sizeof(_abi.biodl_training_options), method=_word("method", METHODS, method))
    for name, value in given(options, TrainOptions.__annotations__).items():
        if name == "noise_axis":
            value = _word(name, _NOISE_AXES, value)
        elif name == "validation":
            value = value if value != 0 else -1     # for which 0 is the default
        elif name == "authors":
            value = "\n".join([value] if isinstance(value, str) else value)
        setattr(struct, name, encoded(value) if isinstance(value, str) or hasattr(value, "__fspath__") else value)
    return struct


def _beside(picture, array, axes, usual):
    """A target or labels: with the axes of the image where as many fit, else its own."""
    shape = getattr(array, "shape", np.shape(array))
    return Picture(array, axes or (usual if not hasattr(array, "dims") and len(shape) == len(usual) else None))


def _by_label(classes):
    if not classes:
        return None
    return [int(classes.get(label, 0)) for label in range(1, max(classes) + 1)]


def _numbers(struct, field, numbers):
    if numbers is not None:
        setattr(struct, field, (ctypes.c_int32 * len(numbers))(*map(int, numbers)))
        setattr(struct, f"{field}_count", len(numbers))


def _word(name, words, value):
    if value not in words:
        raise ValueError(f"{name} is one of {', '.join(map(repr, words))}, not {value!r}.")
    return words[value]
