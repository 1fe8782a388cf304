# SPDX-License-Identifier: MIT
"""What a call from Python costs above the same call from C: biodl.Model.segment beside the bare function with structs made before.

    python_calls.py [--side 64] [--pairs 300]

The image is so small that the network hardly counts. Calls alternate, so that both meet the same machine; printed are the medians, and the
median of the differences with its quartiles. Labels, objects, account and warnings are part of Python's call and not of the bare one.
"""
import argparse
import ctypes
import pathlib
import statistics
import sys
import time
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "native" / "python"))

import biodl  # noqa: E402
from biodl import _abi, _axes, _library, _views  # noqa: E402


def bare_call(model, image):
    """A function that makes the call as C does."""
    axes = _axes.Axes("YX", image.shape)
    pixels, labels = _views.View(image, axes), _views.Result(axes, np.int32)
    function, destroy = _library.library().biodl_run_stars, _library.library().biodl_objects_destroy
    objects = ctypes.c_void_p()
    arguments = (model._handle, pixels.pointer, None, None, _abi.biodl_progress_fn(), None, labels.view.pointer, ctypes.byref(objects), None)

    def call():
        assert function(*arguments) == _abi.BIODL_STATUS_OK
        destroy(objects)

    return call


def milliseconds(call):
    start = time.perf_counter()
    call()
    return 1e3 * (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=64)
    parser.add_argument("--pairs", type=int, default=300)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    image = np.random.default_rng(1).integers(0, 1000, (given.side, given.side)).astype(np.uint16)
    with biodl.Model() as model:
        bare, python = bare_call(model, image), lambda: model.segment(image)
        for call in (bare, python) * 5:
            call()
        pairs = [(milliseconds(bare), milliseconds(python)) for _ in range(given.pairs)]
    low, middle, high = statistics.quantiles([python - bare for bare, python in pairs], n=4)
    print(f"C {statistics.median(bare for bare, _ in pairs):.2f} ms, Python {statistics.median(python for _, python in pairs):.2f} ms, "
        f"difference {middle:.2f} ms (quartiles {low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
