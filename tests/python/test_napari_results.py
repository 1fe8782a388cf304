# SPDX-License-Identifier: MIT
"""Layers of results, and previews: what the tasks of napari-biodl make of arrays, with the real library."""
from types import SimpleNamespace

import biodl
import numpy as np
import pytest
from napari_biodl import fields, preview, results, tasks
from napari_biodl.layers import Source


def layer(data, **attributes):
    ndim = data.ndim - attributes.get("rgb", False)
    place = {"scale": np.full(ndim, 0.5), "translate": np.arange(ndim) + 7.0, "units": ("micrometer",) * ndim}
    return SimpleNamespace(**{"data": data, "name": "cells", "rgb": False, "multiscale": False, **place, **attributes})


@pytest.fixture(scope="module")
def stack(image):
    return np.stack([image, np.roll(image, 9, 1), image[::-1]])


def test_segment_gives_labels_outlines_and_a_table_where_the_image_lies(image):
    source = Source.of(layer(image))
    (labels, attributes, kind), (outlines, drawn, shapes) = tasks.segment(source)
    expected, objects = biodl.segment(image)
    assert (kind, shapes) == ("labels", "shapes") and np.array_equal(labels, expected)
    for given in (attributes, drawn):
        assert (given["scale"], given["translate"], given["units"]) == ((0.5, 0.5), (7, 8), ("micrometer",) * 2)
    table = attributes["features"]
    assert list(table["index"]) == list(range(objects.count + 1)) and np.isnan(table["prob"][0])
    for number in table["index"][1:]:
        y, x = np.nonzero(labels == number)
        assert table["pixels"][number] == len(y) and table["area_um2"][number] == pytest.approx(len(y) * 0.25)
        assert table["world_y"][number] == pytest.approx(7 + 0.5 * y.mean())
        assert table["world_x"][number] == pytest.approx(8 + 0.5 * x.mean())
    assert len(outlines) == objects.count == len(drawn["features"]["index"])
    assert np.array_equal(outlines[0], objects["coord"][0].T)
    account = attributes["metadata"]["biodl"]
    assert account["options"]["pixel_size_zyx_um"] == [0, 0.5, 0.5]


def test_labels_of_a_series_are_unique_and_outlines_lie_in_their_planes(stack):
    source = Source.of(layer(stack, axis_labels=("t", "y", "x")))
    (labels, attributes, _), (outlines, drawn, _) = tasks.segment(source)
    table = attributes["features"]
    assert labels.shape == stack.shape and list(table["index"]) == list(range(labels.max() + 1))
    for polygon, frame, number in zip(outlines, drawn["features"]["frame"], drawn["features"]["index"]):
        assert set(polygon[:, 0]) == {float(frame)} and number in labels[frame]
        assert all(number not in labels[other] for other in range(3) if other != frame)


def test_axes_in_any_order_give_the_same_objects(stack):
    turned = Source.of(layer(np.moveaxis(stack, 0, -1)), "yxz")
    (labels, attributes, _), (outlines, _, _) = tasks.segment(turned)
    (straight, known, _), (lines, _, _) = tasks.segment(Source.of(layer(stack)))
    assert np.array_equal(np.moveaxis(labels, -1, 0), straight)
    assert np.array_equal(attributes["features"]["centroid_y"], known["features"]["centroid_y"], equal_nan=True)
    assert np.array_equal(outlines[0][:, [2, 0, 1]], lines[0])


def test_a_table_is_in_the_order_of_its_labels():
    columns = {"index": np.array([3, 1, 2]), "prob": np.array([0.3, 0.1, 0.2], np.float32), "edge": np.array([True, False, True])}
    table = results.with_background(columns)
    assert list(table["index"]) == [0, 1, 2, 3] and list(table["edge"]) == [False, False, True, True]
    assert np.isnan(table["prob"][0]) and table["prob"].dtype == np.float32


