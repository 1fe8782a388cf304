# SPDX-License-Identifier: MIT
"""Images and the models that tests open once."""
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DIST = Path(os.environ.get("BIODL_DIST", REPOSITORY / "dist"))
sys.path.insert(0, os.environ.get("BIODL_PYTHON", str(REPOSITORY / "native" / "python")))

import biodl  # noqa: E402


def nuclei(height: int, width: int, count: int, seed: int) -> np.ndarray:
    """A uint16 image of blurred discs on a noisy ground, some of them in one another's way."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    image = random.normal(400, 30, (height, width))
    for _ in range(count):
        at_y, at_x, radius = random.uniform(0, height), random.uniform(0, width), random.uniform(6, 13)
        image += 3000 * random.uniform(0.5, 1) / (1 + np.exp(np.hypot(y - at_y, x - at_x) - radius))
    return image.clip(0, 65535).astype(np.uint16)


def python(script: str) -> str:
    """What a script says in an interpreter of its own."""
    path = os.pathsep.join([str(Path(biodl.__file__).parents[1]), str(Path(__file__).parent)])
    ran = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=300)
    return ran.stdout.strip()


@pytest.fixture(scope="session")
def image():
    return nuclei(160, 192, 14, 1)


@pytest.fixture(scope="session")
def stardist():
    with biodl.Model("builtin:nuclei-fluo-small") as model:
        yield model


@pytest.fixture(scope="session")
def denoiser():
    with biodl.Model("builtin:denoise-fluo") as model:
        yield model
