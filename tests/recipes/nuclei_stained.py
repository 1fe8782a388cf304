"""Images of the recipe nuclei-stained.

    nuclei_stained.py SHARED FOLDER     writes FOLDER/SLIDE (images), FOLDER/labels and FOLDER/groups.tsv (name, slide,
                                        field, weight)

Stained nuclei of DSB2018 (CC0: dsb2018-histology.zip and dsb2018-grey-smear.zip). Tiles of one photograph look alike, and there are few
slides: `slide` is what an honest figure is split by, `field` is the photograph. Labels that a tile's border cuts to less than 30 pixels are
slivers of which nobody can say what they belong to; they become background. Needs numpy, tifffile and Pillow (Debian: python3-tifffile,
python3-pil).
"""

import csv
import io
import pathlib
import sys
import zipfile

import numpy
import tifffile
from PIL import Image

LEAST_PIXELS = 30

# Photographs with eosin and of the marrow are few, and are drawn more often.
WEIGHTS = {"purple": 1, "white": 1.5, "he-train": 5, "grey-smear": 1}
ARCHIVES = ("dsb2018-histology.zip", "dsb2018-grey-smear.zip")


def without_slivers(labels):
    """Small labels become 0, the others keep their numbers."""
    few = numpy.bincount(labels.ravel()) < LEAST_PIXELS
    return numpy.where(few[labels], 0, labels).astype(numpy.uint16)


def tiles(shared):
    """Row of groups.tsv, RGB image and labels of each tile."""
    for name in ARCHIVES:
        with zipfile.ZipFile(shared / "images/train" / name) as archive:
            rows = csv.DictReader(io.StringIO(archive.read("groups.tsv").decode()), delimiter="\t")
            for row in rows:
                image = Image.open(io.BytesIO(archive.read(f"images/{row['name']}.png"))).convert("RGB")
                labels = tifffile.imread(io.BytesIO(archive.read(f"labels/{row['name']}.tif")))
                yield row, image, without_slivers(labels)


def images(shared, folder):
    (folder / "labels").mkdir(parents=True, exist_ok=True)
    lines = ["name\tslide\tfield\tweight"]
    for row, image, labels in tiles(shared):
        (folder / row["slide"]).mkdir(exist_ok=True)
        image.save(folder / row["slide"] / f"{row['name']}.png")
        tifffile.imwrite(folder / "labels" / f"{row['name']}.tif", labels, compression="zlib")
        lines.append(f"{row['name']}\t{row['slide']}\t{row['slide']}-{row['field']}\t{WEIGHTS[row['slide']]}")
    (folder / "groups.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    images(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
