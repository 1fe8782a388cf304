# SPDX-License-Identifier: MIT
"""Python gives what others give: the command line to the last bit, and the authors of models by their test tensors."""
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
import tifffile
from conftest import DIST, REPOSITORY, nuclei

import biodl

SHARED = Path(os.environ.get("BIODL_SHARED") or REPOSITORY.parent / "shared")
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="there is no folder 'shared' beside the repository")
PROGRAM = next((path for path in (DIST / "bin/biodl", DIST / "bin/biodl.exe") if path.exists()), None)


def by_command(verb, image, folder, *options):
    """The pixels and the account that the command line makes of an image."""
    tifffile.imwrite(folder / "image.tif", image, photometric="rgb" if image.shape[-1] == 3 else "minisblack")
    subprocess.run([str(PROGRAM), verb, "image.tif", "--out", "out.tif", "--provenance", "--overwrite", *options], cwd=folder, check=True,
        stdout=subprocess.DEVNULL)
    return tifffile.imread(folder / "out.tif"), json.loads((folder / "out.json").read_text())


def equal_accounts(ours, theirs):
    """All but times, and what only files have."""
    for name in ("schema", "task", "model", "statistics", "tiles", "device", "objects", "warnings", "options", "region_yxhw", "processing"):
        assert ours.get(name) == theirs.get(name), name


def field(number):
    with zipfile.ZipFile(SHARED / "images/dsb2018/test.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("test/images/") and name.endswith(".tif"))
        return tifffile.imread(io.BytesIO(archive.read(names[number])))


@shared
@pytest.mark.parametrize("number", [0, 17, 44])
def test_real_fields_are_segmented_as_by_the_command(number, tmp_path):
    labels, objects = biodl.segment(field(number))
    theirs, account = by_command("segment", field(number), tmp_path)
    np.testing.assert_array_equal(labels, theirs)
    assert objects.count == labels.max() > 0
    equal_accounts(objects.account, account)


@pytest.mark.parametrize("options, words", [
    ({"prob_threshold": 0.3, "overlap_threshold": 0.1}, ["--prob", "0.3", "--overlap", "0.1"]),
    ({"prob_threshold": 0, "border": 0, "vertices": "integer"}, ["--prob", "0", "--border", "0", "--integer-vertices"]),
    ({"percentiles": (5, 95), "region": (16, 24, 90, 100)}, ["--percentiles", "5", "95", "--region", "24,16,100,90"]),
    ({"image_scale": 0.75, "exclude_edges": True, "min_area": 60}, ["--scale", "0.75", "--exclude-edges", "--min-area", "60"]),
    ({"grow": 4.5, "rings": True}, ["--grow", "4.5", "--rings"]),
    ({"dark_objects": True, "tile": 256, "device": "cpu"}, ["--dark-objects", "--tile", "256", "--device", "cpu"]),
])
def test_options_mean_the_same(image, tmp_path, options, words):
    labels, objects = biodl.segment(image, **options)
    theirs, account = by_command("segment", image, tmp_path, *words)
    np.testing.assert_array_equal(labels, theirs)
    equal_accounts(objects.account, account)


def test_series_are_linked_as_by_the_command(tmp_path):
    series = np.stack([np.roll(nuclei(128, 128, 7, 1), 3 * frame, 1) for frame in range(4)])
    labels, objects = biodl.segment(series, axes="TYX", link="frames", label_scope="track")
    tifffile.imwrite(tmp_path / "image.tif", series, imagej=True, metadata={"axes": "TYX"})
    subprocess.run([str(PROGRAM), "segment", "image.tif", "--out", "out.tif", "--link", "frames", "--numbers", "track"], cwd=tmp_path,
        check=True, stdout=subprocess.DEVNULL)
    np.testing.assert_array_equal(labels, tifffile.imread(tmp_path / "out.tif"))
    assert objects.track.min() > 0 and np.array_equal(objects.track, objects.label)


@pytest.mark.parametrize("verb, dtype", [("denoise", "u2"), ("denoise", "f4"), ("stain", "u2"), ("stain", "u1")])
def test_images_are_made_as_by_the_command(image, tmp_path, verb, dtype):
    pixels = (image // 16 if dtype == "u1" else image).clip(0, np.iinfo(dtype).max if dtype[0] == "u" else None).astype(dtype)
    made, run = getattr(biodl, verb)(pixels)
    theirs, account = by_command(verb, pixels, tmp_path)
    assert made.dtype == theirs.dtype
    np.testing.assert_array_equal(made, theirs.reshape(made.shape))
    equal_accounts(run.account, account)


@shared
def test_tissue_is_segmented_as_by_the_command(tmp_path):
    pillow = pytest.importorskip("PIL.Image")
    tissue = np.asarray(pillow.open(SHARED / "images/he/histo.jpg").convert("RGB"))[:300, :400]
    labels, objects = biodl.segment(tissue)
    np.testing.assert_array_equal(labels, by_command("segment", tissue, tmp_path)[0])
    assert objects.count > 10 and "stained" in str(objects.account["model"])


@shared
@pytest.mark.parametrize("folder, inputs, outputs", [
    ("nuclei-fluo-small", ["test_input"], ["test_output_dist", "test_output_prob"]),
    ("stardist-dsb2018", ["test_input"], ["test_output_dist", "test_output_prob"]),
    ("unet2d_nuclei_broad", ["test_input"], ["test_output"]),
    ("unet2d_multi_tensor", ["test_input_0", "test_input_1"], ["test_output_0", "test_output_1"]),
])
def test_models_give_their_test_tensors(folder, inputs, outputs):
    place = SHARED / "models" / folder
    with biodl.Model(place) as model:
        axes = [tensor.axes.replace("b", "") for tensor in model.inputs]
        images = [np.load(place / f"{name}.npy")[0] for name in inputs]
        made, run = model.run(images, axes)
        verified = biodl.models.verify(model)
    assert verified.outcome == "passed", verified.text
    for image, output, name, rule in zip(made, run.outputs, outputs, verified.outputs):
        reference = np.load(place / f"{name}.npy")[0]
        far = np.abs(image.reshape(reference.shape) - reference) > rule.absolute_tolerance + rule.relative_tolerance * np.abs(reference)
        assert far.mean() <= rule.allowed_per_million / 1e6, (output.name, np.abs(image.reshape(reference.shape) - reference).max())
