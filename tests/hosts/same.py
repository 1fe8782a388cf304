# SPDX-License-Identifier: MIT
"""One result in every host: the same image, model and options give the same pixels, and accounts that differ in nothing but times.

    same.py DIST PROGRAMS      PROGRAMS holds host_c, host_cpp and Host.class, made by run.sh
Prints a line a check.
"""
import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import tifffile

DIST, PROGRAMS = Path(sys.argv[1]), Path(sys.argv[2])
COMMAND = str(DIST / "bin" / "biodl")
SIDE = 400
BLOCK = 256
SHELL = {"few": [], "many": ["--percentiles", "2", "99"]}
SHELL_OBJECTS = {"few": [], "many": ["--prob", "0.4", "--overlap", "0.2", "--integer-vertices", "--exclude-edges"]}
PYTHON = {"few": {}, "many": {"percentiles": (2, 99)}}
PYTHON_OBJECTS = {"few": {}, "many": dict(prob_threshold=0.4, overlap_threshold=0.2, vertices="integer", exclude_edges=True)}
HOSTS_OWN = {"times_ms", "source"}
"""Of an account: how long it took, and what only a host knows of where the image came from."""


class Image:
    """The specimen as a file and in memory, and what the file says of its pixels."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.file, self.raw = str(self.folder / "specimen.tif"), str(self.folder / "specimen.raw")
        called(COMMAND, "specimen", "--out", self.file, "--size", str(SIDE), "--nuclei", "60", "--seed", "11")
        with tifffile.TiffFile(self.file) as file:
            self.pixels = file.asarray()
            counts, unit = file.pages[0].tags["XResolution"].value
        self.micrometres = 1 / (counts / unit)
        self.pixels.tofile(self.raw)


def called(*command):
    """Run a program; what it says when it fails ends this one."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")


def by_shell(image, task, options):
    result = image.folder / f"shell-{task}-{options}.tif"
    words = SHELL[options] + (SHELL_OBJECTS[options] if task == "segment" else [])
    called(COMMAND, task, image.file, "--out", result, "--tile", BLOCK, "--device", "cpu", "--provenance", *words)
    return tifffile.imread(result), json.loads(result.with_suffix(".json").read_text(encoding="utf-8"))


def by_program(name):
    def run(image, task, options):
        result, account = image.folder / f"{name}-{task}-{options}.raw", image.folder / f"{name}-{task}-{options}.json"
        called(PROGRAMS / name, task, options, image.raw, SIDE, SIDE, repr(image.micrometres), result, account)
        return np.fromfile(result, np.uint16).reshape(SIDE, SIDE), json.loads(account.read_text(encoding="utf-8"))
    return run


def by_fiji(image, task, options):
    result, account = image.folder / f"fiji-{task}-{options}.tif", image.folder / f"fiji-{task}-{options}.json"
    jars = os.pathsep.join([os.environ.get("BIODL_IJ", "/usr/share/java/ij.jar"), str(DIST / "plugins" / "BioDL_.jar"), str(PROGRAMS)])
    called("java", "-Djava.awt.headless=true", f"-Duser.home={image.folder}", f"-Dbiodl.cache={image.folder}/cache", "-cp", jars, "Host",
        task, options, image.file, result, account)
    return tifffile.imread(result), json.loads(account.read_text(encoding="utf-8"))


def python_options(image, task, options):
    return dict(device="cpu", tile=BLOCK, pixel_size=(0, image.micrometres, image.micrometres), **PYTHON[options],
        **(PYTHON_OBJECTS[options] if task == "segment" else {}))


def by_python(image, task, options):
    import biodl
    made, told = getattr(biodl, task)(image.pixels, **python_options(image, task, options))
    return made, told.account


def by_dask(image, task, options):
    """Two by two blocks on threads of this process. Blocks have no account of the whole: their objects are compared instead."""
    import biodl
    import biodl.dask
    import dask.array as da
    made, told = getattr(biodl.dask, task)(da.from_array(image.pixels, chunks=128), axes="YX", block=SIDE // 2,
        **python_options(image, task, options))
    if task == "segment":
        _, objects = biodl.segment(image.pixels, **python_options(image, task, options))
        parts = told.compute()
        for name in ("label", "prob", "pixels", "bbox"):
            equal(f"dask: {name} of the objects, {options}", np.array_equal(parts[name], objects[name]))
    return made.compute(), None


def equal(name, passed, detail=""):
    """A line for a check."""
    print(f"{'PASS' if passed else 'FAIL'} {name}" + ("" if passed else f": {detail}"), flush=True)


def differences(account, other):
    """The keys in which two accounts differ, with both values."""
    for told in (account, other):
        told["versions"].pop("build", None)  # of a tree that was built piece by piece the command line may be of another commit
    return {key: (account.get(key), other.get(key)) for key in {*account, *other} - HOSTS_OWN if account.get(key) != other.get(key)}


class Complaints(logging.Handler):
    """What tifffile says of files that it reads, but does not like."""

    def __init__(self):
        super().__init__()
        self.said = []
        logging.getLogger("tifffile").addHandler(self)

    def emit(self, record):
        self.said.append(record.getMessage())


def main():
    complaints = Complaints()
    hosts = {"Fiji": by_fiji, "C": by_program("host_c"), "C++": by_program("host_cpp"), "Python": by_python, "dask": by_dask}
    with tempfile.TemporaryDirectory() as folder:
        image = Image(folder)
        made = {}
        for task in ("segment", "denoise"):
            for options in ("few", "many"):
                pixels, account = by_shell(image, task, options)
                made[task, options] = pixels
                for host, run in hosts.items():
                    others, told = run(image, task, options)
                    name = f"{host}: {task}, {options} options"
                    equal(f"{name}, pixels", np.array_equal(pixels, others), f"{(pixels != others).sum()} differ")
                    if told is not None:
                        wrong = differences(account, told)
                        equal(f"{name}, account", not wrong, wrong)
        equal("files are read without a complaint", not complaints.said, complaints.said)
        equal("there is something to see", made["segment", "few"].max() > 40 and made["denoise", "few"].std() > 100)
        for task in ("segment", "denoise"):
            equal(f"options matter: {task}", not np.array_equal(made[task, "few"], made[task, "many"]))
    print("END")


main()
