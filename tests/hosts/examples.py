# SPDX-License-Identifier: MIT
"""The examples of README.md, one for each host, run as they stand there in a folder of their own: all give the same labels.

    examples.py DIST
Prints a line a check. napari is a stand-in (tests/python/napari_stand_ins.py) where it cannot be installed.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import tifffile

REPOSITORY = Path(__file__).resolve().parents[2]
DIST = Path(sys.argv[1])
SIDE = 512
EXAMPLE = re.compile(r"^<!-- example: (\w+) -->\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STAND_INS = "import sys; sys.path.insert(0, {!r}); import napari_stand_ins; napari_stand_ins.install()\n"


def called(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode:
        raise RuntimeError(f"{done.stdout}\n{done.stderr}")


class Folder:
    """Where the examples find nuclei.tif and leave their labels: /data/ of the page."""

    def __init__(self, place):
        self.place = Path(place)
        called(DIST / "bin" / "biodl", "specimen", "--out", self.place / "nuclei.tif", "--size", SIDE, "--nuclei", "90", "--seed", "5")
        tifffile.imread(self.place / "nuclei.tif").tofile(self.place / "nuclei.raw")

    def written(self, name, text):
        file = self.place / name
        file.write_text(text.replace("/data/", f"{self.place}/"), encoding="utf-8")
        return file

    def labels(self, host):
        tiff, raw = self.place / f"labels-{host}.tif", self.place / f"labels-{host}.raw"
        if tiff.exists():
            return tifffile.imread(tiff)
        return np.frombuffer(raw.read_bytes(), np.uint16 if raw.stat().st_size == 2 * SIDE * SIDE else np.uint32).reshape(SIDE, SIDE)


def fiji(folder, text):
    jars = os.pathsep.join([os.environ.get("BIODL_IJ", "/usr/share/java/ij.jar"), str(DIST / "plugins" / "BioDL_.jar")])
    called("xvfb-run", "-a", "java", f"-Duser.home={folder.place}", f"-Dbiodl.cache={folder.place}/cache", "-cp", jars,
        "org.biodl.ij1.batch.BatchLauncher", folder.written("example.ijm", text))


def shell(folder, text):
    called("sh", "-e", folder.written("example.sh", text), env={**os.environ, "PATH": f"{DIST / 'bin'}{os.pathsep}{os.environ['PATH']}"})


def python(folder, text):
    called("/usr/bin/python3", "-W", "ignore", folder.written("example.py", text))


def napari(folder, text):
    python(folder, STAND_INS.format(str(REPOSITORY / "tests" / "python")) + text)


def compiled(compiler, name):
    def run(folder, text):
        library = next((DIST / "lib").glob("*/libbiodl.so")).parent
        program = folder.place / "example"
        linked = [f"-I{DIST / 'include'}", f"-L{library}", "-lbiodl", f"-Wl,-rpath,{library}"]
        called(*compiler.split(), "-Wall", "-Wextra", "-Werror", folder.written(name, text), *linked, "-o", program)
        called(program)
    return run


HOSTS = {"shell": shell, "fiji": fiji, "python": python, "napari": napari, "dask": python, "c": compiled("cc", "example.c"),
    "cpp": compiled("c++ -std=c++20", "example.cpp")}


def main():
    examples = dict(EXAMPLE.findall((REPOSITORY / "README.md").read_text(encoding="utf-8")))
    missing = set(HOSTS) ^ set(examples)
    print(f"{'FAIL' if missing else 'PASS'} README.md has an example for each host", *missing)
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(place)
        for host, run in HOSTS.items():
            try:
                run(folder, examples[host])
                same = np.array_equal(folder.labels(host), folder.labels("shell")) and folder.labels(host).max() > 60
                print(f"{'PASS' if same else 'FAIL'} the example for {host} gives the labels of all")
            except Exception as error:
                print(f"FAIL the example for {host}: {error}")
    print("END")


main()
