"""Images of the recipe nuclei-stained.

    nuclei_stained.py SHARED FOLDER     writes FOLDER/SLIDE (images), FOLDER/labels and FOLDER/groups.tsv (name, slide,
                                        field, weight); the "slide" dyed is made of fluorescence images

Stained nuclei of DSB2018 (CC0: dsb2018-histology.zip and dsb2018-grey-smear.zip). Tiles of one photograph look alike, and there are few
slides: `slide` is what an honest figure is split by, `field` is the photograph. Labels that a tile's border cuts to less than 30 pixels are
slivers of which nobody can say what they belong to; they become background.

Slides are few and their nuclei look alike, while fluorescence has nuclei of many sizes, crowds and textures, well outlined. So every second
image of the training half of DSB2018's fluorescence (CC0) is dyed: its brightness becomes the amount of a nuclear stain, a made texture that
of a counterstain, and both absorb as in a bright field (Beer and Lambert). Needs numpy, scipy, tifffile and Pillow (Debian:
python3-scipy, python3-tifffile, python3-pil).
"""

import csv
import io
import pathlib
import sys
import zipfile

import numpy
import tifffile
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter, rotate

LEAST_PIXELS = 30

# Photographs with eosin and of the marrow are few, and are drawn more often.
WEIGHTS = {"purple": 1, "white": 1.5, "he-train": 5, "grey-smear": 1}
ARCHIVES = ("dsb2018-histology.zip", "dsb2018-grey-smear.zip")

# Dyed images: how often one is drawn, every which one is taken, and what red, green and blue of haematoxylin and eosin absorb.
DYED_WEIGHT, DYED_STEP = 0.4, 2
STAINS = numpy.array([[0.650, 0.704, 0.286], [0.072, 0.990, 0.105]])


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


def texture(shape, random):
    """Smooth noise of three scales, from 0 to 1; half of it runs in fibres."""
    noise = sum(scale * gaussian_filter(random.standard_normal(shape), scale, mode="wrap") for scale in (1.5, 5, 15))
    if random.uniform() < 0.5:
        angle = random.uniform(0, 180)
        fibres = gaussian_filter(random.standard_normal(tuple(2 * side for side in shape)), (1.5, 20), mode="wrap")
        fibres = rotate(fibres, angle, reshape=False, order=1)[tuple(slice(side // 2, side // 2 + side) for side in shape)]
        noise = noise / noise.std() + random.uniform(0.5, 2) * fibres / fibres.std()
    low, high = numpy.percentile(noise, [2, 98])
    return numpy.clip((noise - low) / (high - low), 0, 1)


def blobs(shape, share, random):
    """Round patches without sharp borders that cover a share of the image: 0 to 1."""
    noise = gaussian_filter(random.standard_normal(shape), random.uniform(4, 12), mode="wrap")
    return 1 / (1 + numpy.exp(-30 * (noise - numpy.quantile(noise, 1 - share)) / noise.std()))


def stained(image, labels, random):
    """Amount of the nuclear stain: of some images rims and grains are darker than the rest, as chromatin is."""
    low, high = numpy.percentile(image, [1, 99.8])
    nuclei = numpy.clip((image - low) / max(high - low, 1), 0, 1.2) ** random.uniform(0.4, 1.1)
    if random.uniform() < 0.4:
        depth = distance_transform_edt(labels > 0)
        nuclei *= numpy.where(depth > 0, random.uniform(0.3, 0.8) + 0.6 * numpy.exp(-depth / random.uniform(1, 3)), 1)
    return nuclei * (random.uniform(0.4, 1) + texture(image.shape, random) ** 2)


def dyed(image, labels, random):
    """A fluorescence image (y, x) as if its nuclei were stained in a bright field: RGB, 8 bit."""
    shape, free = image.shape, labels == 0
    nuclear = random.uniform(0.5, 1.6) * stained(image, labels, random) + random.uniform(0, 0.3) * texture(shape, random)
    counter = random.choice([0, random.uniform(0.1, 1.4)], p=[0.25, 0.75]) * texture(shape, random)
    if random.uniform() < 0.3:
        counter += random.uniform(0.3, 1.2) * blobs(shape, random.uniform(0.02, 0.2), random) * free
    counter = counter * numpy.where(free, 1, 0.6)
    light = 1 - (blobs(shape, random.uniform(0.02, 0.25), random) * free if random.uniform() < 0.4 else 0)
    spread = 0.6 if random.uniform() < 0.3 else 0.12
    colours = numpy.maximum(STAINS + spread * random.standard_normal((2, 3)), 0.03)
    colours /= numpy.linalg.norm(colours, axis=1, keepdims=True)
    density = numpy.tensordot(numpy.stack([nuclear, counter]) * light, colours, axes=(0, 0))
    bright = random.uniform(215, 250) * numpy.exp(-density) + random.normal(0, 2, density.shape)
    return gaussian_filter(bright, (*[random.uniform(0, 1.2)] * 2, 0)).clip(0, 255).astype(numpy.uint8)


def dyed_tiles(shared):
    """Name, RGB image and labels of each dyed image."""
    with zipfile.ZipFile(shared / "images/dsb2018/train.zip") as archive:
        names = sorted(name for name in archive.namelist() if "/images/" in name and name.endswith(".tif"))
        for number, name in enumerate(names[::DYED_STEP]):
            image = tifffile.imread(io.BytesIO(archive.read(name))).astype(numpy.float64)
            labels = tifffile.imread(io.BytesIO(archive.read(name.replace("/images/", "/masks/"))))
            yield f"dyed{number:03}", Image.fromarray(dyed(image, labels, numpy.random.default_rng(number))), without_slivers(labels)


def images(shared, folder):
    (folder / "labels").mkdir(parents=True, exist_ok=True)
    lines = ["name\tslide\tfield\tweight"]

    def save(name, slide, image, labels):
        (folder / slide).mkdir(exist_ok=True)
        image.save(folder / slide / f"{name}.png")
        tifffile.imwrite(folder / "labels" / f"{name}.tif", labels, compression="zlib")

    for row, image, labels in tiles(shared):
        save(row["name"], row["slide"], image, labels)
        lines.append(f"{row['name']}\t{row['slide']}\t{row['slide']}-{row['field']}\t{WEIGHTS[row['slide']]}")
    for name, image, labels in dyed_tiles(shared):
        save(name, "dyed", image, labels)
        lines.append(f"{name}\tdyed\t{name}\t{DYED_WEIGHT}")
    (folder / "groups.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    images(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
