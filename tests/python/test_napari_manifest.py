# SPDX-License-Identifier: MIT
"""The manifest of napari-biodl by the rules of npe2's schema 0.2 (its reference: napari.org, Manifest and Contributions Reference)."""
import ast
import re

import napari_biodl
import pytest
import yaml
from conftest import REPOSITORY
from napari_biodl import samples

FOLDER = REPOSITORY / "native" / "python" / "napari_biodl"
NAME = re.compile(r"([a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])", re.IGNORECASE)
DISPLAYED = re.compile(r"[^\W_][\w -~:.'\"]{1,88}[^\W_]")
COMMAND = re.compile(r"napari-biodl(\.[a-z0-9][a-z0-9._-]*)*\.[a-z_][a-z_0-9]*", re.IGNORECASE)
PYTHON = re.compile(r"[a-zA-Z_][\w-]*(\.[a-zA-Z_][\w-]*)*:[a-zA-Z_]\w*(\.[a-zA-Z_]\w*)*")
CATEGORIES = {"Acquisition", "Annotation", "Dataset", "Image Processing", "IO", "Measurement", "Registration", "Segmentation", "Simulation",
    "Themes", "Transformations", "Utilities", "Visualization"}
KEYS = {
    "manifest": ({"name", "contributions"}, {"display_name", "visibility", "icon", "categories", "schema_version", "on_activate",
        "on_deactivate"}),
    "contributions": (set(), {"commands", "readers", "writers", "widgets", "sample_data", "themes", "menus", "submenus", "keybindings",
        "configuration"}),
    "commands": ({"id", "title"}, {"python_name", "short_title", "category", "icon", "enablement"}),
    "widgets": ({"command", "display_name"}, {"autogenerate"}),
    "sample_data": ({"command", "key", "display_name"}, set()),
    "menus": ({"command"}, {"when", "group"}),
}


@pytest.fixture(scope="module")
def manifest():
    return yaml.safe_load((FOLDER / "napari.yaml").read_text(encoding="utf-8"))


def keys(kind, given):
    needed, allowed = KEYS[kind]
    assert needed <= set(given) <= needed | allowed, (kind, given)


def test_head(manifest):
    keys("manifest", manifest)
    keys("contributions", manifest["contributions"])
    assert manifest["name"] == "napari-biodl" and NAME.fullmatch(manifest["name"])
    assert DISPLAYED.fullmatch(manifest["display_name"])
    assert manifest["visibility"] in ("public", "hidden")
    assert re.fullmatch(r"0\.2\.\d+", manifest["schema_version"])
    assert set(manifest["categories"]) <= CATEGORIES


def test_commands_are_functions_and_classes_of_the_package(manifest):
    commands = manifest["contributions"]["commands"]
    assert len({command["id"] for command in commands}) == len(commands)
    for command in commands:
        keys("commands", command)
        assert COMMAND.fullmatch(command["id"]), command
        assert PYTHON.fullmatch(command["python_name"]), command
        module, name = command["python_name"].split(":")
        package, file = module.split(".")
        assert package == napari_biodl.__name__
        tree = ast.parse((FOLDER / f"{file}.py").read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}, command


def test_contributions_name_commands_and_every_command_is_contributed(manifest):
    contributions = manifest["contributions"]
    commands = {command["id"] for command in contributions["commands"]}
    named = [(kind, one) for kind in ("widgets", "sample_data") for one in contributions[kind]]
    named += [("menus", one) for items in contributions["menus"].values() for one in items]
    for kind, one in named:
        keys(kind, one)
        assert one["command"] in commands, one
        assert "display_name" not in one or one["display_name"].strip()
    assert {one["command"] for kind, one in named if kind != "menus"} == commands
    assert len({one["key"] for one in contributions["sample_data"]}) == len(contributions["sample_data"])


def test_a_widget_takes_the_viewer_by_the_name_that_napari_looks_for(manifest):
    widgets = {widget["command"] for widget in manifest["contributions"]["widgets"]}
    names = [command["python_name"].split(":")[1] for command in manifest["contributions"]["commands"] if command["id"] in widgets]
    classes = {node.name: node for node in ast.parse((FOLDER / "widgets.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)}
    for name in names:
        node = classes[name]
        while not any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body):
            node = classes[node.bases[0].id]
        init = next(part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__")
        assert [argument.arg for argument in init.args.args] == ["self", "napari_viewer"]


ARROWS = {
    "__init__": set(), "layers": set(), "fields": set(), "work": set(), "latest": set(), "catalogue": set(), "samples": {"layers"},
    "results": {"layers"}, "running": {"work"}, "tasks": {"results", "layers"}, "preview": {"tasks", "results", "layers"},
    "widgets": {"catalogue", "fields", "preview", "tasks", "latest", "layers", "running"},
}


def test_modules_know_what_is_below_them_and_only_the_widgets_know_windows():
    found = {file.stem: imports(file) for file in FOLDER.glob("*.py")}
    assert set(found) == set(ARROWS)
    for module, (own, others) in found.items():
        assert own <= ARROWS[module], module
        windows = others & {"napari", "magicgui", "superqt", "qtpy", "PyQt5"}
        assert not windows or module == "widgets", (module, windows)


def imports(file):
    """The modules of the package that one imports, and the packages."""
    own, others = set(), set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            others |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            own |= {node.module} if node.module else {name.name for name in node.names}
    return own, others


@pytest.mark.parametrize("sample", [samples.nuclei, samples.noisy_nuclei])
def test_samples_are_layer_data_and_always_the_same(sample):
    first, again = sample(), sample()
    for (data, attributes, kind), (other, _, _) in zip(first, again):
        assert kind == "image" and data.dtype == "uint16" and len(attributes["scale"]) == data.ndim
        assert (data == other).all() and 0 < data.min() < data.mean() < data.max() < 65535
