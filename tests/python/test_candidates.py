# SPDX-License-Identifier: MIT
"""Kept candidates answer what fresh runs answer."""
import numpy as np
import pytest

import biodl
from biodl import errors


def same(found, fresh):
    labels, objects = found
    fresh_labels, fresh_objects = fresh
    assert np.array_equal(labels, fresh_labels)
    assert list(objects) == list(fresh_objects)
    for name in objects:
        assert np.array_equal(objects[name], fresh_objects[name]), name


def test_every_threshold_is_a_fresh_run(image, stardist):
    random = np.random.default_rng(3)
    with stardist.keep(image) as candidates:
        counts = set()
        for _ in range(6):
            options = dict(prob_threshold=random.uniform(0.05, 0.9), overlap_threshold=random.uniform(0, 0.7),
                exclude_edges=bool(random.integers(2)), min_area=float(random.uniform(0, 200)))
            found = candidates.select(**options)
            same(found, stardist.segment(image, **options))
            counts.add(found[1].count)
        assert len(counts) > 1


def test_regions_and_planes_hold_for_every_answer(image, stardist):
    stack = np.stack([image, image[::-1]])
    options = dict(region=(20, 30, 90, 100), percentiles=(2, 99))
    with stardist.keep(stack, "ZYX", **options) as candidates:
        same(candidates.select(label_scope="unique"), stardist.segment(stack, "ZYX", label_scope="unique", **options))


def test_they_outlive_model_and_image(image):
    with biodl.Model("builtin:nuclei-fluo-small") as model:
        fresh = model.segment(image, prob_threshold=0.3)
        copy = image.copy()
        candidates = model.keep(copy)
    copy[:] = 0
    same(candidates.select(prob_threshold=0.3), fresh)
    candidates.close()
    assert "closed" in repr(candidates)
    with pytest.raises(errors.InvalidArgumentError):
        candidates.select()


def test_a_threshold_below_what_was_kept_is_refused(image):
    with biodl.keep(image, prob_threshold=0.4) as candidates:
        assert candidates.prob_threshold == 0.4 and candidates.count > 10
        with pytest.raises(errors.InvalidArgumentError):
            candidates.select(prob_threshold=0.3)
    with biodl.keep(image, prob_threshold=0) as candidates:
        assert candidates.prob_threshold == 0


def test_options_of_objects_are_none_of_the_network(image, stardist):
    with pytest.raises(TypeError, match="overlap_threshold"):
        stardist.keep(image, overlap_threshold=0.3)
    with stardist.keep(image) as candidates, pytest.raises(TypeError, match="region"):
        candidates.select(region=(0, 0, 10, 10))