def test_denoise_keeps_place_type_and_look(image):
    source = Source.of(layer(image, colormap="green", contrast_limits=(300, 4000), gamma=0.8, blending="additive"))
    ((restored, attributes, kind),) = tasks.denoise(source)
    assert np.array_equal(restored, biodl.denoise(image)[0]) and restored.dtype == image.dtype and kind == "image"
    assert attributes["name"] == "cells denoised" and attributes["scale"] == (0.5, 0.5)
    assert {name: attributes[name] for name in source.look} == {"colormap": "green", "contrast_limits": (300, 4000), "gamma": 0.8,
        "blending": "additive"}


def test_channels_that_are_an_axis_stay_one(stack):
    source = Source.of(layer(stack), "cyx")
    ((restored, attributes, _),) = tasks.denoise(source)
    assert restored.shape == stack.shape and len(attributes["scale"]) == 3


def test_stains_are_layers_with_a_name_and_a_colour(image):
    layers = tasks.stain(Source.of(layer(image, colormap="gray")), model="builtin:stain-bacteria")
    assert layers
    for made, attributes, kind in layers:
        assert made.shape == image.shape and kind == "image" and attributes["scale"] == (0.5, 0.5)


@pytest.mark.parametrize("restores, rgb, dtype, expected", [
    (False, False, np.float32, [("cells stained DAPI", "blue"), ("cells stained GFP", "green"), ("cells stained 3", "gray")]),
    (True, True, np.uint8, [("cells stained", None)]),
    (False, True, np.float32, [("cells stained DAPI", "blue"), ("cells stained GFP", "green"), ("cells stained 3", "gray")]),
])
def test_channels_that_the_source_has_not_become_layers(restores, rgb, dtype, expected):
    shape = (20, 30, 3) if rgb else (20, 30)
    source = Source.of(layer(np.zeros(shape, np.uint8), rgb=rgb))
    axes = "YXC" if rgb else "CYX"
    made = np.random.default_rng(1).integers(0, 200, (20, 30, 3)).astype(dtype)
    output = SimpleNamespace(name="out", axes=axes, kind="image", channel_names=("DAPI", "GFP"), restores_input=restores,
        pixel_pitch=(1, 2, 2), origin=(0, 0.5, 0.5))
    run = SimpleNamespace(images=(made if rgb else np.moveaxis(made, -1, 0),), outputs=(output,), account={})
    layers = results.of_images(source, run, "stained")
    assert [(attributes["name"], attributes.get("colormap")) for _, attributes, _ in layers] == expected
    for i, (data, attributes, _) in enumerate(layers):
        assert attributes["scale"] == (1, 1) and attributes["translate"] == (7.25, 8.25)
        assert np.array_equal(data, made if len(layers) == 1 else made[..., i])


def test_names_have_the_colours_that_fiji_gives_them():
    for name, colour in {"DAPI": "blue", "cell_membrane": "green", "F-actin": "red", "Cy5": "magenta", "brightfield": "gray",
            "nuclear envelope": "red", "channel 1": "gray", "": "gray", "far-red": "magenta"}.items():
        assert results.colour_of(name) == colour, name


def test_the_preview_is_what_the_run_gives_there(image):
    whole, _ = biodl.segment(image, prob_threshold=0.4, exclude_edges=True)
    source, seen = Source.of(layer(image)), (40, 50, 80, 90)
    kept = preview.SegmentPreview()
    labels, attributes, kind = kept.answer(preview.View(source, seen), "", {}, {"prob_threshold": 0.4, "exclude_edges": True})[0]
    top, left = ((np.array(attributes["translate"]) - (7, 8)) / 0.5).round().astype(int)
    there = whole[top:top + labels.shape[0], left:left + labels.shape[1]]
    found = [number for number in np.unique(labels) if number]
    assert kind == "labels" and found
    for number in found:
        same = np.unique(there[labels == number])
        assert len(same) == 1 and same[0] and np.array_equal(there == same[0], labels == number)
    in_view = there[40 - top:120 - top, 50 - left:140 - left]
    for number in np.unique(in_view[in_view > 0]):
        y, x = np.nonzero(whole == number)
        seen_centre = 40 <= y.mean() < 120 and 50 <= x.mean() < 140
        assert seen_centre == bool(labels[there == number].any())
    kept.close()


