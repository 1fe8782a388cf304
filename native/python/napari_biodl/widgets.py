# SPDX-License-Identifier: MIT
"""The widgets: fields, a button that runs, one that cancels, a bar. The only module that knows napari and magicgui."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import Any, Callable, Dict, List, Optional, Tuple

from magicgui.widgets import Container, ProgressBar, PushButton, TextEdit, create_widget
from napari.layers import Layer
from napari.qt.threading import create_worker
from napari.utils.notifications import show_info, show_warning
from napari.viewer import Viewer
from superqt.utils import qdebounced

from . import catalogue, fields, preview, tasks
from .latest import Latest
from .layers import LayerData, Source
from .running import Running

SETTLED = 200
"""Milliseconds without a move of the view or a field before a preview is made."""


def make(field: fields.Field) -> Any:
    """magicgui's widget for a field. It has no name, because a container takes the names of what it holds for its own attributes."""
    settings = {**field.options, "tooltip": field.tooltip}
    kind = settings.pop("widget_type", None)
    if "models" in settings:
        task = settings.pop("models")
        settings["choices"] = lambda _: catalogue.choices(task)  # asked anew when layers come and go, so that new models are offered
    value = {} if field.annotation in (fields.IMAGE, fields.LABELS) else {"value": field.value}
    return create_widget(label=field.label, annotation=field.annotation, widget_type=kind, options=settings, **value)


class VerbWidget(Container):
    """Fields, and a call that they describe."""

    title = ""
    asked: Tuple[fields.Field, ...] = ()

    def __init__(self, napari_viewer: Viewer) -> None:
        super().__init__()
        self._viewer = napari_viewer
        self._running: Optional[Running] = None
        self._fields = {field.name: make(field) for field in self.asked}
        self._go = PushButton(text=self.title)
        self._stop = PushButton(text="Cancel", enabled=False)
        self._how_far = ProgressBar(min=0, max=100, value=0)
        self._go.changed.connect(self._begin)
        self._stop.changed.connect(self._cancel)
        self.extend([*self._fields.values(), self._go, self._stop, self._how_far])

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        """What is run: a function of `progress`; ValueError for values that do not go together."""
        raise NotImplementedError

    def show_result(self, result: Any) -> None:
        """What becomes of its result: layers."""
        add(self._viewer, result)

    def values(self) -> Dict[str, Any]:
        """What the fields hold."""
        return {name: widget.value for name, widget in self._fields.items()}

    def _begin(self, *_: Any) -> None:
        try:
            call = self.call(self.values())
        except ValueError as error:
            show_warning(str(error))
            return
        self._go.enabled, self._stop.enabled = False, True
        self._running = Running(call, self.show_result, create_worker, self._moved, self._ended)

    def _cancel(self, *_: Any) -> None:
        if self._running is not None:
            self._running.cancel()

    def _moved(self, fraction: float) -> None:
        self._how_far.value = int(100 * fraction)

    def _ended(self) -> None:
        self._running = None
        self._go.enabled, self._stop.enabled, self._how_far.value = True, False, 0


class PreviewedWidget(VerbWidget):
    """With a preview of what is seen, which follows the view and the fields."""

    def __init__(self, napari_viewer: Viewer) -> None:
        super().__init__(napari_viewer)
        self._shown: Optional[Layer] = None
        self._shown_of: Any = None
        self._latest = Latest(self._ask)
        self._settle = qdebounced(self._look, timeout=SETTLED)
        for widget in self._fields.values():
            widget.changed.connect(self._changed)
        for emitter in (napari_viewer.camera.events.center, napari_viewer.camera.events.zoom, napari_viewer.dims.events.current_step):
            emitter.connect(self._changed)

    def preview_of(self, view: preview.View, values: Dict[str, Any], progress: Any) -> List[LayerData]:
        """The layer to be shown for a view."""
        raise NotImplementedError

    def _changed(self, *_: Any) -> None:
        self._settle()

    def _look(self) -> None:
        values = self.values()
        image = values["image"]
        if not values["preview"] or image is None:
            self._latest.clear()
            self.forget_preview()
            return
        view = preview.view_of(image, image.world_to_data(self._viewer.dims.point), values["axes"])
        self._latest.put((view, values))

    def _ask(self, question: Tuple[preview.View, Dict[str, Any]], ended: Callable[[], None]) -> None:
        image = question[1]["image"]
        Running(partial(self.preview_of, *question), partial(self._show, image), create_worker, ended=ended)

    def _show(self, image: Layer, layers: List[LayerData]) -> None:
        if not self.values()["preview"]:
            return
        data, attributes, kind = layers[0]
        if self._shown_of is not image or self._shown not in self._viewer.layers:
            self._take_away()
            self._shown, self._shown_of = self._viewer.add_layer(Layer.create(data, attributes, kind)), image
        else:
            self._shown.data, self._shown.translate = data, attributes["translate"]

    def forget_preview(self) -> None:
        """Take the preview away, and what it is made from."""
        self._take_away()

    def _take_away(self) -> None:
        if self._shown is not None and self._shown in self._viewer.layers:
            self._viewer.layers.remove(self._shown)
        self._shown = self._shown_of = None


