# SPDX-License-Identifier: MIT
"""The widgets as a user drives them, with the real library and real workers. napari and magicgui are stand-ins (napari_stand_ins.py)."""
import importlib
import os
import sys
import time
from types import SimpleNamespace

import biodl
import napari_stand_ins
import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module")
def windows():
    """The widgets, what was told to the user, and a function that lets the event loop turn until something is so."""
    from qtpy.QtWidgets import QApplication
    from superqt.utils import WorkerBase
    application = QApplication.instance() or QApplication([])
    before = set(sys.modules)
    failures = []
    told = napari_stand_ins.install(failures)
    widgets = importlib.import_module("napari_biodl.widgets")

    def until(condition):
        end = time.monotonic() + 120
        while not condition():
            application.processEvents()
            assert not failures, failures.pop()
            assert time.monotonic() < end, "it never came"
            time.sleep(0.005)

    yield SimpleNamespace(widgets=widgets, told=told, until=until)
    until(lambda: not WorkerBase._worker_set)
    for name in set(sys.modules) - before:
        if name.split(".")[0] in ("napari", "magicgui") or name == "napari_biodl.widgets":
            del sys.modules[name]


@pytest.fixture
def viewer(image):
    shown = napari_stand_ins.Viewer()
    shown.add_layer(napari_stand_ins.Layer.create(image, {"name": "cells", "scale": (0.5, 0.5), "translate": (3, 4),
        "units": ("micrometer", "micrometer"), "colormap": "green"}, "image"))
    return shown


def opened(windows, viewer, kind, **values):
    widget = getattr(windows.widgets, kind)(viewer)
    widget._fields["image"].value = viewer.layers["cells"]
    for name, value in values.items():
        widget._fields[name].value = value
    return widget


def pressed(windows, widget):
    widget._go.changed.emit(True)
    assert not widget._go.enabled and widget._stop.enabled
    windows.until(lambda: widget._go.enabled)


def test_segment_adds_labels_and_outlines(windows, viewer, image):
    widget = opened(windows, viewer, "SegmentWidget", prob_threshold=0.4, exclude_edges=True)
    pressed(windows, widget)
    expected, objects = biodl.segment(image, prob_threshold=0.4, exclude_edges=True)
    assert [layer.name for layer in viewer.layers] == ["cells", "cells labels", "cells outlines"]
    labels = viewer.layers["cells labels"]
    assert np.array_equal(labels.data, expected) and (labels.scale, labels.translate) == ((0.5, 0.5), (3, 4))
    assert len(viewer.layers["cells outlines"].data) == objects.count


def test_denoise_adds_an_image_of_the_same_look(windows, viewer, image):
    pressed(windows, opened(windows, viewer, "DenoiseWidget"))
    made = viewer.layers["cells denoised"]
    assert np.array_equal(made.data, biodl.denoise(image)[0]) and made.colormap == "green"


def test_stain_and_run_take_the_chosen_model(windows, viewer, image):
    pressed(windows, opened(windows, viewer, "StainWidget"))
    assert len(viewer.layers) > 1
    pressed(windows, opened(windows, viewer, "RunWidget", path="builtin:denoise-fluo"))
    assert np.array_equal(viewer.layers[-1].data, biodl.run(image, "builtin:denoise-fluo")[0][0])


def test_what_does_not_go_together_is_told_and_nothing_runs(windows, viewer):
    windows.told.clear()
    for widget in (opened(windows, viewer, "SegmentWidget", axes="zyx"), opened(windows, viewer, "SegmentWidget", channels="DAPI"),
            opened(windows, viewer, "SegmentWidget", image=None)):
        widget._go.changed.emit(True)
        assert widget._go.enabled
    assert len(windows.told) == 3 and len(viewer.layers) == 1


def test_cancel_leaves_no_layer(windows, viewer, image):
    viewer.layers["cells"].data = np.tile(image, (8, 8))
    widget = opened(windows, viewer, "DenoiseWidget", device="cpu")
    widget._go.changed.emit(True)
    widget._stop.changed.emit(True)
    windows.until(lambda: widget._go.enabled)
    assert [layer.name for layer in viewer.layers] == ["cells"]


