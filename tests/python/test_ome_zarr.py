# SPDX-License-Identifier: MIT
"""OME-Zarr: what is written is what the specification says, to the byte where zarr-python cannot tell; what is read is what it means."""
import gzip
import json
import pickle

import numpy as np
import pytest

zarr = pytest.importorskip("zarr")
da = pytest.importorskip("dask.array")
numcodecs = pytest.importorskip("numcodecs")

from biodl import ome_zarr  # noqa: E402
from biodl._zarr import Files, Format3, generation  # noqa: E402

from conftest import nuclei  # noqa: E402

VERSIONS = pytest.mark.parametrize("version", ["0.4", "0.5"])


def described(folder, version, path=""):
    """What OME-Zarr says in a group, read without the code that is tested."""
    if version == "0.4":
        assert json.loads((folder / path / ".zgroup").read_text()) == {"zarr_format": 2}
        return json.loads((folder / path / ".zattrs").read_text())
    group = json.loads((folder / path / "zarr.json").read_text())
    assert (group["zarr_format"], group["node_type"]) == (3, "group")
    assert group["attributes"]["ome"].pop("version") == "0.5"
    return group["attributes"]["ome"]


def bytes_of_format_3(folder):
    """An array as its metadata and chunks say, by the specification of Zarr 3 and nothing else."""
    meta = json.loads((folder / "zarr.json").read_text())
    assert (meta["zarr_format"], meta["node_type"], meta["chunk_key_encoding"]["name"]) == (3, "array", "default")
    assert [codec["name"] for codec in meta["codecs"]] == ["bytes", "blosc"] and meta["codecs"][0]["configuration"] == {"endian": "little"}
    shape, chunks = meta["shape"], meta["chunk_grid"]["configuration"]["chunk_shape"]
    dtype = np.dtype(meta["data_type"]).newbyteorder("<")
    whole = np.full(shape, meta["fill_value"], dtype)
    for index in np.ndindex(*(-(-size // chunk) for size, chunk in zip(shape, chunks))):
        file = folder.joinpath("c", *map(str, index))
        if file.exists():
            block = np.frombuffer(numcodecs.Blosc().decode(file.read_bytes()), dtype).reshape(chunks)
            place = tuple(slice(at * chunk, (at + 1) * chunk) for at, chunk in zip(index, chunks))
            whole[place] = block[tuple(slice(0, size) for size in whole[place].shape)]
    return whole, meta


@VERSIONS
@pytest.mark.parametrize("axes, shape", [("YX", (70, 93)), ("ZYX", (3, 40, 129)), ("CYX", (2, 65, 64)), ("TCZYX", (2, 2, 3, 33, 50)),
    ("YXC", (50, 61, 3)), ("TZYX", (2, 2, 130, 20))])
def test_an_image_comes_back_with_its_place(tmp_path, version, axes, shape):
    random = np.random.default_rng(len(axes))
    for dtype in (np.uint8, np.uint16, np.int32, np.float32, ">u2"):
        folder = tmp_path / np.dtype(dtype).str.strip("<>|")
        folder = folder if dtype != ">u2" else tmp_path / "big"
        image = random.integers(0, 200, shape).astype(dtype)
        scale, start = tuple(random.uniform(0.1, 3, len(axes))), tuple(random.uniform(-9, 9, len(axes)))
        units = tuple({"T": "second", "C": None}.get(axis, "nanometer") for axis in axes)
        ome_zarr.write(folder, da.from_array(image, chunks=17), axes, scale=scale, translation=start, units=units, name="field", chunk=32,
            channel_names=("DAPI", "GFP") if "C" in axes else (), version=version)
        order = [axes.index(axis) for axis in "TCZYX" if axis in axes]
        back = ome_zarr.read(folder)
        assert (back.axes, back.version, back.name) == ("".join(axes[at] for at in order), version, "field")
        np.testing.assert_array_equal(back.data.compute(), image.transpose(order))
        assert back.data.dtype == np.dtype(dtype).newbyteorder("=")
        np.testing.assert_allclose(back.scale, [scale[at] for at in order])
        np.testing.assert_allclose(back.translation, [start[at] for at in order])
        assert back.units == tuple(units[at] for at in order)
        assert back.channel_names == (("DAPI", "GFP") if "C" in axes else ())
        assert back.pixel_size[1:] == pytest.approx([scale[axes.index(axis)] / 1000 for axis in "YX"])


@VERSIONS
def test_what_is_written_is_what_the_specification_says(tmp_path, version):
    image = np.random.default_rng(1).integers(0, 60000, (2, 75, 130)).astype(np.uint16)
    ome_zarr.write(tmp_path, image, "ZYX", scale=(2, 0.5, 0.25), units=("micrometer",) * 3, chunk=32, version=version)
    multiscale, = described(tmp_path, version)["multiscales"]
    assert multiscale["axes"] == [{"name": axis, "type": "space", "unit": "micrometer"} for axis in "zyx"]
    assert ("version" in multiscale) == (version == "0.4")
    expected = image
    for level, dataset in enumerate(multiscale["datasets"]):
        scale, translation = dataset["coordinateTransformations"]
        assert (scale["type"], translation["type"]) == ("scale", "translation")
        assert scale["scale"] == [2, 0.5 * 2 ** level, 0.25 * 2 ** level]
        assert translation["translation"] == [0, (2 ** level - 1) * 0.25, (2 ** level - 1) * 0.125]
        folder = tmp_path / dataset["path"]
        if version == "0.5":
            stored, meta = bytes_of_format_3(folder)
            assert meta["dimension_names"] == ["z", "y", "x"]
        else:
            stored = zarr.open(str(folder), mode="r")[:]
            assert json.loads((folder / ".zarray").read_text())["dimension_separator"] == "/" and (folder / "1" / "0" / "0").is_file()
        np.testing.assert_array_equal(stored, expected)
        even = np.pad(expected, ((0, 0), (0, expected.shape[1] % 2), (0, expected.shape[2] % 2)), mode="edge").astype(float)
        expected = np.rint((even[:, ::2, ::2] + even[:, 1::2, ::2] + even[:, ::2, 1::2] + even[:, 1::2, 1::2]) / 4).astype(np.uint16)
    assert len(multiscale["datasets"]) == 4 and stored.shape == (2, 10, 17)
    assert ome_zarr.read(tmp_path, level=2).data.shape == (2, 19, 33)


@VERSIONS
def test_labels_lie_beside_their_image(tmp_path, version):
    image = np.zeros((2, 3, 70, 90), np.uint8)
    labels = np.random.default_rng(2).integers(0, 9, (3, 70, 90)).astype(np.int32)
    ome_zarr.write(tmp_path, image, "CZYX", scale=(1, 3, 0.5, 0.5), translation=(0, 1, 2, 3), units=(None, *("micrometer",) * 3), chunk=32,
        version=version)
    assert ome_zarr.read(tmp_path).labels == ()
    ome_zarr.write_labels(tmp_path, da.from_array(labels, chunks=40), "nuclei", chunk=32,
        properties={"label": np.array([1, 2]), "area": np.array([5, 7]), "prob": np.array([0.5, 0.25], np.float32)})
    ome_zarr.write_labels(tmp_path, labels[0], "plane", "YX", chunk=64)
    assert described(tmp_path, version, "labels") == {"labels": ["nuclei", "plane"]}
    said = described(tmp_path, version, "labels/nuclei")
    assert said["image-label"].pop("version", None) == ("0.4" if version == "0.4" else None)
    assert said["image-label"] == {"source": {"image": "../../"},
        "properties": [{"label-value": 1, "area": 5, "prob": 0.5}, {"label-value": 2, "area": 7, "prob": 0.25}]}
    back = ome_zarr.read(tmp_path, labels="nuclei")
    assert (back.axes, back.scale, back.translation) == ("ZYX", (3, 0.5, 0.5), (1, 2, 3))
    np.testing.assert_array_equal(back.data.compute(), labels)
    np.testing.assert_array_equal(ome_zarr.read(tmp_path, 1, "nuclei").data.compute(), labels[:, ::2, ::2])
    assert ome_zarr.read(tmp_path, labels="plane").axes == "YX" and ome_zarr.read(tmp_path).labels == ("nuclei", "plane")
    with pytest.raises(FileExistsError, match="nuclei"):
        ome_zarr.write_labels(tmp_path, labels, "nuclei")
    ome_zarr.write_labels(tmp_path, labels[:, :40] + 1, "nuclei", overwrite=True)
    np.testing.assert_array_equal(ome_zarr.read(tmp_path, labels="nuclei").data.compute(), labels[:, :40] + 1)


def test_what_others_write_as_format_3_is_read_or_refused_by_name(tmp_path):
    values = np.arange(7 * 9, dtype=np.uint16).reshape(7, 9)

    def write(codecs, encode, encoding, key, dtype="<u2"):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        (folder / "0").mkdir(parents=True)
        scales = [{"axes": [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}], "datasets": [{"path": "0",
            "coordinateTransformations": [{"type": "scale", "scale": [2, 3]}]}],
            "coordinateTransformations": [{"type": "scale", "scale": [10, 10]}, {"type": "translation", "translation": [1, 2]}]}]
        (folder / "zarr.json").write_text(json.dumps({"zarr_format": 3, "node_type": "group",
            "attributes": {"ome": {"version": "0.5", "multiscales": scales}}}))
        (folder / "0" / "zarr.json").write_text(json.dumps({"zarr_format": 3, "node_type": "array", "shape": [7, 9], "data_type": "uint16",
            "fill_value": 5, "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 4]}}, "codecs": codecs,
            "chunk_key_encoding": encoding, "attributes": {}}))
        padded = np.pad(values, ((0, 1), (0, 3))).astype(dtype)
        for y, x in np.ndindex(2, 3):
            if (y, x) != (1, 1):        # a chunk that is not there has the fill value
                file = folder / "0" / key.format(y, x)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(encode(padded[4 * y:4 * y + 4, 4 * x:4 * x + 4].tobytes()))
        return folder

    little, default = {"name": "bytes", "configuration": {"endian": "little"}}, {"name": "default"}
    expected = values.copy()
    expected[4:, 4:8] = 5
    folders = [
        write([little], bytes, default, "c/{}/{}"),
        write([{"name": "bytes", "configuration": {"endian": "big"}}], bytes, default, "c/{}/{}", ">u2"),
        write([little, {"name": "gzip", "configuration": {"level": 3}}], gzip.compress,
            {"name": "default", "configuration": {"separator": "."}}, "c.{}.{}"),
        write([little, {"name": "zstd", "configuration": {"level": 1, "checksum": False}}], numcodecs.Zstd(1).encode,
            {"name": "v2", "configuration": {"separator": "/"}}, "{}/{}"),
    ]
    for folder in folders:
        image = ome_zarr.read(folder)
        np.testing.assert_array_equal(image.data.compute(), expected)
        assert (image.scale, image.translation) == ((20, 30), (1, 2))
    if generation() < 3:
        for codecs in ([{"name": "sharding_indexed", "configuration": {}}], [little, {"name": "crc32c"}],
                [{"name": "transpose", "configuration": {"order": [1, 0]}}, little]):
            with pytest.raises(ValueError, match="zarr>=3"):
                ome_zarr.read(write(codecs, bytes, default, "c/{}/{}"))


def test_what_is_no_image_or_is_there_already_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no OME-Zarr image"):
        ome_zarr.read(tmp_path)
    ome_zarr.write(tmp_path / "a", np.zeros((9, 9), np.uint8), "YX")
    with pytest.raises(FileExistsError):
        ome_zarr.write(tmp_path / "a", np.zeros((9, 9), np.uint8), "YX")
    for call in (lambda: ome_zarr.read(tmp_path / "a", level=1), lambda: ome_zarr.read(tmp_path / "a", labels="none"),
            lambda: ome_zarr.write(tmp_path / "b", np.zeros((9, 9)), "YZ"), lambda: ome_zarr.write(tmp_path / "b", np.zeros(9), "X"),
            lambda: ome_zarr.write(tmp_path / "b", np.zeros((9, 9)), "YX", version="0.3"),
            lambda: ome_zarr.write_labels(tmp_path / "a", np.zeros((9, 9)))):
        with pytest.raises(ValueError):
            call()


def test_what_was_broken_off_is_no_image_and_is_written_anew(tmp_path):
    def fail(block):
        raise RuntimeError("the machine stops")

    broken = da.ones((64, 64), np.uint8, chunks=32).map_blocks(fail, dtype=np.uint8, meta=np.empty((0, 0), np.uint8))
    with pytest.raises(RuntimeError):
        ome_zarr.write(tmp_path, broken, "YX")
    with pytest.raises(ValueError, match="no OME-Zarr image"):
        ome_zarr.read(tmp_path)
    ome_zarr.write(tmp_path, np.full((64, 64), 3, np.uint8), "YX")
    assert (ome_zarr.read(tmp_path).data.compute() == 3).all()
    assert not [path for path in tmp_path.rglob("*.tmp")]


def test_what_others_have_in_a_folder_is_never_removed(tmp_path):
    (tmp_path / "0").mkdir()
    (tmp_path / "0" / ".zattrs").write_text("{}")
    with pytest.raises(FileExistsError, match="not empty"):
        ome_zarr.write(tmp_path, np.zeros((9, 9), np.uint8), "YX")
    assert (tmp_path / "0" / ".zattrs").read_text() == "{}"


def test_arrays_of_both_formats_travel_to_workers(tmp_path):
    for version in ome_zarr.VERSIONS:
        ome_zarr.write(tmp_path / version, np.arange(99, dtype=np.uint8).reshape(9, 11), "YX", version=version)
        again = pickle.loads(pickle.dumps(ome_zarr.read(tmp_path / version).data))
        assert again.sum().compute() == np.arange(99).sum()
    assert isinstance(pickle.loads(pickle.dumps(Format3(Files(tmp_path / "0.5"), "0"))), Format3)


def test_an_image_is_segmented_where_it_lies(tmp_path, stardist):
    dask = pytest.importorskip("biodl.dask")
    pixels = nuclei(300, 260, 30, 5)
    ome_zarr.write(tmp_path, pixels, "YX", scale=(0.3, 0.3), units=("micrometer",) * 2, chunk=128, version="0.5")
    image = ome_zarr.read(tmp_path)
    labels, objects = dask.segment(image.data, "builtin:nuclei-fluo-small", image.axes, block=160, **image.options)
    ome_zarr.write_labels(tmp_path, labels, "nuclei")
    np.testing.assert_array_equal(ome_zarr.read(tmp_path, labels="nuclei").data.compute(), stardist.segment(pixels)[0])
