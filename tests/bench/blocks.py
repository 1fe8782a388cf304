# SPDX-License-Identifier: MIT
"""
Blocks on two workers beside one process: equality at full size, time as a ratio, memory of a worker by the size of the image.

    BIODL_RUNTIME_DIR=dist/lib/linux-x64 python3 tests/bench/blocks.py [equal SIDE] [stack SLICES SIDE] [memory SIDE]

Images are tiled from the DSB2018 test half of the folder of test data (BIODL_SHARED, or ../shared).
"""
import os
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import dask.array as da
import numpy as np
import tifffile
import zarr
from distributed import Client, LocalCluster

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "native" / "python"))

import biodl  # noqa: E402
import biodl.dask  # noqa: E402

MODEL = "builtin:nuclei-fluo-small"


def tiles():
    archive = zipfile.ZipFile(Path(os.environ.get("BIODL_SHARED", REPOSITORY.parent / "shared")) / "images/dsb2018/test.zip")
    images = (tifffile.imread(BytesIO(archive.read(name))) for name in archive.namelist() if "/images/" in name and name.endswith(".tif"))
    return [image for image in images if image.shape == (256, 256)]


def write_field(path, shape):
    """An image of turned tiles on disk, in bands, so that it is never whole in memory."""
    random, pictures = np.random.default_rng(7), tiles()
    field = zarr.open(str(path), mode="w", shape=shape, chunks=(1,) * (len(shape) - 2) + (1024, 1024), dtype=np.uint8)
    for index in np.ndindex(*shape[:-2]):
        for top in range(0, shape[-2], 256):
            band = [np.rot90(pictures[random.integers(len(pictures))], random.integers(4)) for _ in range(0, shape[-1], 256)]
            field[(*index, slice(top, top + 256))] = np.hstack(band)[:shape[-2] - top, :shape[-1]]
    return field


def peak_megabytes():
    """The most memory that this process had at a time."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def by_blocks(folder, axes):
    """Seconds of the clock and of processors, labels on disk, table, the most memory of one of two workers, and that at its start."""
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster, Client(cluster) as client:
        base = client.run(peak_megabytes)
        start, used = time.perf_counter(), sum(client.run(time.process_time).values())
        labels, table = biodl.dask.segment(da.from_zarr(str(folder / "image")), MODEL, axes, folder=folder / "blocks")
        labels.to_zarr(str(folder / "labels"))
        seconds = time.perf_counter() - start, sum(client.run(time.process_time).values()) - used
        return seconds, zarr.open(str(folder / "labels"), mode="r"), table, max(client.run(peak_megabytes).values()), max(base.values())


def equal(shape, axes):
    """The same pixels and objects as one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        image = write_field(folder / "image", shape)[:]
        seconds, made, table, _, _ = by_blocks(folder, axes)
        with biodl.Model(MODEL) as model:
            model.segment(image[..., :256, :256], axes)
            start = time.perf_counter()
            labels, objects = model.segment(image, axes, label_scope="unique")
            alone = time.perf_counter() - start
        bands = [(..., slice(top, top + 2048), slice(None)) for top in range(0, shape[-2], 2048)]
        pixels = sum(int((made[band] != labels[band]).sum()) for band in bands)
        same = table.compute()
        fields = [key for key in objects if key not in ("centroid", "area") and not np.array_equal(same[key], objects[key])]
        print(f"{' x '.join(map(str, shape))}: {objects.count} objects, {table.count} by blocks; pixels that differ: {pixels}; "
            f"fields that differ: {fields or 'none'}; two workers take {seconds[0] / alone:.2f} times as long as one process", flush=True)


def memory(side):
    """Of a worker, above what it has when it starts."""
    with tempfile.TemporaryDirectory() as name:
        write_field(Path(name) / "image", (side, side))
        seconds, _, table, peak, base = by_blocks(Path(name), "YX")
        print(f"{side} x {side}: a worker has {peak:.0f} MB at most, {base:.0f} MB when it starts; {table.count} objects, "
            f"{side * side / 1e6 / seconds[1]:.2f} megapixels a second of one core, "
            f"{side * side / 1e6 / seconds[0]:.2f} on the clock of {os.cpu_count()} cores", flush=True)


def main(arguments):
    verbs = {"equal": (1, lambda side: equal((side, side), "YX")), "memory": (1, memory),
        "stack": (2, lambda slices, side: equal((slices, side, side), "ZYX"))}
    arguments = arguments or "equal 8192 stack 64 1024 memory 4096 memory 8192 memory 16384".split()
    while arguments:
        count, run = verbs[arguments[0]]
        run(*map(int, arguments[1:1 + count]))
        arguments = arguments[1 + count:]


if __name__ == "__main__":
    main(sys.argv[1:])