def test_the_preview_follows_view_and_thresholds_and_goes(windows, viewer):
    cells = viewer.layers["cells"]
    cells.corner_pixels = np.array([[20, 30], [99, 119]])
    widget = opened(windows, viewer, "SegmentWidget", preview=True)
    windows.until(lambda: "cells preview" in viewer.layers)
    shown = viewer.layers["cells preview"]
    first, many = shown.data, shown.data.max()
    widget._fields["prob_threshold"].value = 0.95
    windows.until(lambda: shown.data is not first)
    assert shown.data.max() < many and widget._candidates.runs == 1
    second = shown.data
    cells.corner_pixels = np.array([[0, 0], [159, 191]])
    viewer.camera.events.zoom.emit(None)
    windows.until(lambda: shown.data is not second)
    assert widget._candidates.runs == 2 and shown.data.shape == (160, 192) and shown.translate == (3, 4)
    assert len(viewer.layers) == 2
    widget._fields["preview"].value = False
    windows.until(lambda: "cells preview" not in viewer.layers)
    assert widget._candidates._kept is None


def test_a_widget_leaves_the_preview_of_another_alone(windows, viewer):
    viewer.layers["cells"].corner_pixels = np.array([[20, 30], [99, 119]])
    other = opened(windows, viewer, "DenoiseWidget", preview=True)
    windows.until(lambda: "cells preview" in viewer.layers)
    widget = opened(windows, viewer, "SegmentWidget", preview=True)
    windows.until(lambda: len(viewer.layers) == 3)
    widget._fields["preview"].value = False
    windows.until(lambda: len(viewer.layers) == 2)
    assert viewer.layers[1].kind == "image"
    second = napari_stand_ins.Layer.create(viewer.layers["cells"].data, {"name": "others", "scale": (1, 1), "translate": (0, 0)}, "image")
    other._fields["image"].value = viewer.add_layer(second)
    windows.until(lambda: viewer.layers[-1].name == "others preview")
    assert len(viewer.layers) == 3 and viewer.layers[-1].scale == (1, 1)


def test_the_preview_of_a_restoration(windows, viewer, image):
    viewer.layers["cells"].corner_pixels = np.array([[20, 30], [99, 119]])
    opened(windows, viewer, "DenoiseWidget", preview=True)
    windows.until(lambda: "cells preview" in viewer.layers)
    assert viewer.layers["cells preview"].data.shape == (80, 90)


def test_models_are_listed_described_and_verified(windows, viewer):
    windows.told.clear()
    widget = windows.widgets.ModelsWidget(viewer)
    windows.until(lambda: widget._model.choices)
    entry = next(name for name, entry in widget._entries.items() if entry.id == "builtin:nuclei-fluo-small")
    widget._model.value = entry
    assert "Licence" in widget._about.value
    widget._buttons["Verify"].changed.emit(True)
    windows.until(lambda: windows.told)
    assert "passed" in windows.told[0].lower()


def test_a_model_is_trained_and_then_offered(windows, viewer, monkeypatch):
    windows.told.clear()
    short = windows.widgets.tasks.train
    monkeypatch.setattr(windows.widgets.tasks, "train", lambda *given, **options: short(*given, patch=32, batch=1, threads=1, **options))
    pressed(windows, opened(windows, viewer, "TrainWidget", method="noise2void", name="from napari", steps=4))
    assert "is installed" in windows.told[0]
    names = [name for name, _ in windows.widgets.catalogue.choices("denoise")]
    assert "from napari" in names


def test_a_training_that_is_cancelled_leaves_no_model(windows, viewer):
    windows.told.clear()
    widget = opened(windows, viewer, "TrainWidget", method="noise2void", name="never", steps=100_000)
    widget._go.changed.emit(True)
    widget._stop.changed.emit(True)
    windows.until(lambda: widget._go.enabled)
    assert not windows.told and "never" not in [name for name, _ in windows.widgets.catalogue.choices("")]


def test_a_training_that_is_stopped_keeps_what_it_has(windows, viewer):
    windows.told.clear()
    widget = opened(windows, viewer, "TrainWidget", method="noise2void", name="stopped", steps=100_000)
    widget._go.changed.emit(True)
    windows.until(lambda: widget._how_far.value is not None and widget._running is not None)
    widget._keep.changed.emit(True)
    windows.until(lambda: widget._go.enabled)
    assert "stopped" in [name for name, _ in windows.widgets.catalogue.choices("")]
