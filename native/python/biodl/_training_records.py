# SPDX-License-Identifier: MIT
"""What is told of trainings."""
from dataclasses import dataclass
from datetime import datetime
from typing import Dict, Optional, Tuple


@dataclass(frozen=True)
class TrainingPlan:
    """
    What a training would be.

    Attributes
    ----------
    steps, batch : int
        Steps of the optimiser, and patches of each.
    patch : tuple of int
        Pixels of a patch along Z, Y, X.
    training_samples, validation_samples : int
        Planes or volumes that patches are drawn from, and those for checks.
    memory_bytes, disk_bytes : int
        Of the worker at its highest, and in the cache while it is trained.
    minutes : float
        Until the model is there, if it does not end early.
    notes : tuple of str
        How images are split, what was made smaller and why.
    """

    steps: int
    batch: int
    patch: Tuple[int, int, int]
    training_samples: int
    validation_samples: int
    memory_bytes: int
    disk_bytes: int
    minutes: float
    notes: Tuple[str, ...]


@dataclass(frozen=True)
class TrainingState:
    """
    How far a training is.

    Attributes
    ----------
    state : str
        "queued", "preparing", "training", "yielding" (a run of a model has the processor), "finishing", "done", "cancelled", "failed".
    step, steps : int
        Done, and of so many.
    fraction : float
        0 to 1.
    loss, validation_loss : float or None
        Mean of late, and of the last validation; None before the first.
    rate : float
        Of learning.
    seconds : float
        Of training.
    seconds_left : float or None
        Estimated; None: not known yet.
    validations : int
        Points of the curve so far.
    memory_bytes : int
        That the worker has.
    message : str
        What happened of late, such as a smaller batch.
    figures : dict of str to float
        Of the last validation.
    """

    state: str
    step: int
    steps: int
    fraction: float
    loss: Optional[float]
    validation_loss: Optional[float]
    rate: float
    seconds: float
    seconds_left: Optional[float]
    validations: int
    memory_bytes: int
    message: str
    figures: Dict[str, float]


@dataclass(frozen=True)
class TrainingPoint:
    """A validation: step, mean loss since the one before, loss on what is held back (None where nothing is), rate, seconds of training."""

    step: int
    loss: Optional[float]
    validation_loss: Optional[float]
    rate: float
    seconds: float


@dataclass(frozen=True)
class Trained:
    """
    What a training has made.

    Attributes
    ----------
    model_id : str
        What `biodl.Model` takes.
    path : str
        Folder of the package.
    report : str
        The page in it that shows curve, examples and settings: HTML.
    figures : dict of str to float
        Of the validation, such as psnr.
    warnings : tuple of str
    """

    model_id: str
    path: str
    report: str
    figures: Dict[str, float]
    warnings: Tuple[str, ...]


@dataclass(frozen=True)
class Unfinished:
    """A training that was broken off: `Training.resume` goes on from its step; `last` is when it kept what it had learned."""

    id: str
    method: str
    name: str
    step: int
    steps: int
    last: datetime
