# SPDX-License-Identifier: MIT
"""What is told of models and plans."""
from dataclasses import dataclass
from typing import Tuple

from ._results import Output


@dataclass(frozen=True)
class Tensor:
    """
    A tensor that a network takes or gives.

    Attributes
    ----------
    name : str
    axes : str
        A letter each of b, c, z, y, x, outermost first.
    channels : int
    channel_names : tuple of str
        Empty when the model does not name them.
    processing : tuple of str
        Steps before (input) or after (output) the network.
    min, step : tuple of int
        Inputs: sizes along Z, Y, X are min + n * step; a step of 0: a fixed size.
    kind : str
        Outputs: "image", "labels", "mask" or "values".
    restores_input : bool
        Outputs: it is the input, restored.
    """

    name: str
    axes: str
    channels: int
    channel_names: Tuple[str, ...]
    processing: Tuple[str, ...]
    min: Tuple[int, int, int]
    step: Tuple[int, int, int]
    kind: str
    restores_input: bool


@dataclass(frozen=True)
class ModelInfo:
    """
    What a model says of itself.

    Attributes
    ----------
    task : str
        "segment", "denoise", "stain" or "other".
    channels : int
        Of the input.
    rays : int
        Of a star-convex polygon; 0, as grid and thresholds, for a model that is not StarDist's.
    grid : tuple of int
        Pixels between predictions along Y, X.
    halo : int
        Pixels around a tile that its inner part depends on.
    percentiles : tuple of float
        Of the model's own normalisation.
    prob_threshold, overlap_threshold : float
        The model's own.
    made_for : str
        The images that it was made for, in words.
    object_diameter : float
        Usual diameter of an object in pixels of those; 0: not known.
    """

    id: str
    name: str
    version: str
    description: str
    task: str
    licence: str
    citation: str
    source: str
    sha256: str
    format: str
    weights_format: str
    tags: Tuple[str, ...]
    channels: int
    rays: int
    grid: Tuple[int, int]
    halo: int
    percentiles: Tuple[float, float]
    prob_threshold: float
    overlap_threshold: float
    made_for: str
    object_diameter: float


@dataclass(frozen=True)
class Plan:
    """
    How a run will go.

    Attributes
    ----------
    outputs : tuple of Output
        What it will make.
    tiles : int
        Of the whole run.
    tile, halo : tuple of int
        Pixels of a tile along Z, Y, X, halo included, and by how many tiles overlap to each side.
    memory_bytes : int
        What the run takes besides the images.
    match : tuple of str
        How the image's axes meet the network's.
    why : str
        The choice of tiles.
    warnings : tuple of str
    """

    outputs: Tuple[Output, ...]
    tiles: int
    tile: Tuple[int, int, int]
    halo: Tuple[int, int, int]
    memory_bytes: int
    match: Tuple[str, ...]
    why: str
    warnings: Tuple[str, ...]
