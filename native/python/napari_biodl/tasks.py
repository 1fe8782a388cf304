# SPDX-License-Identifier: MIT
"""What the widgets do: sources and options in, layer data out, by `biodl`. No window, no napari; each may run on any thread.

`progress` is told how far a call is, and cancels it by answering False; cancelled calls raise `biodl.CancelledError`.
"""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

import biodl

from . import results
from .layers import LayerData, Source

Progress = Optional[Callable[[Any], Any]]


def run_options(source: Source, options: Mapping[str, Any]) -> Dict[str, Any]:
    """What every run is told of a source, beside what was chosen: pixel sizes, for the account and whether the image fits the model."""
    size = source.place.micrometres()
    known = {"pixel_size": tuple(size.get(axis, 0.0) for axis in "zyx")} if size else {}
    return {**known, **{name: value for name, value in options.items() if value is not None}}


def segment(source: Source, progress: Progress = None, *, model: str = "", outlines: bool = True, **options: Any) -> List[LayerData]:
    """Find objects: labels with a table, and their outlines.

    Parameters
    ----------
    source : Source
    progress : callable, optional
    model : str
        Path, id or "builtin:NAME"; "": the built-in one for the image.
    outlines : bool
        Also a layer of polygons; slow in napari for many thousands.
    **options
        As for `biodl.segment`. Labels of a series are unique over all planes, because a layer has one table.
    """
    given = run_options(source, options)
    planes = source.size("t") * source.size("z")
    if planes > 1:
        given.setdefault("label_scope", "unique")
    labels, objects = biodl.segment(source.data, model or None, axes=source.axes.upper(), progress=progress, **given)
    return results.of_objects(source, labels, objects, outlines)


def denoise(source: Source, progress: Progress = None, *, model: str = "", **options: Any) -> List[LayerData]:
    """Restore an image, in its own unit, type and look; other parameters as for `segment`."""
    given = run_options(source, options)
    _, run = biodl.denoise(source.data, model or None, axes=source.axes.upper(), progress=progress, **given)
    return results.of_images(source, run, "denoised")


def stain(source: Source, progress: Progress = None, *, model: str = "", **options: Any) -> List[LayerData]:
    """Predict stains: a layer for each, with its name and colour; other parameters as for `segment`."""
    given = run_options(source, options)
    _, run = biodl.stain(source.data, model or None, axes=source.axes.upper(), progress=progress, **given)
    return results.of_images(source, run, "stained")


def run(sources: Sequence[Source], progress: Progress = None, *, model: str = "", **options: Any) -> List[LayerData]:
    """Run any model: a layer for each output.

    Parameters
    ----------
    sources : sequence of Source
        One for each input of the model, of the same t, z, y and x.
    """
    if not model:
        raise ValueError("Choose a model: there is no default for any network")
    given = run_options(sources[0], options)
    axes = [source.axes.upper() for source in sources]
    _, made = biodl.run([source.data for source in sources], model, axes=axes, progress=progress, **given)
    return results.of_images(sources[0], made, os.path.basename(model.rstrip("/")) or model)


def train(
    source: Source,
    progress: Progress = None,
    *,
    method: str,
    target: Optional[Source] = None,
    labels: Optional[Source] = None,
    enough: Callable[[], bool] = lambda: False,
    **options: Any,
) -> biodl.Trained:
    """Train a model on a layer, of which every frame and slice is a picture; it becomes a model of the catalogue.

    Parameters
    ----------
    source : Source
    progress : callable, optional
        Answering False leaves nothing of the training.
    method : str
        As for `biodl.train`.
    target, labels : Source, optional
        What the image is to become, by pairs; the objects in it.
    enough : callable
        Answers True when it is to end with the best state that it has had.
    **options
        See `biodl.TrainOptions`.

    Raises
    ------
    biodl.CancelledError
        Of a training that `progress` ended.
    """
    size = source.place.micrometres() or {}
    image = biodl.TrainingImage(
        source.data,
        target=target.data if target else None,
        labels=labels.data if labels else None,
        axes=source.axes.upper(),
        target_axes=(target or labels).axes.upper() if target or labels else None,
        name=source.name,
        pixel_size=size.get("x", 0.0),
    )
    with biodl.Training(image, method, **options) as training:
        training.start()
        while not training.wait(0.25):
            if progress is not None and progress(training.poll()) is False:
                training.cancel()
            elif enough():
                training.stop()
        return training.result()
