# SPDX-License-Identifier: MIT
"""Arrays of every kind give what the same pixels give as plain ones."""
import itertools

import numpy as np
import pytest
from conftest import nuclei

import biodl
from biodl._axes import Axes
from biodl._views import View


def same(found, expected):
    labels, objects = found
    np.testing.assert_array_equal(labels, expected[0])
    for name in expected[1]:
        np.testing.assert_array_equal(objects[name], expected[1][name], err_msg=name)


def strided(image, steps, seed):
    """The pixels of an image with other strides: every so many pixels of a larger array, some axes backwards, in a random order."""
    random = np.random.default_rng(seed)
    order = random.permutation(image.ndim)
    larger = np.zeros([image.shape[axis] * steps[axis] for axis in order], image.dtype)
    view = larger[tuple(slice(None, None, steps[axis]) for axis in order)].transpose(np.argsort(order))
    view = view[tuple(slice(None, None, int(random.choice([1, -1]))) for _ in range(image.ndim))]
    view[...] = image
    return view


@pytest.mark.parametrize("seed", range(6))
def test_strides_make_no_difference(image, stardist, seed):
    expected = stardist.segment(image)
    view = strided(image, np.random.default_rng(seed).integers(1, 4, 2), seed)
    before = view.copy()
    same(stardist.segment(view), expected)
    np.testing.assert_array_equal(view, before)


