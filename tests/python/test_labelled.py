# SPDX-License-Identifier: MIT
"""Arrays whose axes have names, coordinates and units, and arrays that are no memory."""
import numpy as np
import pytest
from conftest import nuclei

import biodl

xarray = pytest.importorskip("xarray")
dask_array = pytest.importorskip("dask.array")


@pytest.fixture
def stack():
    pixels = np.stack([[nuclei(96, 112, 5, seed + 10 * slice) for seed in (1, 2)] for slice in range(3)])
    return xarray.DataArray(pixels, dims=("z", "channel", "y", "x"), name="cells", coords={
        "z": ("z", [0.0, 2.5, 5.0], {"units": "um"}), "channel": ["actin", "dapi"],
        "y": ("y", 10 + 0.5 * np.arange(96), {"units": "um"}), "x": ("x", 20 + 500.0 * np.arange(112), {"units": "nm"})})


def test_dims_and_coordinates_are_kept(stack, stardist):
    labels, objects = stardist.segment(stack, channels=[1])
    assert labels.dims == ("z", "y", "x") and labels.dtype == np.int32 and labels.name == "labels"
    for dim in labels.dims:
        xarray.testing.assert_identical(labels.coords[dim], stack.coords[dim].reset_coords(drop=True))
    plain, found = stardist.segment(stack.values, "ZCYX", channels=[1])
    np.testing.assert_array_equal(labels.values, plain)
    np.testing.assert_array_equal(objects.coord, found.coord)
    assert "0.5" in str(objects.account) and "2.5" in str(objects.account)      # micrometres from the coordinates


def test_the_order_of_dims_is_kept(stack, stardist):
    turned = stack.transpose("x", "channel", "z", "y")
    labels, _ = stardist.segment(turned, channels=[1])
    assert labels.dims == ("x", "z", "y")
    np.testing.assert_array_equal(labels.transpose("z", "y", "x").values, stardist.segment(stack, channels=[1])[0].values)


def test_outputs_of_a_region_lie_where_it_lies(stack, denoiser):
    restored, run = denoiser.denoise(stack, region=(16, 24, 48, 64))
    assert restored.dims == stack.dims and restored.shape == (3, 2, 48, 64) and restored.dtype == stack.dtype
    xarray.testing.assert_identical(restored.coords["y"], stack.coords["y"][16:64].reset_coords(drop=True))
    xarray.testing.assert_identical(restored.coords["x"], stack.coords["x"][24:88].reset_coords(drop=True))
    whole, _ = denoiser.denoise(stack)
    np.testing.assert_array_equal(restored.values, whole.values[:, :, 16:64, 24:88])


def test_coarser_outputs_have_coarser_coordinates(stack, stardist):
    (dist, prob), run = stardist.run(stack.isel(z=0, channel=1))
    assert dist.dims == ("c", "y", "x") and prob.dims == ("y", "x") and dist.sizes["c"] == stardist.info.rays
    assert list(dist.coords["c"].values) == list(run.outputs[0].channel_names)
    pitch, origin = run.outputs[0].pixel_pitch[1], run.outputs[0].origin[1]
    np.testing.assert_allclose(dist.coords["y"].values, 10 + 0.5 * (origin + pitch * np.arange(dist.sizes["y"])))
    assert dist.coords["y"].attrs["units"] == "um"


def test_dims_that_are_no_axes_are_said(stack):
    with pytest.raises(ValueError, match="'well'"):
        biodl.segment(stack.rename(z="well"))
    labels, _ = biodl.segment(stack.rename(z="well"), axes="TCYX", channels=[1])
    assert labels.dims == ("well", "y", "x")


def test_dask_arrays_are_computed_a_plane_at_a_time(stack, stardist):
    asked = []

    def block(pixels, block_info=None):
        asked.append(block_info[0]["chunk-location"])
        return pixels

    lazy = dask_array.from_array(stack.values, chunks=(1, 1, 96, 112)).map_blocks(block, dtype=stack.dtype)
    asked.clear()
    labels, _ = stardist.segment(lazy, "ZCYX", channels=[1])
    np.testing.assert_array_equal(labels, stardist.segment(stack.values, "ZCYX", channels=[1])[0])
    assert {place[:2] for place in asked} == {(0, 1), (1, 1), (2, 1)} and type(labels) is np.ndarray
    inside = stack.copy(data=dask_array.from_array(stack.values, chunks=(1, 2, 48, 112)))
    labels, _ = stardist.segment(inside, channels=[1])
    assert isinstance(labels, xarray.DataArray) and labels.dims == ("z", "y", "x")