class SegmentWidget(PreviewedWidget):
    """Find star-convex objects."""

    title, asked = "Segment", fields.SEGMENT

    def __init__(self, napari_viewer: Viewer) -> None:
        super().__init__(napari_viewer)
        self._candidates = preview.SegmentPreview()

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        chosen = fields.options(self.asked, values)
        return partial(tasks.segment, source_of(values), model=fields.chosen_model(values), **chosen)

    def preview_of(self, view: preview.View, values: Dict[str, Any], progress: Any) -> List[LayerData]:
        network, stars = preview.split(fields.options(self.asked, values))
        return self._candidates.answer(view, fields.chosen_model(values), network, stars, progress)

    def forget_preview(self) -> None:
        super().forget_preview()
        self._candidates.close()


class DenoiseWidget(PreviewedWidget):
    """Restore an image."""

    title, asked = "Denoise", fields.DENOISE

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        return partial(tasks.denoise, source_of(values), model=fields.chosen_model(values), **fields.options(self.asked, values))

    def preview_of(self, view: preview.View, values: Dict[str, Any], progress: Any) -> List[LayerData]:
        return preview.denoised(view, fields.chosen_model(values), fields.options(self.asked, values), progress)


class StainWidget(VerbWidget):
    """Predict stains."""

    title, asked = "Stain", fields.STAIN

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        return partial(tasks.stain, source_of(values), model=fields.chosen_model(values), **fields.options(self.asked, values))


class RunWidget(VerbWidget):
    """Run any model, on an image for each of its inputs."""

    title, asked = "Run", fields.RUN

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        others = [Source.of(values[name], values["axes"]) for name in ("image2", "image3", "image4") if values[name] is not None]
        sources = [source_of(values), *others]
        return partial(tasks.run, sources, model=fields.chosen_model(values), **fields.options(self.asked, values))


class TrainWidget(VerbWidget):
    """Train a model of one's own; Cancel leaves nothing, Stop keeps what it has learned."""

    title, asked = "Train", fields.TRAIN

    def __init__(self, napari_viewer: Viewer) -> None:
        super().__init__(napari_viewer)
        self._enough = Event()
        self._keep = PushButton(text="Stop and keep")
        self._keep.changed.connect(lambda *_: self._enough.set())
        self.extend([self._keep])

    def call(self, values: Dict[str, Any]) -> Callable[[Any], Any]:
        self._enough.clear()
        beside = {name: Source.of(values[name], values["axes"]) for name in ("target", "labels") if values[name] is not None}
        chosen = fields.options(self.asked, values)
        return partial(tasks.train, source_of(values), method=values["method"], enough=self._enough.is_set, **beside, **chosen)

    def show_result(self, result: Any) -> None:
        figures = ", ".join(f"{name} {value:.3g}" for name, value in result.figures.items())
        show_info(f"The model {result.model_id} is installed ({figures}). Its report: {result.report}")


class ModelsWidget(Container):
    """The models there are: what they are, whether they work here, more of them."""

    def __init__(self, napari_viewer: Viewer) -> None:
        super().__init__()
        self._entries: Dict[str, Any] = {}
        self._online = create_widget(label="Online too", annotation=bool, value=False)
        self._model = create_widget(label="Model", annotation=str, widget_type="ComboBox", options={"choices": []})
        self._about = TextEdit(label="About", value="")
        self._source = create_widget(label="Install from", annotation=str, value="")
        self._buttons = {title: PushButton(text=title) for title in ("Install", "Verify", "Remove")}
        self._online.changed.connect(self._refresh)
        self._model.changed.connect(self._describe)
        for title, button in self._buttons.items():
            button.changed.connect(partial(self._do, title))
        self.extend([self._online, self._model, self._about, self._source, *self._buttons.values()])
        self._refresh()

    def _refresh(self, *_: Any) -> None:
        online = bool(self._online.value)
        Running(lambda _: catalogue.listed(online), self._listed, create_worker)

    def _listed(self, entries: List[Tuple[str, Any]]) -> None:
        self._entries = dict(entries)
        self._model.choices = list(self._entries)
        self._describe()

    def _describe(self, *_: Any) -> None:
        entry = self._entries.get(self._model.value)
        self._about.value = "" if entry is None else catalogue.described(entry)

    def _do(self, title: str, *_: Any) -> None:
        entry = self._entries.get(self._model.value)
        source = self._source.value.strip() or (entry.id if entry is not None else "")
        if not source:
            show_warning("Choose a model, or say where to install one from")
            return
        Running(lambda progress: catalogue.ACTIONS[title](source, progress), self._told, create_worker, ended=self._refresh)

    def _told(self, text: str) -> None:
        show_info(text)


def source_of(values: Dict[str, Any]) -> Source:
    """The image of a widget's values; ValueError where there is none."""
    if values["image"] is None:
        raise ValueError("Choose an image: the viewer has no image layer")
    return Source.of(values["image"], values["axes"])


def add(viewer: Viewer, layers: List[LayerData]) -> None:
    """Show layers."""
    for data, attributes, kind in layers:
        viewer.add_layer(Layer.create(data, attributes, kind))
