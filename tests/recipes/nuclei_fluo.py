"""Images of the recipe nuclei-fluo.

    nuclei_fluo.py SHARED FOLDER    writes FOLDER/train and FOLDER/validation (images), FOLDER/labels and FOLDER/weights.tsv

Nuclei in fluorescence, all CC0: the training half of the StarDist subset of DSB2018 (dsb2018/train.zip), what that subset leaves out
(dsb2018-fluo-extra.zip, without what shares a photograph with the test half) and BBBC039 (bbbc039-subset.zip). The split is by
photograph, for BBBC039 by well: every sixteenth, and of photographs that only the extra images have, every third, since no earlier model has
seen them. A photograph's tiles share the draws that it gets. Needs numpy, scikit-image and tifffile (Debian: python3-skimage,
python3-tifffile).
"""

import collections
import csv
import io
import pathlib
import sys
import zipfile
import zlib

import numpy
import tifffile
from skimage.io import imread

TILE = 256 * 256

# How often an image is drawn: extra images are of many kinds, those of BBBC039 of one.
DRAWS = {"subset": 1, "extra": 1.5, "bbbc039": 0.35}


def rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(name).decode()), delimiter="\t"))


def grey(archive, name):
    values = io.BytesIO(archive.read(name))
    image = tifffile.imread(values) if name.endswith(".tif") else imread(values)
    return image[..., 0] if image.ndim == 3 else image


def entries(shared):
    """(source, name, photograph, image, labels) of each image."""
    extra = zipfile.ZipFile(shared / "images/train/dsb2018-fluo-extra.zip")
    photographs = {row["dsb_id"]: row["field"] for row in rows(extra, "fields-of-all-fluorescence.tsv")}
    with zipfile.ZipFile(shared / "images/dsb2018/train.zip") as archive:
        for name in sorted(archive.namelist()):
            if "/images/" in name and name.endswith(".tif"):
                stem = pathlib.PurePosixPath(name).stem
                labels = grey(archive, name.replace("/images/", "/masks/"))
                yield "subset", stem, photographs.get(stem, f"own-{stem}"), grey(archive, name), labels
    for row in rows(extra, "groups.tsv"):
        if row["shares_field_with_stardist_test"] == "0":
            name = row["name"]
            yield "extra", name, row["field"], grey(extra, f"images/{name}.png"), grey(extra, f"labels/{name}.tif")
    with zipfile.ZipFile(shared / "images/train/bbbc039-subset.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("images/") and not name.endswith("/"):
                stem = pathlib.PurePosixPath(name).stem
                yield "bbbc039", stem, f"well-{stem.split('_')[0]}", grey(archive, name), grey(archive, f"labels/{stem}.tif")


def is_kept_back(photograph, unseen):
    number = zlib.crc32(photograph.encode())
    return number % 16 == 0 or (photograph in unseen and number % 3 == 0)


def write(shared, folder):
    for name in ("train", "validation", "labels"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    all_entries = list(entries(shared))
    tiles = collections.Counter(photograph for _, _, photograph, _, _ in all_entries)
    seen = {photograph for source, _, photograph, _, _ in all_entries if source == "subset"}
    unseen = {photograph for source, _, photograph, _, _ in all_entries if source == "extra"} - seen
    lines = ["name\tweight"]
    for source, name, photograph, image, labels in all_entries:
        side = "validation" if is_kept_back(photograph, unseen) else "train"
        tifffile.imwrite(folder / side / f"{name}.tif", image)
        tifffile.imwrite(folder / "labels" / f"{name}.tif", labels.astype(numpy.uint16), compression="zlib")
        weight = min(4, image.size / TILE) / tiles[photograph] ** 0.5 * DRAWS[source]
        lines.append(f"{name}\t{weight:.4f}")
    (folder / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
