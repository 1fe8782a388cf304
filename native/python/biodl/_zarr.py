# SPDX-License-Identifier: MIT
"""
Zarr groups and arrays of format 2 and 3, by zarr-python 2 and 3 alike.

zarr-python 2 writes format 2. An array of format 3 is shown to it as one of format 2: the metadata are translated, and chunks are the same
bytes under another name, since a chain of codecs "bytes" (little endian) and one compressor is what format 2 does
(zarr-specs.readthedocs.io, core of version 3, "chunk key encoding" and "codecs"). Other chains (shards, transposed chunks, checksums) are
refused with a word on zarr 3, which reads them.
"""
import json
import uuid
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Dict, Sequence

import numpy as np

_BLOSC_SHUFFLES = ("noshuffle", "shuffle", "bitshuffle")


def generation() -> int:
    """Of the zarr-python that is installed: 2 or 3."""
    import zarr
    return int(zarr.__version__.split(".")[0])


def attributes(store, path: str = "") -> Dict[str, Any]:
    """Of a group, of whichever format; empty where there is none."""
    keys, prefix = _mapping(store), f"{path}/" if path else ""
    if f"{prefix}zarr.json" in keys:
        return json.loads(bytes(keys[f"{prefix}zarr.json"])).get("attributes", {})
    return json.loads(bytes(keys[f"{prefix}.zattrs"])) if f"{prefix}.zattrs" in keys else {}


def write_group(store, path: str, zarr_format: int, values: Dict[str, Any]) -> None:
    """Make a group, or give one other attributes."""
    keys, prefix = _mapping(store), f"{path}/" if path else ""
    if zarr_format == 3:
        keys[f"{prefix}zarr.json"] = _bytes({"zarr_format": 3, "node_type": "group", "attributes": values})
    else:
        keys[f"{prefix}.zattrs"] = _bytes(values)
        keys[f"{prefix}.zgroup"] = _bytes({"zarr_format": 2})


def is_empty(store) -> bool:
    """Whether nothing is there."""
    return next(iter(_mapping(store)), None) is None


def remove(store, path: str = "") -> None:
    """Whatever is below a path."""
    keys = _mapping(store)
    for key in [key for key in keys if key.startswith(f"{path}/" if path else "")]:
        del keys[key]


def open_array(store, path: str):
    """An array of any format, to read."""
    import zarr
    if generation() >= 3:
        return zarr.open_array(store, path=path, mode="r")
    keys = _mapping(store)
    if f"{path}/zarr.json" in keys:
        return zarr.Array(Format3(keys, path), read_only=True)
    return zarr.Array(keys, path=path, read_only=True)


def create_array(store, path: str, zarr_format: int, shape: Sequence[int], chunks: Sequence[int], dtype, names: Sequence[str]):
    """An array to write: Blosc with Zstandard, chunks in folders of their indices."""
    import zarr
    dtype = np.dtype(dtype).newbyteorder("<")
    if generation() >= 3:
        extra = {"dimension_names": list(names), "compressors": zarr.codecs.BloscCodec(cname="zstd", clevel=5, shuffle="shuffle")} \
            if zarr_format == 3 else {"chunk_key_encoding": {"name": "v2", "separator": "/"}}
        return zarr.create_array(store, name=path, shape=tuple(shape), chunks=tuple(chunks), dtype=dtype, zarr_format=zarr_format,
            fill_value=0, **extra)
    keys = _mapping(store)
    if zarr_format == 2:
        from numcodecs import Blosc
        return zarr.create(tuple(shape), tuple(chunks), dtype, Blosc("zstd", 5, Blosc.SHUFFLE), 0, store=keys, path=path,
            dimension_separator="/")
    keys[f"{path}/zarr.json"] = _bytes({
        "zarr_format": 3, "node_type": "array", "shape": list(shape), "data_type": dtype.name, "fill_value": 0,
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": list(chunks)}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
        "codecs": [{"name": "bytes", "configuration": {"endian": "little"}},
            {"name": "blosc", "configuration": {"cname": "zstd", "clevel": 5, "shuffle": "shuffle", "typesize": dtype.itemsize,
                "blocksize": 0}}],
        "dimension_names": list(names), "attributes": {}})
    return zarr.Array(Format3(keys, path))