@pytest.mark.parametrize("dtype", ["u1", "u2", ">u2", "i2", ">i2", "i1", "u4", "i4", ">i8", "u8", "f2", "f4", ">f4", "f8", ">f8"])
def test_types_and_byte_orders_make_no_difference(image, stardist, dtype):
    small = (image // 64).clip(0, 120)      # whole numbers that every type holds
    same(stardist.segment(small.astype(dtype)), stardist.segment(small.astype(np.float32)))


@pytest.mark.parametrize("dtype", ["i2", ">i2", "i1"])
def test_numbers_below_zero_are_values(image, stardist, dtype):
    below = (image // 64).astype(np.float32) - 60
    same(stardist.segment(below.clip(-128, 127).astype(dtype)), stardist.segment(below.clip(-128, 127)))


def test_a_mask_of_bool_is_an_image(denoiser):
    mask = nuclei(64, 80, 3, 5) > 1500
    restored, _ = denoiser.denoise(mask)
    np.testing.assert_array_equal(restored, denoiser.denoise(mask.astype(np.uint8))[0])


def test_unaligned_and_broadcast_arrays(image, stardist):
    records = np.zeros(image.shape, np.dtype([("mark", "u1"), ("value", "u2")]))
    records["value"] = image
    assert not records["value"].flags.aligned
    same(stardist.segment(records["value"]), stardist.segment(image))
    rows = np.broadcast_to(image[80], image.shape)
    same(stardist.segment(rows), stardist.segment(rows.copy()))


@pytest.mark.parametrize("axes", ["".join(order) for order in itertools.permutations("TZYX")])
def test_every_order_of_axes(stardist, axes):
    stack = np.stack([nuclei(80, 96, 5, seed) for seed in range(4)]).reshape(2, 2, 80, 96)
    labels, objects = stardist.segment(stack, "TZYX")
    order = ["TZYX".index(axis) for axis in axes]
    turned, found = stardist.segment(stack.transpose(order), axes)
    np.testing.assert_array_equal(turned, labels.transpose(order))
    same((labels, found), (labels, objects))
    assert set(zip(found["frame"], found["slice"])) == set(itertools.product(range(2), range(2)))


def test_channels_are_chosen_where_they_lie(image, stardist):
    other = nuclei(160, 192, 9, 2)
    for stack, axes in ((np.stack([other, image]), "CYX"), (np.stack([other, image], -1), "YXC")):
        labels, objects = stardist.segment(stack, axes, channels=[1])
        same((labels, objects), stardist.segment(image))


@pytest.mark.parametrize("dtype", ["u1", "u2", "i2", "i1", ">u2", ">i2", "f4"])
def test_restored_images_have_their_type(image, denoiser, dtype):
    small = (image // 64).clip(0, 120).astype(dtype)
    restored, run = denoiser.denoise(small)
    assert restored.dtype == small.dtype.newbyteorder("=") and restored.flags.owndata
    exact, _ = denoiser.denoise(small.astype(np.float32))
    low, high = (np.iinfo(dtype).min, np.iinfo(dtype).max) if small.dtype.kind in "iu" else (-np.inf, np.inf)
    rounding = 0.5 + 1 / 256 if small.dtype.kind in "iu" else 0     # the step of float32 where int16 has its zero, at 32768
    assert np.abs(restored.astype(np.float64) - exact.clip(low, high)).max() <= rounding
    assert run.account["task"] and run.outputs[0].dtype == restored.dtype.name


def test_types_that_are_asked_for(image, denoiser):
    exact, _ = denoiser.denoise(image, dtype="f4")
    for dtype in ("u1", "i2", np.uint16, "u4"):
        restored, _ = denoiser.denoise(image, dtype=dtype)
        limits = np.iinfo(dtype)
        assert restored.dtype == dtype
        assert np.abs(restored - exact.astype(np.float64).clip(limits.min, limits.max)).max() <= 0.5 + 1 / 128
    with pytest.raises(TypeError, match="float64"):
        denoiser.denoise(image, dtype=float)


def test_what_a_mask_leaves_out_is_empty(denoiser):
    large = np.tile(nuclei(128, 128, 8, 6), (5, 5))
    mask = np.zeros(large.shape, bool)
    mask[:40, :40] = True
    restored, run = denoiser.denoise(large, mask=mask, tile=256)
    np.testing.assert_array_equal(restored[:40, :40], denoiser.denoise(large, tile=256)[0][:40, :40])
    assert not restored[600:, 600:].any() and run.account["masked"]


def test_maps_are_what_the_network_predicts(image, stardist):
    series = np.stack([image, image[::-1]])
    labels, objects = stardist.segment(series, "TYX", maps=True, region=(8, 8, 64, 64))
    prob, dist = objects.maps["prob"], objects.maps["dist"]
    assert prob.shape == (2, 80, 96) and dist.shape == (2, 32, 80, 96) and prob.min() >= 0 and prob.max() <= 1
    (whole, probability), _ = stardist.run(series, "TYX")
    np.testing.assert_allclose(prob, probability, atol=1e-5)
    np.testing.assert_allclose(dist, whole, atol=1e-3)
    assert stardist.segment(series, "TYX")[1].maps == {}


def test_windows_are_asked_for_a_plane_at_a_time():
    source = np.arange(2 * 3 * 4 * 5, dtype=">f8").reshape(2, 3, 4, 5)
    axes = Axes("XTCY", source.shape)
    view = View(source, axes)
    for number in range(axes.sizes[0] * axes.sizes[2]):
        assert view._lock(None, number) == view._buffer.ctypes.data
        frame, channel = divmod(number, axes.sizes[2])
        np.testing.assert_array_equal(view._buffer, source[:, frame, channel, :].T)


def test_what_is_no_image():
    with pytest.raises(TypeError, match="complex"):
        biodl.segment(np.zeros((64, 64), complex))
    with pytest.raises(ValueError, match="axes='ZCYX'"):
        biodl.segment(np.zeros((2, 2, 64, 64), np.uint8))
    with pytest.raises(ValueError, match="no Y or no X"):
        biodl.segment(np.zeros((64, 64), np.uint8), axes="ZX")
    with pytest.raises(ValueError, match="each once"):
        biodl.segment(np.zeros((64, 64), np.uint8), axes="YY")
    with pytest.raises(ValueError, match="no pixels"):
        biodl.segment(np.zeros((0, 64), np.uint8))
    with pytest.raises(TypeError, match="prob_threshold"):
        biodl.segment(np.zeros((64, 64), np.uint8), prob_treshold=0.5)
