# SPDX-License-Identifier: MIT
"""The wheel: by the format's rules, and installed into an environment of its own."""
import base64
import csv
import hashlib
import importlib.metadata
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import yaml
from conftest import DIST, REPOSITORY, nuclei

import biodl


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, str(REPOSITORY / "native/python/wheel.py"), str(DIST), str(out)], check=True)
    return next(out.glob("biodl-*.whl"))


def test_every_file_is_in_the_record_with_its_hash(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = next(name for name in names if name.endswith("/RECORD"))
        rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(archive.read(info).decode()))}
        assert sorted(rows) == sorted(names) and len(set(names)) == len(names) and rows.pop(info) == ["", ""]
        for name, (digest, size) in rows.items():
            data = archive.read(name)
            told = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (digest, int(size)) == (f"sha256={told}", len(data)), name
        assert {"biodl/py.typed", "biodl/__init__.py"} < set(names)
        assert any(re.fullmatch(r"biodl/native/(lib)?biodl\.\w+", name) for name in names)
        assert any(name.startswith(info[:-len("RECORD")] + "licenses/third-party/") for name in names)


def test_the_plugin_for_napari_is_found_by_its_entry_point(wheel, tmp_path):
    plugin = next(wheel.parent.glob("napari_biodl-*-py3-none-any.whl"))
    with zipfile.ZipFile(plugin) as archive:
        archive.extractall(tmp_path)
    (found,) = importlib.metadata.distributions(path=[str(tmp_path)])
    (point,) = [one for one in found.entry_points if one.group == "napari.manifest"]
    manifest = yaml.safe_load((tmp_path / point.value.replace(":", "/")).read_text(encoding="utf-8"))
    assert manifest["name"] == found.metadata["Name"] == point.name
    assert found.version == biodl.__version__ and f"biodl=={biodl.__version__}" in found.requires
    inside = {file.name for file in (tmp_path / "napari_biodl").iterdir()}
    assert inside == {file.name for file in (REPOSITORY / "native/python/napari_biodl").iterdir() if file.is_file()}


def test_versions_agree():
    told = re.search(r"<Version>(.+?)</Version>", (REPOSITORY / "Directory.Build.props").read_text())[1]
    assert biodl.__version__ == told == biodl.diagnostics()["version"]


def test_it_is_installed_and_runs(wheel, tmp_path):
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", "--without-pip", str(home)], check=True)
    python = next(path for folder in ("bin", "Scripts") for path in home.glob(f"{folder}/python*"))
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
    image = nuclei(128, 144, 8, 4)
    np.save(tmp_path / "image.npy", image)
    script = ("import biodl, numpy; labels, objects = biodl.segment(numpy.load('image.npy')); numpy.save('labels.npy', labels);"
        "print(biodl.diagnostics()['library_path'])")
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "BIODL_RUNTIME_DIR")}
    said = subprocess.run([str(python), "-c", script], cwd=tmp_path, env=clean, check=True, text=True, stdout=subprocess.PIPE).stdout
    assert Path(said.strip()).is_relative_to(home)
    np.testing.assert_array_equal(np.load(tmp_path / "labels.npy"), biodl.segment(image)[0])
