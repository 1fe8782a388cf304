# SPDX-License-Identifier: MIT
"""Calls beside an event loop: on a thread of their own, and on real workers of superqt in a real event loop."""
import os
import threading
import time
from functools import partial

import pytest
from napari_biodl.latest import Latest
from napari_biodl.running import Running
from napari_biodl.work import FailedError, Work

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from superqt.utils import create_worker  # noqa: E402


@pytest.fixture(scope="module")
def application():
    from qtpy.QtWidgets import QApplication
    return QApplication.instance() or QApplication([])


def until(application, condition):
    """Let the event loop turn until something is so."""
    end = time.monotonic() + 60
    while not condition():
        application.processEvents()
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def drained(generator):
    """What a generator yields, and what it returns."""
    yielded = []
    while True:
        try:
            yielded.append(next(generator))
        except StopIteration as end:
            return yielded, end.value


def test_progress_rises_and_the_result_comes():
    steps = threading.Semaphore(0)

    def call(progress):
        for fraction in (0.1, 0.5, 0.4, 1.0):
            assert progress(fraction)
            steps.acquire()
        return "done"

    generator = Work(call).followed(0.01)
    yielded = []
    for _ in range(4):
        yielded.append(next(generator))
        steps.release()
    more, result = drained(generator)
    yielded += more
    assert result == "done" and yielded == sorted(yielded) and 0 <= yielded[0] and yielded[-1] <= 1


def test_a_cancelled_call_is_told_and_gives_nothing():
    def call(progress):
        while progress(0.5):
            time.sleep(0.001)
        raise ValueError("what a cancelled call raises is of no interest")

    work = Work(call)
    generator = work.followed(0.01)
    next(generator)
    work.cancel()
    assert drained(generator)[1] is None


def test_a_call_whose_generator_is_closed_ends():
    ended = threading.Event()

    def call(progress):
        while progress(0.5):
            time.sleep(0.001)
        ended.set()

    generator = Work(call).followed(0.01)
    next(generator)
    generator.close()
    assert ended.wait(60)


@pytest.mark.parametrize("error, seen", [(ValueError("no"), ValueError), (RuntimeError("no"), FailedError), (KeyError("no"), KeyError)])
def test_what_a_call_raises_reaches_the_user(application, error, seen):
    def call(progress):
        raise error

    errors, ends = [], []
    quiet = partial(create_worker, _ignore_errors=True)      # else it is raised again in the loop, which PyQt ends the process for
    running = Running(call, pytest.fail, quiet, ended=lambda: ends.append(1))
    running.worker.errored.connect(errors.append)
    until(application, lambda: ends and errors)
    assert type(errors[0]) is seen and "no" in str(errors[0])


def test_a_worker_returns_on_the_thread_of_the_loop(application):
    fractions, results, ends = [], [], []

    def call(progress):
        assert threading.current_thread() is not threading.main_thread()
        for step in range(5):
            progress(step / 5)
            time.sleep(0.06)
        return "done"

    Running(call, lambda result: results.append((result, threading.current_thread())), create_worker, fractions.append,
        lambda: ends.append(1))
    until(application, lambda: ends and results)
    assert results == [("done", threading.main_thread())] and fractions and fractions == sorted(fractions)


@pytest.mark.parametrize("how", ["cancel", "quit"])
def test_a_worker_is_cancelled(application, how):
    began, ended, ends = threading.Event(), threading.Event(), []

    def call(progress):
        began.set()
        while progress(0.5):
            time.sleep(0.001)
        ended.set()

    running = Running(call, pytest.fail, create_worker, ended=lambda: ends.append(1))
    until(application, began.is_set)
    running.cancel() if how == "cancel" else running.worker.quit()
    until(application, lambda: ends and ended.is_set())


def test_of_many_questions_the_first_and_the_last_are_asked():
    asked = []
    latest = Latest(lambda question, ended: asked.append((question, ended)))
    for question in range(5):
        latest.put(question)
    assert [question for question, _ in asked] == [0]
    asked[0][1]()
    assert [question for question, _ in asked] == [0, 4]
    latest.put(5)
    latest.clear()
    asked[1][1]()
    assert len(asked) == 2
    latest.put(6)
    assert asked[2][0] == 6
