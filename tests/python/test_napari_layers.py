# SPDX-License-Identifier: MIT
"""Axes, places and views of layers: properties over drawn layers."""
from types import SimpleNamespace

import numpy as np
import pytest
from napari_biodl.layers import Place, Source, axes_of, visible


def drawn_place(random, axes):
    """A place with everything that a layer can have, and its attributes as a layer has them."""
    n = len(axes)
    rotate = np.linalg.qr(random.normal(size=(n, n)))[0]
    shear = np.eye(n)
    shear[np.triu_indices(n, 1)] = random.normal(size=n * (n - 1) // 2)
    affine = np.eye(n + 1)
    affine[:n] += 0.2 * random.normal(size=(n, n + 1))
    return Place(axes, random.uniform(0.1, 3, n), random.normal(size=n), rotate, shear, affine, ("micrometer",) * n, tuple(axes))


def layer_of(place, data, **more):
    return SimpleNamespace(data=data, name="image", rgb=False, multiscale=False, scale=place.scale, translate=place.translate,
        rotate=place.rotate, shear=place.shear, affine=SimpleNamespace(affine_matrix=place.affine), units=place.units,
        axis_labels=place.labels, **more)


@pytest.mark.parametrize("ndim, labels, said, axes", [
    (2, None, "", "yx"), (3, None, "", "zyx"), (4, None, "", "tzyx"), (5, None, "", "tczyx"),
    (3, ("-3", "-2", "-1"), "", "zyx"), (3, ("time", "Y", "x"), "", "tyx"), (3, ("a", "y", "x"), "", "zyx"), (2, ("x", "y"), "", "xy"),
    (3, ("z", "y", "x"), "TYX", "tyx"), (3, ("y", "y", "x"), "", "zyx"), (3, None, "cyx", "cyx"),
])
def test_axes_are_what_is_said_else_what_the_layer_says_else_the_usual_ones(ndim, labels, said, axes):
    assert axes_of(ndim, labels, said) == axes


@pytest.mark.parametrize("ndim, said", [(2, "zyx"), (3, "yxq"), (3, "yyx"), (3, "tzx"), (1, ""), (6, "")])
def test_axes_that_are_none_are_refused(ndim, said):
    with pytest.raises(ValueError):
        axes_of(ndim, None, said)


def test_a_resampled_place_puts_its_pixels_where_they_were():
    random = np.random.default_rng(1)
    for _ in range(50):
        axes = "".join(random.permutation(list("tzyx")[:random.integers(2, 5)]))
        if "y" not in axes or "x" not in axes:
            axes = "tyx"
        place = drawn_place(random, axes)
        pitch = {axis: random.uniform(0.25, 4) for axis in axes if random.integers(2)}
        origin = {axis: random.uniform(-3, 9) for axis in axes if random.integers(2)}
        pixels = random.uniform(0, 50, (7, len(axes)))
        there = pixels * [pitch.get(axis, 1) for axis in axes] + [origin.get(axis, 0) for axis in axes]
        assert np.allclose(place.resampled(pitch, origin).world(pixels), place.world(there))


def test_a_place_survives_a_layer_and_its_attributes():
    random = np.random.default_rng(2)
    for axes in ("yx", "zyx", "tzyx"):
        place = drawn_place(random, axes)
        layer = layer_of(place, np.zeros((4,) * len(axes)))
        again = Place.of(SimpleNamespace(**Place.of(layer, axes).attributes()), axes)
        for name in ("scale", "translate", "rotate", "shear", "affine", "units", "labels"):
            assert np.array_equal(getattr(again, name), getattr(place, name)), name


def test_neutral_transforms_are_left_out_however_a_layer_tells_them():
    for shear in (None, np.zeros(0), np.zeros(3), np.zeros(1), np.eye(2)):
        layer = SimpleNamespace(scale=(2, 3), translate=(1, 1), rotate=np.eye(2), shear=shear, affine=np.eye(3))
        assert Place.of(layer, "yx").attributes() == {"scale": (2, 3), "translate": (1, 1)}
    shear = Place.of(SimpleNamespace(shear=np.array([0.5])), "yx").shear
    assert np.array_equal(shear, [[1, 0.5], [0, 1]])


def test_axes_that_are_gone_take_their_numbers_with_them():
    place = drawn_place(np.random.default_rng(3), "tcyx").along("tyx")
    assert [len(place.scale), len(place.units), place.rotate.shape, place.affine.shape] == [3, 3, (3, 3), (4, 4)]
    plain = Place.of(SimpleNamespace(scale=(1, 2, 3, 4), translate=(5, 6, 7, 8)), "tcyx").along("tyx")
    assert plain.attributes() == {"scale": (1, 3, 4), "translate": (5, 7, 8)}


@pytest.mark.parametrize("units, sizes", [
    (("micrometer", "um"), {"y": 0.5, "x": 0.25}), (("nanometer", "nanometer"), {"y": 5e-4, "x": 2.5e-4}),
    (("pixel", "pixel"), None), (None, None), (("pixel", "\u00b5m"), {"x": 0.25}),
])
def test_pixels_have_a_size_where_units_are_lengths(units, sizes):
    place = Place.of(SimpleNamespace(scale=(-0.5, 0.25), units=units), "yx")
    assert place.micrometres() == (None if sizes is None else pytest.approx(sizes))


def test_colours_are_an_axis_of_the_pixels_and_none_of_the_layer():
    layer = SimpleNamespace(data=np.zeros((3, 5, 6, 4), np.uint8), rgb=True, name="he", scale=(1, 2, 3), colormap="gray")
    source = Source.of(layer)
    assert (source.axes, source.place.axes, source.data.shape, source.is_rgb, dict(source.look)) == ("zyxc", "zyx", (3, 5, 6, 3), True, {})
    with pytest.raises(ValueError, match="colours"):
        Source.of(layer, "cyx")


def test_a_pyramid_is_its_full_resolution():
    layer = SimpleNamespace(data=[np.zeros((8, 8)), np.zeros((4, 4))], multiscale=True, name="a", scale=(1, 1))
    assert Source.of(layer).data.shape == (8, 8)


def test_the_plane_of_a_point():
    random = np.random.default_rng(4)
    for axes in ("tzyx", "zcyx", "yxz", "tyx"):
        data = random.integers(0, 255, tuple(random.integers(3, 7, len(axes))))
        source = Source.of(layer_of(drawn_place(random, axes), data), axes)
        point = random.uniform(-2, 9, len(axes))
        plane, index = source.plane(point)
        expected = data
        for axis in axes:
            if axis in "tz":
                at = axes.index(axis)
                assert index[axis] == np.clip(np.round(point[at]), 0, data.shape[at] - 1)
                expected = np.take(expected, [index[axis]], axis=at)
        assert plane.axes == "".join(axis for axis in axes if axis not in "tz")
        assert np.array_equal(plane.data, expected.reshape(plane.data.shape))
        assert plane.place.axes == plane.axes


def test_what_is_seen_holds_both_corners_and_stays_in_the_plane():
    random = np.random.default_rng(5)
    for _ in range(200):
        height, width, factor = int(random.integers(4, 300)), int(random.integers(4, 300)), int(random.choice([1, 2, 4]))
        levels = np.array([3, height // factor, width // factor])
        corners = np.sort(random.integers(0, np.maximum(levels, 1), (2, 3)), axis=0)
        top, left, tall, wide = visible(corners, "zyx", height, width, (1, factor, factor))
        assert 0 <= top and top + tall <= height and 0 <= left and left + wide <= width and tall > 0 and wide > 0
        assert top <= corners[0, 1] * factor and left <= corners[0, 2] * factor
        assert top + tall >= min(height, corners[1, 1] * factor + 1) and left + wide >= min(width, corners[1, 2] * factor + 1)
    assert visible(np.zeros((2, 2), int), "yx", 30, 40) == (0, 0, 30, 40)     # nothing was drawn yet