class Format3(MutableMapping):
    """
    An array of format 3 as the store of one of format 2.

    Parameters
    ----------
    keys : mapping
        Of the hierarchy.
    path : str
        Of the array in it.

    Raises
    ------
    ValueError
        Its chunks are not what format 2 can say.
    """

    def __init__(self, keys, path: str):
        self._keys, self._path = keys, path
        self._meta = json.loads(bytes(keys[f"{path}/zarr.json"]))
        encoding = self._meta["chunk_key_encoding"]
        self._prefix = "c" if encoding["name"] == "default" else ""
        self._separator = encoding.get("configuration", {}).get("separator", "/" if self._prefix else ".")
        self._array = _bytes(_format2(self._meta, path))

    def __getitem__(self, key):
        return self._array if key == ".zarray" else self._keys[self._place(key)]

    def __setitem__(self, key, value):
        self._keys[self._place(key)] = value

    def __delitem__(self, key):
        del self._keys[self._place(key)]

    def __contains__(self, key):
        return key == ".zarray" or (key[:1].isdigit() and self._place(key) in self._keys)

    def __iter__(self):
        yield ".zarray"

    def __len__(self):
        return 1

    def _place(self, key):
        if not key[:1].isdigit():
            raise KeyError(key)
        indices = key.split("/") if self._meta["shape"] else []
        return f"{self._path}/" + self._separator.join(([self._prefix] if self._prefix else []) + indices)


def _format2(meta, path):
    codecs = list(meta["codecs"])
    dtype = np.dtype(meta["data_type"])
    first = codecs.pop(0) if codecs and codecs[0]["name"] == "bytes" else None
    if first is None or len(codecs) > 1 or any(codec["name"] not in _COMPRESSORS for codec in codecs) \
            or meta["chunk_grid"]["name"] != "regular":
        names = ", ".join(codec["name"] for codec in meta["codecs"])
        raise ValueError(f"{path} is Zarr of format 3 with the codecs {names}, which need zarr 3 or newer (Python 3.11): pip install "
            "'zarr>=3'.")
    big = first.get("configuration", {}).get("endian") == "big"
    return {"zarr_format": 2, "shape": meta["shape"], "chunks": meta["chunk_grid"]["configuration"]["chunk_shape"],
        "dtype": dtype.newbyteorder(">" if big else "<").str, "fill_value": meta["fill_value"], "order": "C", "filters": None,
        "dimension_separator": "/", "compressor": _COMPRESSORS[codecs[0]["name"]](codecs[0].get("configuration", {})) if codecs else None}


_COMPRESSORS = {
    "gzip": lambda given: {"id": "gzip", "level": given.get("level", 5)},
    "zstd": lambda given: {"id": "zstd", "level": given.get("level", 0)},
    "blosc": lambda given: {"id": "blosc", "cname": given.get("cname", "zstd"), "clevel": given.get("clevel", 5),
        "shuffle": _BLOSC_SHUFFLES.index(given.get("shuffle", "shuffle")), "blocksize": given.get("blocksize", 0)},
}


def _bytes(values) -> bytes:
    return json.dumps(values, indent=1).encode()


def _mapping(store):
    """Keys to bytes: the files of a folder, or a mapping that is one already."""
    return store if isinstance(store, MutableMapping) else Files(store)


class Files(MutableMapping):
    """
    The files of a folder by their paths in it. A file is written beside its place and renamed.

    Parameters
    ----------
    folder : path
        Need not be there.
    """

    def __init__(self, folder):
        self._folder = Path(folder)

    def __getitem__(self, key):
        try:
            return (self._folder / key).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
            raise KeyError(key) from error

    def __setitem__(self, key, value):
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
        try:
            beside.write_bytes(value)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def __delitem__(self, key):
        try:
            (self._folder / key).unlink()
        except FileNotFoundError:
            raise KeyError(key) from None

    def __contains__(self, key):
        return (self._folder / key).is_file()

    def __iter__(self):
        return (path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file())

    def __len__(self):
        return sum(1 for _ in self)
