# SPDX-License-Identifier: MIT
"""Errors, warnings, progress, cancelling, threads and processes."""
import os
import signal
import threading
import warnings

import numpy as np
import pytest
from conftest import nuclei, python

import biodl
from biodl import _abi, _library, errors


class Stack:
    """An array that is no memory and says when it is read."""

    def __init__(self, pixels, asked):
        self.pixels, self.shape, self.dtype, self.asked = pixels, pixels.shape, pixels.dtype, asked

    def __getitem__(self, key):
        self.asked(key)
        return self.pixels[key]


def test_errors_carry_message_and_hint(image, stardist):
    with pytest.raises(biodl.BioDLError) as caught:
        biodl.Model("/no/such/model")
    assert isinstance(caught.value, errors.NotFoundError) and isinstance(caught.value, LookupError)
    assert "/no/such/model" in caught.value.message and caught.value.hint and caught.value.hint in str(caught.value)
    with pytest.raises(ValueError, match="device|prob") as caught:
        stardist.segment(image, prob_threshold=2.0)
    assert isinstance(caught.value, errors.InvalidArgumentError)
    with pytest.raises(errors.DeviceUnavailableError):
        stardist.segment(image, device="cuda:99")


def test_every_status_has_a_class():
    ours = (_abi.BIODL_STATUS_INVALID_STRUCT, _abi.BIODL_STATUS_INTERNAL)     # defects of this package or of the library
    numbers = [number for name, number in vars(_abi).items() if name.startswith("BIODL_STATUS_") and number != _abi.BIODL_STATUS_OK]
    for number in [*numbers, 12345]:
        failure = errors.error_of(number, "what happened", "What to do.")
        assert isinstance(failure, errors.InternalError) == (number in ours or number == 12345)
        assert str(failure) == "what happened. What to do." and (failure.message, failure.hint) == ("what happened", "What to do.")


def test_warnings_point_at_the_caller(stardist):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        _, objects = stardist.segment(nuclei(40, 96, 2, 3))
    assert [str(one.message) for one in caught] == list(objects.warnings) and objects.warnings
    assert all(one.category is biodl.BioDLWarning and one.filename == __file__ for one in caught)


def test_a_closed_model_is_an_error(image):
    model = biodl.Model()
    model.close()
    model.close()
    with pytest.raises(errors.InvalidArgumentError):
        model.segment(image)


def test_the_account_is_a_dict(image, stardist):
    _, objects = stardist.segment(image, percentiles=(2, 99), region=(8, 16, 100, 120), pixel_size=(0, 0.5, 0.5))
    assert objects.account["region_yxhw"] == [8, 16, 100, 120]
    assert objects.account["objects"] and objects.account["model"]["sha256"] == stardist.info.sha256


def test_progress_is_told_in_the_callers_thread(image, stardist):
    told, threads = [], set()

    def listen(state):
        told.append(state)
        threads.add(threading.get_ident())

    stardist.segment(nuclei(400, 400, 30, 2), progress=listen, tile=256)
    assert threads == {threading.get_ident()}
    assert [state.fraction for state in told] == sorted(state.fraction for state in told) and told[-1].done == told[-1].total
    assert {"network"} < {state.stage for state in told}


def test_bars(image, stardist):
    tqdm = pytest.importorskip("tqdm")
    with tqdm.tqdm(file=open(os.devnull, "w")) as bar:
        stardist.segment(image, progress=bar)
        assert bar.n == bar.total > 0
    stardist.segment(image, progress=True)


def test_false_cancels_and_errors_of_a_callback_come_back(stardist):
    stack = np.stack([nuclei(96, 96, 4, seed) for seed in range(20)])
    told = []

    def cancel(state):
        told.append(state.done)
        return len(told) < 3

    with pytest.raises(biodl.CancelledError):
        stardist.segment(stack, progress=cancel)

    def fail(state):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        stardist.segment(stack, progress=fail)


def test_ctrl_c_cancels(stardist):
    planes = []

    def asked(key):
        planes.append(key)
        if len(planes) == 5:
            os.kill(os.getpid(), signal.SIGINT)

    stack = Stack(np.stack([nuclei(96, 96, 4, seed % 3) for seed in range(200)]), asked)
    with pytest.raises(KeyboardInterrupt):
        stardist.segment(stack)
    assert len({key[0] for key in planes}) < 200
    labels, _ = stardist.segment(stack.pixels[0])       # the model works on
    assert labels.max() > 0


def test_what_an_array_raises_is_raised(stardist):
    def asked(key):
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        stardist.segment(Stack(nuclei(96, 96, 3, 1), asked))


def test_threads_run_at_once(stardist):
    """Two runs meet in the middle of reading their images: neither could if one held the interpreter."""
    images = [nuclei(128, 128, 6, seed) for seed in range(2)]
    meeting, found = threading.Barrier(2), [None, None]

    def work(index):
        met = []

        def asked(key):
            if not met:
                met.append(meeting.wait(60))

        found[index] = stardist.segment(Stack(images[index], asked), progress=lambda state: None)[0]

    threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for index in range(2):
        np.testing.assert_array_equal(found[index], stardist.segment(images[index])[0])


def test_python_runs_while_the_library_does(stardist):
    counted, over = [0], threading.Event()

    def count():
        while not over.is_set():
            counted[0] += 1

    counter = threading.Thread(target=count)
    at_tile = []
    counter.start()
    try:
        stardist.segment(np.stack([nuclei(256, 256, 9, 1)] * 4), progress=lambda state: at_tile.append(counted[0]))
    finally:
        over.set()
        counter.join()
    assert at_tile[-1] > at_tile[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_is_told():
    script = """
import os, numpy, biodl
model = biodl.Model()
model.segment(numpy.zeros((96, 96), 'u1'))
child = os.fork()
if child == 0:
    for call in (lambda: model.segment(numpy.zeros((96, 96), 'u1')), biodl.Model, biodl.devices):
        try:
            call()
        except biodl.errors.LibraryError as error:
            print('spawn' in error.hint, flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""
    assert python(script).splitlines()[-3:] == ["True"] * 3


def test_a_process_forked_before_the_first_call_may_load():
    script = """
import os, biodl
child = os.fork()
if child == 0:
    print(biodl.devices()[0].id, flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""
    assert python(script) == "cpu"


def test_a_missing_library_is_said_where(tmp_path):
    script = """
import biodl, biodl._library as library
library._folders = lambda: [library.Path('/no/where'), library.Path('/neither/here')]
try:
    biodl.devices()
except ImportError as error:
    print(error)
"""
    said = python(script)
    assert "/no/where, /neither/here" in said and _library.VARIABLE in said


def test_an_older_library_is_refused():
    class Old:
        class biodl_abi_version:  # noqa: N801
            def __new__(cls):
                return _abi.ABI_VERSION - 1

    with pytest.raises(errors.LibraryError, match=f"version {_abi.ABI_VERSION - 1} of the ABI"):
        _library.check_abi(Old, "libbiodl.so")


def test_the_model_named_is_opened_and_the_image_chooses(image):
    colours = np.full((96, 128, 3), 235, np.uint8)
    colours[20:40, 30:60] = (90, 40, 120)
    _, objects = biodl.segment(colours)
    assert "stained" in str(objects.account["model"])
    _, objects = biodl.segment(image)
    assert "fluo" in str(objects.account["model"])
    with pytest.raises(errors.ModelUnsupportedError):
        biodl.segment(image, "builtin:denoise-fluo")
