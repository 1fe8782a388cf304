# SPDX-License-Identifier: MIT
"""Trainings, as short as they can be."""
import os
import signal

import numpy as np
import pytest
from conftest import nuclei

import biodl
from biodl import training
from biodl._training_inputs import TrainingInputs

SHORT = {"steps": 4, "patch": 32, "batch": 1, "threads": 1}


@pytest.fixture
def noisy():
    return nuclei(96, 96, 6, 3)


def test_plans_need_no_run(noisy):
    plan = training.plan([noisy.astype(">f8"), noisy[:80]], "noise2void", **SHORT)
    assert (plan.steps, plan.batch, plan.patch) == (4, 1, (1, 32, 32)) and plan.training_samples + plan.validation_samples >= 2
    assert plan.memory_bytes > 0 and plan.minutes > 0 and plan.notes
    assert training.plan(noisy, "restoration", simulated_noise=1, **SHORT).steps == 4


def test_what_is_wrong_is_said(noisy):
    with pytest.raises(ValueError, match="'noise2void'"):
        training.plan(noisy, "noise2viod")
    with pytest.raises(TypeError, match="patch"):
        training.plan(noisy, "noise2void", patches=3)
    with pytest.raises(biodl.BioDLError, match="image 1|target"):
        training.plan(noisy, "restoration")
    with pytest.raises(biodl.errors.InvalidArgumentError, match="bad field"):
        training.plan(biodl.TrainingImage(noisy, labels=np.zeros((8, 8), np.uint16), name="bad field"), "stardist")
    with pytest.raises(biodl.errors.NotFoundError, match="no-such-training"):
        biodl.Training.resume("no-such-training")


def test_images_become_structs(noisy):
    image = biodl.TrainingImage(np.stack([noisy, noisy]), axes="CYX", target=noisy, target_axes="YX", labels=(noisy > 900).astype(np.int64),
        classes={1: 2, 4: 1}, channels=[1], name="slide", side="validation", group="day", weight=2, pixel_size=0.5)
    inputs = TrainingInputs(image, "stardist", None, {"authors": ["A", "B"], "validation": 0, "folder": "model"})
    struct = inputs._images[0]
    assert (list(struct.classes[:4]), struct.classes_count) == ([2, 0, 0, 1], 4)
    assert (struct.channels[0], struct.channels_count, struct.side, struct.weight, struct.pixel_size) == (1, 1, 2, 2, 0.5)
    assert (struct.name, struct.group, list(struct.input.contents.shape)) == (b"slide", b"day", [1, 1, 2, 96, 96])
    assert list(struct.labels.contents.shape) == [1, 1, 1, 96, 96] and struct.labels.contents.dtype == 3
    assert (inputs._options.authors, inputs._options.validation, inputs._options.folder) == (b"A\nB", -1, b"model")


def test_a_model_is_trained_and_used(noisy, tmp_path):
    told = []
    made = biodl.train(noisy, "noise2void", name="discs", progress=told.append, folder=str(tmp_path / "package"), **SHORT)
    assert made.model_id and made.figures and os.path.exists(made.report) and (tmp_path / "package").is_dir()
    assert told[-1].state == "done" and told[-1].step == told[-1].steps == 4 and told[-1].fraction == 1
    assert made.model_id in [entry.id for entry in biodl.models.list() if entry.state == "installed"]
    restored, run = biodl.denoise(noisy, made.model_id)
    assert restored.shape == noisy.shape and restored.dtype == noisy.dtype
    assert biodl.models.verify(made.model_id).outcome == "passed"
    biodl.models.remove(made.model_id)
    assert made.model_id not in [entry.id for entry in biodl.models.list()]


def test_objects_have_the_classes_that_were_trained():
    image = nuclei(96, 96, 6, 3)
    labels, objects = biodl.segment(image)
    classes = {int(label): 1 + int(label) % 2 for label in objects.label}
    made = biodl.train(biodl.TrainingImage(image, labels=labels, classes=classes), "stardist", name="two classes", **{**SHORT, "steps": 30})
    with biodl.Model(made.model_id) as model:
        found, maps = model.segment(image, prob_threshold=0)[1], model.run(image)
    predicted = dict(zip((output.name for output in maps[1].outputs), maps[0]))["classes"]
    assert predicted.shape[0] == 3 and found.count > 0
    y, x = (found.points / (96 / np.array(predicted.shape[1:]))).astype(int).T
    np.testing.assert_array_equal(found.class_id, predicted[:, y, x].argmax(0))
    biodl.models.remove(made.model_id)
    assert not objects.class_id.any()       # the built-in model knows none


def test_a_job_is_followed_kept_and_stopped(noisy, tmp_path):
    with biodl.Training(noisy, "noise2void", name="long", steps=100000, patch=32, batch=1, threads=1) as job:
        assert job.poll().state == "queued" and job.picture() == {} and job.method == "noise2void"
        with pytest.raises(biodl.errors.InvalidArgumentError):
            job.result()
        job.start()
        while job.poll().validations < 1:
            assert not job.wait(0.1)
        assert job.points[0].step >= 0 and job.points[0].validation_loss is not None
        picture = job.picture()
        assert {"input", "prediction"} <= set(picture) and all(plane.ndim == 2 and plane.flags.owndata for plane in picture.values())
        job.snapshot(tmp_path / "snapshot")
        with biodl.Model(tmp_path / "snapshot") as model:
            assert model.info.task == "denoise"
        job.stop()
        assert job.wait() and job.poll().state == "done"
        biodl.models.remove(job.result().model_id)


def test_ctrl_c_breaks_off_and_it_goes_on(noisy):
    def interrupt(state):
        if state.step > 0:
            os.kill(os.getpid(), signal.SIGINT)

    before = {one.id for one in training.unfinished()}
    with pytest.raises(KeyboardInterrupt):
        biodl.train(noisy, "noise2void", name="broken off", progress=interrupt, steps=100000, patch=32, batch=1, threads=1)
    left, = [one for one in training.unfinished() if one.id not in before]
    assert (left.name, left.method, left.steps) == ("broken off", "noise2void", 100000)
    with biodl.Training.resume(left.id) as job:
        assert job.name == "broken off"
        job.start()
        job.cancel()
        job.wait()
        with pytest.raises(biodl.CancelledError):
            job.result()
    assert left.id not in {one.id for one in training.unfinished()}
    training.discard(left.id)
