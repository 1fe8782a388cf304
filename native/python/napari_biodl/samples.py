# SPDX-License-Identifier: MIT
"""Images to try the widgets on. They are drawn from random numbers when they are asked for, so that they are nobody's but the user's."""

from __future__ import annotations

from typing import List

import numpy as np

from .layers import LayerData

PIXEL = 0.325
"""Micrometres: a camera with 6.5 um pixels behind a 20x lens."""
_CAMERA_OFFSET = 100.0


def nuclei() -> List[LayerData]:
    """512 x 512 pixels of nuclei in fluorescence, 16 bit, for Segment."""
    random = np.random.default_rng(1)
    photons = 60.0 + 250.0 * _field(_placed(random, 512, 100), 512)
    return [(_recorded(random, photons), _attributes("Nuclei (drawn)", 2), "image")]


def noisy_nuclei() -> List[LayerData]:
    """Eight frames of 256 x 256 pixels of drifting nuclei under few photons, 16 bit, for Denoise and for Train without clean images."""
    random = np.random.default_rng(2)
    placed = _placed(random, 256, 24)
    drift = random.normal(0, 1.5, (len(placed), 2))
    frames = []
    for frame in range(8):
        moved = placed.copy()
        moved[:, :2] += frame * drift
        frames.append(_recorded(random, 4.0 + 12.0 * _field(moved, 256)))
    return [(np.stack(frames), _attributes("Nuclei under few photons (drawn)", 3), "image")]


def _attributes(name: str, ndim: int) -> dict:
    return {"name": name, "scale": (1.0,) * (ndim - 2) + (PIXEL, PIXEL), "colormap": "gray"}


def _placed(random: np.random.Generator, size: int, count: int) -> np.ndarray:
    """(count, 6): centre y, x, half axes, angle and brightness of ellipses that touch here and there."""
    found: List[np.ndarray] = []
    for _ in range(60 * count):
        radius, long = 11 * np.exp(0.16 * random.normal()), np.sqrt(random.uniform(1, 1.6))
        centre, brightness = random.uniform(6, size - 6, 2), np.exp(0.4 * random.normal())
        one = np.array([*centre, radius / long, radius * long, random.uniform(0, np.pi), brightness])
        if all(np.hypot(*(one[:2] - other[:2])) > 0.8 * (one[3] + other[3]) for other in found):
            found.append(one)
        if len(found) == count:
            break
    return np.array(found)


def _field(ellipses: np.ndarray, size: int) -> np.ndarray:
    """Brightness, 1 in the middle of a usual nucleus: half an ellipsoid with a soft edge each."""
    y, x = np.mgrid[:size, :size].astype(float)
    field = np.zeros((size, size))
    for cy, cx, minor, major, angle, brightness in ellipses:
        u = ((x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)) / major
        v = ((y - cy) * np.cos(angle) - (x - cx) * np.sin(angle)) / minor
        distance = np.sqrt(u * u + v * v)
        edge = 0.5 - 0.5 * np.tanh((distance - 1) * minor / 1.8)
        field = np.maximum(field, brightness * edge * (0.55 + 0.45 * np.sqrt(np.maximum(0, 1 - distance**2))))
    return field


def _recorded(random: np.random.Generator, photons: np.ndarray) -> np.ndarray:
    """What a camera makes of photons: their own noise, two counts each, read noise, an offset."""
    counts = _CAMERA_OFFSET + 2 * random.poisson(photons) + random.normal(0, 3, photons.shape)
    return np.clip(np.rint(counts), 0, 65535).astype(np.uint16)