def test_thresholds_are_answered_without_the_network_and_other_views_are_not(image):
    source, kept = Source.of(layer(image)), preview.SegmentPreview()
    view = preview.View(source, (0, 0, 100, 100), (1,))
    counts = [kept.answer(view, "", {}, {"prob_threshold": t})[0][0].max() for t in (0.2, 0.6, 0.8)]
    assert kept.runs == 1 and counts == sorted(counts, reverse=True)
    for changed in (preview.View(source, (0, 0, 100, 90), (1,)), preview.View(source, (0, 0, 100, 90), (2,))):
        kept.answer(changed, "", {}, {})
    kept.answer(changed, "", {"dark_objects": True}, {})
    kept.answer(changed, "", {"dark_objects": True}, {"prob_threshold": 0.01})
    assert kept.runs == 5


def test_the_preview_of_a_restoration_is_the_run_there(image):
    whole, _ = biodl.denoise(image, tile=128)
    ((part, attributes, _),) = preview.denoised(preview.View(Source.of(layer(image)), (16, 32, 64, 80)), "", {"tile": 128})
    assert attributes["translate"] == (7 + 8, 8 + 16)
    assert np.abs(part.astype(float) - whole[16:80, 32:112]).max() <= 1       # other tiles, rounded to whole counts


def test_the_view_of_a_viewer(stack):
    shown = layer(np.stack([stack, stack]), corner_pixels=np.array([[0, 0, 10, 20], [0, 0, 59, 99]]))
    view = preview.view_of(shown, (1.2, 1.7, 0, 0))
    assert view.region == (10, 20, 50, 80) and view.source.axes == "yx" and np.array_equal(view.source.data, stack[2])
    assert view.key != preview.view_of(shown, (1.2, 0.7, 0, 0)).key


def test_fields_are_options_of_the_library():
    known = set(biodl.SegmentOptions.__annotations__)
    for asked in (fields.SEGMENT, fields.DENOISE, fields.STAIN, fields.RUN):
        values = {field.name: field.value for field in asked}
        assert fields.options(asked, values) == {}
        for field in asked:
            other = {bool: True, float: 0.5, int: 3, str: "1"}.get(field.annotation)
            if field.name in ("outlines", *fields._OF_WIDGETS) or other is None:
                continue
            assert set(fields.options(asked, {**values, field.name: other})) <= known, field.name
    values = {field.name: field.value for field in fields.SEGMENT}
    chosen = fields.options(fields.SEGMENT, {**values, "percentile_low": 2.0, "channels": "0, 2", "outlines": False, "link": "frames"})
    assert chosen == {"percentiles": (2.0, 100.0), "channels": [0, 2], "outlines": False, "link": "frames"}
    with pytest.raises(ValueError, match="DAPI"):
        fields.options(fields.SEGMENT, {**values, "channels": "DAPI"})


def test_a_model_from_elsewhere_goes_before_the_list():
    assert fields.chosen_model({"model": "a", "path": " /b "}) == "/b"
    assert fields.chosen_model({"model": "a", "path": ""}) == "a"
    assert fields.chosen_model({"model": None, "path": ""}) == ""


def test_run_needs_a_model(image):
    with pytest.raises(ValueError, match="Choose a model"):
        tasks.run([Source.of(layer(image))])
    layers = tasks.run([Source.of(layer(image))], model="builtin:nuclei-fluo-small")
    assert len(layers) == 1 + 32 and all(len(attributes["scale"]) == 2 for _, attributes, _ in layers)
