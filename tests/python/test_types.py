# SPDX-License-Identifier: MIT
"""What a type checker makes of the package: its own code is sound, and options are known by name and type."""
import os
import subprocess
import sys
from pathlib import Path

import pytest

import biodl

pytest.importorskip("mypy")

SCRIPT = """
import numpy
import biodl

image = numpy.zeros((64, 64), numpy.uint16)
labels, objects = biodl.segment(image, prob_threshold=0.4, label_scope="unique", region=(0, 0, 32, 32), progress=print)
count: int = objects.count
name: str = biodl.train(image, "noise2void", minutes=1).model_id
biodl.segment(image, prob_treshold=0.4)
biodl.denoise(image, tile="small")
biodl.train(image, "noise2void", minuets=1)
"""


def test_options_are_checked_before_a_run(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    cache = str(tmp_path / "cache")
    checks = ["--enable-incomplete-feature=Unpack", "--ignore-missing-imports", "--no-error-summary", "--cache-dir", cache]
    package = Path(biodl.__file__).parent
    ran = subprocess.run([sys.executable, "-m", "mypy", *checks, str(tmp_path / "script.py")], cwd=tmp_path, text=True,
        env={**os.environ, "MYPYPATH": str(package.parent)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    errors = [line for line in ran.stdout.splitlines() if ": error: " in line and f"{package / '_abi.py'}" not in line]
    places = [Path(line.split(": error: ")[0]).name for line in errors]
    assert places == ["script.py:9", "script.py:10", "script.py:11"], ran.stdout
    assert all(word in line for word, line in zip(("prob_treshold", '"tile"', "minuets"), errors))
