# SPDX-License-Identifier: MIT
"""
Deep learning for microscopy: segmentation, restoration, virtual staining and training by the library that BioDL's other hosts use too.

>>> import biodl
>>> labels, objects = biodl.segment(image)
>>> restored, run = biodl.denoise(image)
"""
from . import errors, models, training
from ._machine import Device, devices, diagnostics
from ._options import PixelOptions, RunOptions, SegmentOptions, StarOptions
from ._progress import Progress
from ._results import Output, Run
from ._verbs import denoise, keep, run, segment, stain
from .candidates import Candidates
from .errors import BioDLError, BioDLWarning, CancelledError
from ._model_records import ModelInfo, Plan, Tensor
from .model import Model
from .objects import Objects
from .training import Trained, Training, TrainingImage, TrainOptions, train

__version__ = "0.2.0"
__all__ = [
    "BioDLError", "BioDLWarning", "CancelledError", "Candidates", "Device", "Model", "ModelInfo", "Objects", "Output", "PixelOptions",
    "Plan", "Progress", "Run", "RunOptions", "SegmentOptions", "StarOptions", "Tensor", "TrainOptions", "Trained", "Training",
    "TrainingImage", "denoise", "devices", "diagnostics", "errors", "keep", "models", "run", "segment", "stain", "train", "training",
]
