# SPDX-License-Identifier: MIT
"""Blocks on dask against one process: the same objects, pixels and values, whatever the blocks, chunks, types and troubles."""
import os
import signal
import threading
import time
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

import biodl

from conftest import REPOSITORY, nuclei, python

dask = pytest.importorskip("dask")
da = pytest.importorskip("dask.array")
distributed = pytest.importorskip("distributed")

import biodl.dask  # noqa: E402
from biodl.dask._blocks import Grid  # noqa: E402
from biodl.dask._statistics import Needs, Statistics  # noqa: E402

MODEL = "builtin:nuclei-fluo-small"


@pytest.fixture(scope="module")
def tiles():
    """Pictures of 256 x 256 nuclei: real ones where the folder of test data is, else drawn ones."""
    shared = Path(os.environ.get("BIODL_SHARED", REPOSITORY.parent / "shared")) / "images" / "dsb2018" / "test.zip"
    if not shared.exists():
        return [nuclei(256, 256, 24, seed) for seed in range(8)]
    tifffile = pytest.importorskip("tifffile")
    with zipfile.ZipFile(shared) as archive:
        names = sorted(name for name in archive.namelist() if "/images/" in name and name.endswith(".tif"))
        images = [tifffile.imread(BytesIO(archive.read(name))) for name in names]
    return [image for image in images if image.shape == (256, 256)]


