# SPDX-License-Identifier: MIT
"""What the widgets use of napari and magicgui, where those cannot be installed: their documented calls, checked, without a window.

Workers and timers are no stand-ins: they are superqt's, of which napari's are made, on a real event loop.
"""
import sys
from types import ModuleType, SimpleNamespace

import numpy as np

PLACED = {"name", "metadata", "scale", "translate", "rotate", "shear", "affine", "units", "axis_labels"}
ATTRIBUTES = {
    "image": PLACED | {"rgb", "colormap", "contrast_limits", "gamma", "blending"},
    "labels": PLACED | {"features"},
    "shapes": PLACED | {"features", "shape_type", "face_color", "edge_color", "edge_width"},
}


class Signal:
    """Of psygnal, and of napari's event emitters."""

    def __init__(self):
        self._heard = []

    def connect(self, slot):
        self._heard.append(slot)

    def emit(self, *values):
        for slot in self._heard:
            slot(*values)


class Widget:
    """Of magicgui."""

    def __init__(self, name="", label=None, value=None, enabled=True, text="", min=None, max=None):
        self.name, self.label, self.enabled, self.text, self.choices = name, label, enabled, text, None
        self.changed = Signal()
        self._value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = value
        self.changed.emit(value)


TAKEN = set("""annotation asdict changed close count enabled extend from_callable from_signature get_widget height hide index insert label
    label_changed labels layout margins max_height max_width min_height min_width name native native_parent native_parent_changed
    options orientation param_kind parent parent_changed pop remove render reset_choices reverse root_native_widget show shown tooltip
    update visible widget_type width append clear _annotation _emit_parent _explicitly_hidden _initialized _insert_widget _label _labels
    _labeled_widget _labeled_widget_ref _layout _list _param_kind _pop_widget _post_init _scrollable _unify_label_widths _visible
    _widget""".split())


class Container(list):
    """Of magicgui. Its subclasses must leave its own names alone: those are attributes and methods of magicgui's Container."""

    def __init_subclass__(cls):
        assert not TAKEN & set(vars(cls)), TAKEN & set(vars(cls))

    def __setattr__(self, name, value):
        assert name not in TAKEN, name
        object.__setattr__(self, name, value)


LAYERS = ("napari.layers.Image", "napari.layers.Labels")
OPTIONS = {"ComboBox": {"choices"}, "FloatSlider": {"min", "max", "step"}, float: {"min", "max", "step"}, int: {"min", "max", "step"},
    bool: set(), str: {"choices"}, **{kind: {"nullable"} for kind in LAYERS}}


def create_widget(value=None, annotation=None, name="", label=None, widget_type=None, options=None):
    """As magicgui: a widget by its type, else by the annotation; options that this has not are errors."""
    options = dict(options or {})
    options.pop("tooltip", None)
    unknown = set(options) - OPTIONS[widget_type or annotation]
    if unknown:
        raise TypeError(f"{name} has no {unknown}")
    choices = options.get("choices")
    choices = choices(None) if callable(choices) else choices
    values = [choice[1] if isinstance(choice, tuple) else choice for choice in choices or []]
    if values and value not in values:
        raise ValueError(f"{value!r} is no choice of {name}")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        assert options.get("min", 0) <= value <= options.get("max", value), name
    widget = Widget(name, label, value)
    widget.choices = choices
    return widget


class Layer(SimpleNamespace):
    """Of napari."""

    @classmethod
    def create(cls, data, attributes, kind):
        unknown = set(attributes) - ATTRIBUTES[kind]
        assert not unknown, f"a layer of {kind} has no {unknown}"
        ndim = data[0].shape[1] if kind == "shapes" else np.ndim(data) - attributes.get("rgb", False)
        for name in ("scale", "translate", "units", "axis_labels"):
            assert name not in attributes or len(attributes[name]) == ndim, name
        rows = {len(column) for column in attributes.get("features", {}).values()}
        assert len(rows) <= 1 and (kind != "shapes" or rows in ({len(data)}, set()))
        return cls(**{"rgb": False, "multiscale": False, **attributes}, data=data, kind=kind, corner_pixels=np.zeros((2, ndim), int))

    def world_to_data(self, position):
        return (np.asarray(position) - self.translate) / self.scale


class Layers(list):
    """The list of a viewer's layers, also by name."""

    def __contains__(self, wanted):
        return any(layer is wanted or layer.name == wanted for layer in self)

    def __getitem__(self, name):
        return next(layer for layer in self if layer.name == name) if isinstance(name, str) else list.__getitem__(self, name)

    def remove(self, wanted):
        self[:] = [layer for layer in self if layer is not wanted]


class Viewer:
    """Of napari."""

    def __init__(self):
        self.layers = Layers()
        self.camera = SimpleNamespace(events=SimpleNamespace(center=Signal(), zoom=Signal()))
        self.dims = SimpleNamespace(point=(0.0, 0.0), events=SimpleNamespace(current_step=Signal()))

    def add_layer(self, layer):
        self.layers.append(layer)
        return layer

    def add_image(self, data, **attributes):
        return self.add_layer(Layer.create(data, attributes, "image"))


def install(failures=None):
    """
    Let `import napari` and `import magicgui` find these. Returns what was told to the user, a list that grows.

    What calls on workers raise goes into `failures`, a list, too: in the event loop, where superqt raises it, PyQt ends the process for it.
    """
    from superqt.utils import create_worker
    told = []

    def quiet(function, **options):
        worker = create_worker(function, _ignore_errors=True, **options)
        worker.errored.connect((told if failures is None else failures).append)
        return worker

    modules = {
        "magicgui": {},
        "magicgui.widgets": {"Container": Container, "ProgressBar": Widget, "PushButton": Widget, "TextEdit": Widget,
            "create_widget": create_widget},
        "napari": {"Viewer": Viewer},
        "napari.layers": {"Layer": Layer},
        "napari.viewer": {"Viewer": Viewer},
        "napari.qt": {},
        "napari.qt.threading": {"create_worker": quiet},
        "napari.utils": {},
        "napari.utils.notifications": {"show_info": told.append, "show_warning": told.append},
    }
    for name, members in modules.items():
        module = ModuleType(name)
        module.__dict__.update(members)
        sys.modules[name] = module
        above, _, last = name.rpartition(".")
        if above:
            setattr(sys.modules[above], last, module)
    return told