def field(tiles, height, width, seed):
    """An image of turned and mirrored tiles, cut anywhere, so that nuclei lie on all borders."""
    random = np.random.default_rng(seed)

    def tile():
        chosen = np.rot90(tiles[random.integers(len(tiles))], random.integers(4))
        return chosen[:, ::random.choice([-1, 1])]

    rows = [np.hstack([tile() for _ in range(width // 256 + 2)]) for _ in range(height // 256 + 2)]
    top, left = random.integers(256, size=2)
    return np.ascontiguousarray(np.vstack(rows)[top:top + height, left:left + width])


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes that were spawned, on the loopback address."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None) as made:
        with distributed.Client(made) as client:
            assert len(set(client.run(os.getpid).values()) | {os.getpid()}) == 3
            yield client


@pytest.fixture
def here():
    """No scheduler but this thread."""
    with dask.config.set(scheduler="synchronous"):
        yield


def assert_same(table, objects):
    """A table of blocks is the objects of one process: to the bit, but for means of coordinates, which are summed from another corner."""
    assert set(table) == set(objects)
    for name in objects:
        assert table[name].dtype == objects[name].dtype, name
        if name in ("centroid", "area"):
            np.testing.assert_allclose(table[name], objects[name], rtol=1e-12, atol=1e-9, err_msg=name)
        else:
            np.testing.assert_array_equal(table[name], objects[name], err_msg=name)


def test_two_workers_find_what_one_process_finds(tiles, cluster, stardist, tmp_path):
    image = field(tiles, 1536, 1536, 1)
    labels, objects = stardist.segment(image)
    with warnings.catch_warnings():
        warnings.simplefilter("error", biodl.BioDLWarning)
        made, table = biodl.dask.segment(da.from_array(image, chunks=(300, 700)), MODEL, block=512, folder=tmp_path)
    assert (made.dtype, made.shape, table.count) == (np.int32, image.shape, objects.count)
    np.testing.assert_array_equal(made.compute(), labels)
    assert_same(table.compute(), objects)
    assert len(table.parts) == 9 and sum(len(part["prob"]) for part in table.to_bag().compute()) == objects.count


def test_a_stack_is_found_plane_by_plane(tiles, cluster, stardist):
    stack = np.stack([field(tiles, 512, 512, 10 + z) // (1 + z % 3) for z in range(8)])
    labels, objects = stardist.segment(stack, "ZYX", label_scope="unique")
    made, table = biodl.dask.segment(da.from_array(stack, chunks=(3, 256, 256)), MODEL, "ZYX", block=384, margin=32)
    np.testing.assert_array_equal(made.compute(), labels)
    assert_same(table.compute(), objects)
    np.testing.assert_array_equal(np.unique(made.compute()), np.arange(objects.count + 1))


def test_labels_may_begin_anew_in_every_plane_and_axes_may_have_any_order(tiles, here, stardist):
    stack = np.stack([field(tiles, 200, 260, 20 + z) for z in range(3)], axis=-1)
    labels, objects = stardist.segment(stack, "YXT")
    made, table = biodl.dask.segment(da.from_array(stack, chunks=(100, 260, 2)), MODEL, "YXT", block=160, label_scope="plane")
    np.testing.assert_array_equal(made.compute(), labels)
    assert_same(table.compute(), objects)


@pytest.mark.parametrize("options", [
    dict(prob_threshold=0.3, overlap_threshold=0.1, border=0), dict(min_area=60, max_area=400, exclude_edges=True), dict(grow=4),
    dict(grow=3, rings=True), dict(percentiles=(5, 95)), dict(normalize=False), dict(dark_objects=True), dict(vertices="integer"),
], ids=str)
def test_options_mean_what_they_mean_to_one_process(tiles, here, stardist, options):
    image = field(tiles, 420, 500, 5).astype(np.float32) / 200
    labels, objects = stardist.segment(image, **options)
    made, table = biodl.dask.segment(da.from_array(image, chunks=333), MODEL, block=256, **options)
    np.testing.assert_array_equal(made.compute(), labels)
    assert table.count == objects.count


def test_a_worker_that_is_killed_costs_time_and_a_second_run_nothing(tiles, cluster, stardist, tmp_path):
    image = field(tiles, 1024, 1024, 2)
    labels, _ = stardist.segment(image)
    source = da.from_array(image, chunks=512)
    results = []
    run = threading.Thread(target=lambda: results.append(biodl.dask.segment(source, MODEL, block=256, margin=32, folder=tmp_path)))
    run.start()
    while run.is_alive() and len(list(tmp_path.glob("*/*.npz"))) < 2:
        time.sleep(0.01)
    os.kill(next(iter(cluster.run(os.getpid).values())), signal.SIGKILL)
    run.join()
    np.testing.assert_array_equal(results[0][0].compute(), labels)
    blocks = sorted(tmp_path.glob("*/*.npz"))
    assert len(blocks) == 16 and not list(tmp_path.glob("*/.*"))
    blocks[5].unlink()
    written = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/*.npz")}
    renamed = da.from_array(image.copy(), chunks=300, name=False)
    again, _ = biodl.dask.segment(renamed, MODEL, block=256, margin=32, folder=tmp_path)
    np.testing.assert_array_equal(again.compute(), labels)
    assert sorted(tmp_path.glob("*/*.npz")) == blocks
    assert all(path.stat().st_mtime_ns == time for path, time in written.items())
    biodl.dask.segment(source, MODEL, block=256, margin=32, folder=tmp_path, prob_threshold=0.7)
    assert len(list(tmp_path.glob("*/*.npz"))) == 32
    biodl.dask.segment(source[::-1], MODEL, block=512, margin=32, folder=tmp_path)
    biodl.dask.segment(source, MODEL, block=512, margin=32, folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_program_that_is_started_again_takes_up_where_it_was_killed(tiles, stardist, tmp_path):
    image = field(tiles, 700, 900, 9)
    np.save(tmp_path / "image.npy", image)
    script = f"""
import os, pathlib, threading, time
import dask, dask.array as da, numpy as np, biodl.dask
folder = pathlib.Path({str(tmp_path / "blocks")!r})
def dies():
    while len(list(folder.glob("*/*.npz"))) < 3:
        time.sleep(0.001)
    os._exit(1)
if not folder.exists():
    threading.Thread(target=dies, daemon=True).start()
with dask.config.set(scheduler="synchronous"):
    image = da.from_array(np.load({str(tmp_path / "image.npy")!r}), chunks=300)
    labels, _ = biodl.dask.segment(image, {MODEL!r}, block=256, folder=folder)
    np.save({str(tmp_path / "labels.npy")!r}, labels.compute())
"""
    assert python(script) == ""
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "blocks").glob("*/*.npz")}
    assert 3 <= len(first) < 12 and not (tmp_path / "labels.npy").exists()
    assert python(script) == ""
    both = {path: path.stat().st_mtime_ns for path in (tmp_path / "blocks").glob("*/*.npz")}
    assert len(both) == 12 and first.items() <= both.items()
    np.testing.assert_array_equal(np.load(tmp_path / "labels.npy"), stardist.segment(image)[0])


@pytest.mark.parametrize("dtype", [np.int16, np.uint16, np.float32])
def test_restored_blocks_are_the_restored_image(tiles, here, denoiser, dtype):
    image = (field(tiles, 180, 260, 3).astype(np.int32) * 3 - (200 if dtype == np.int16 else 0)).clip(
        *((np.iinfo(dtype).min, np.iinfo(dtype).max) if dtype != np.float32 else (0, 1000))).astype(dtype)
    one, _ = denoiser.denoise(np.stack([image, image[::-1]]), "CYX")
    made, output = biodl.dask.denoise(da.from_array(np.stack([image, image[::-1]]), chunks=(1, 128, 200)), "builtin:denoise-fluo", "CYX",
        block=128)
    assert (made.shape, made.dtype, output.restores_input) == (one.shape, one.dtype, True)
    # A network that sees other sizes of tiles adds its products in another order.
    np.testing.assert_allclose(made.compute().astype(float), one, atol=1 if dtype != np.float32 else 1e-4 * np.ptp(one))
    assert np.mean(made.compute() != one) < 1e-3 or dtype == np.float32


def test_stained_blocks_are_the_stained_image(tiles, here):
    image = field(tiles, 300, 420, 4)
    one, run = biodl.stain(image)
    made, output = biodl.dask.stain(da.from_array(image, chunks=200), block=128)
    assert (made.shape, output.channel_names) == (one.shape, run.outputs[0].channel_names)
    np.testing.assert_allclose(made.compute(), one, atol=1e-4 * np.ptp(one))


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.uint16, np.int16, np.float32, np.float64, np.int32])
def test_percentiles_over_blocks_are_those_of_the_whole(here, dtype):
    random = np.random.default_rng(4)
    for shape, chunks in [((2, 3, 2, 17, 23), (1, 2, 1, 5, 9)), ((1, 1, 1, 40, 50), 16), ((1, 2, 3, 8, 8), 8)]:
        values = random.normal(0, 60, shape).clip(-120, 120)
        values = values > 0 if dtype == bool else (values if np.dtype(dtype).kind in "fi" else np.abs(values)).astype(dtype)
        percentiles = tuple(sorted(random.uniform(0, 100, 2)))
        for over in [(False, False, False), (True, True, True), (False, True, False), (True, False, True)]:
            groups = [tuple(range(shape[2]))]
            taken = Statistics(da.from_array(values, chunks=chunks), groups, Needs("percentiles", percentiles, 0, *over)).values
            for (frame, z, channels), pair in taken.items():
                part = (values if frame is None else values[frame:frame + 1])
                part = (part if z is None else part[:, z:z + 1])[:, :, list(channels)]
                seen = part.astype(np.float32 if np.dtype(dtype).kind == "f" else float)
                np.testing.assert_allclose(pair, np.percentile(seen, percentiles), rtol=1e-6, atol=1e-6)


def test_values_that_are_not_finite_are_left_out(here):
    values = np.arange(400, dtype=np.float32).reshape(1, 1, 1, 20, 20)
    values[..., 3, :5] = [np.nan, np.inf, -np.inf, np.nan, np.inf]
    image = da.from_array(values, chunks=7)
    taken, = Statistics(image, [(0,)], Needs("percentiles", (10, 90))).values.values()
    np.testing.assert_allclose(taken, np.percentile(values[np.isfinite(values)], [10, 90]))
    taken, = Statistics(image, [(0,)], Needs("moments")).values.values()
    np.testing.assert_allclose(taken, (values[np.isfinite(values)].mean(), values[np.isfinite(values)].std()), rtol=1e-6)


def test_every_pixel_has_one_block_and_blocks_keep_to_the_pooling_grid():
    random = np.random.default_rng(5)
    for _ in range(200):
        sizes = [int(random.integers(1, 4)), *map(int, random.integers(1, 90, 4))]
        step = tuple(map(int, random.integers(1, 9, 3)))
        side, halo = tuple(map(int, random.integers(1, 60, 3))), tuple(map(int, random.integers(0, 40, 3)))
        owned = np.zeros((sizes[0], sizes[1], *sizes[3:]), int)
        least = tuple(map(int, random.integers(1, 50, 3)))
        for block in Grid(sizes, [(0,)], side, halo, step, least):
            owned[block.frame][tuple(slice(*core) for core in block.core)] += 1
            for (start, end), (first, last), size, by, around, fewest in zip(block.core, block.outer, (sizes[1], *sizes[3:]), step, halo,
                    least):
                assert last - first >= min(size, fewest)
                assert 0 <= first <= start < end <= last <= size and first % by == 0 and start % by == 0
                assert first == 0 or start - first >= around
                assert last == size or last - end >= around
        assert (owned == 1).all()


@pytest.mark.parametrize("options, words", [
    (dict(region=(0, 0, 9, 9)), "region"), (dict(link="slices"), "link"), (dict(image_scale=0.5), "scale"), (dict(nonsense=1), "nonsense"),
    (dict(label_scope="track"), "label_scope"), (dict(statistics="some"), "statistics"),
], ids=str)
def test_what_blocks_cannot_do_is_refused_by_name(here, options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        biodl.dask.segment(da.zeros((99, 99), np.uint8), MODEL, **options)


def test_blocks_may_take_their_own_statistics_and_an_image_without_contrast_has_no_objects(here):
    image = nuclei(200, 200, 12, 3)
    own, _ = biodl.dask.segment(da.from_array(image, chunks=64), MODEL, block=96, statistics="block")
    assert own.compute().max() > 5
    labels, objects = biodl.dask.segment(da.zeros((300, 300), np.uint16, chunks=100), MODEL, block=128)
    assert objects.count == 0 and not labels.compute().any() and len(objects.compute()["prob"]) == 0
