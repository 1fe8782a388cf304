"""Clean images of the recipes denoise-fluo and denoise-start.

    denoise_fluo.py SHARED FOLDER [MADE]    writes FOLDER/train, FOLDER/validation and FOLDER/test

Low-noise fluorescence images (clean-fluorescence.zip, bbbc039-subset.zip and the long exposures of two pairs of hagen-low-high-snr.zip;
licences: CC0, CC-BY 4.0, BSD-3). Images of one field lie on one side of the split, and the fields of the test are other fields, cell lines
and stains: the third Drosophila field, HT29, the third embryo, maize walls, neurites, and every eighth well of BBBC039. Each training image is
there in three sizes, its own, 0.7 and 0.5 of it (averages of pixels): the smaller, the cleaner and finer. Frequent sources are thinned to what
the others have. With MADE, so many images of made structures (made_structures.py) are trained on too. Needs numpy, OpenCV and tifffile (Debian: python3-opencv python3-tifffile).
"""
import io
import pathlib
import sys
import zipfile

import cv2
import numpy
import tifffile

import made_structures

TEST = ("fly_01_POS218", "ht29", "embryo_s3", "maize", "isl_map2", "isl_nfh")
VALIDATION = ("embryo_s2",)
LONG_EXPOSURES = ("actin-20x-noise1", "mito-20x-noise1")
SIZES = (1.0, 0.7, 0.5)


def sources(shared):
    """Name, side of the split and pixels of each image."""
    with zipfile.ZipFile(shared / "clean-fluorescence.zip") as archive:
        for entry in sorted(name for name in archive.namelist() if name.endswith(".tif")):
            name = pathlib.PurePath(entry).stem
            side = "test" if name.startswith(TEST) else "validation" if name.startswith(VALIDATION) else "train"
            yield name, side, tifffile.imread(io.BytesIO(archive.read(entry)))
    with zipfile.ZipFile(shared / "bbbc039-subset.zip") as archive:
        for i, entry in enumerate(sorted(name for name in archive.namelist() if name.startswith("images/") and name.endswith(".tif"))):
            side = "test" if i % 8 == 7 else "validation" if i < 3 else "train"
            # A third of the wells: one cell line in one stain must not be most of what is seen.
            if side != "train" or i % 3 == 0:
                yield f"bbbc039_{pathlib.PurePath(entry).stem}", side, tifffile.imread(io.BytesIO(archive.read(entry)))
    with zipfile.ZipFile(shared / "hagen-low-high-snr.zip") as archive:
        for name in LONG_EXPOSURES:
            image = cv2.imdecode(numpy.frombuffer(archive.read(f"high/{name}.png"), numpy.uint8), cv2.IMREAD_GRAYSCALE)
            yield f"hagen_{name}", "train", image


def main(shared, folder, made=0):
    for name, pixels in made_structures.images(made):
        file = pathlib.Path(folder) / "train" / f"{name}.tif"
        file.parent.mkdir(parents=True, exist_ok=True)
        tifffile.imwrite(file, pixels)
    for name, side, image in sources(pathlib.Path(shared)):
        # The long exposures have noise of their own at full size.
        sizes = (0.5,) if name.removeprefix("hagen_") in LONG_EXPOSURES else SIZES if side == "train" else (1.0,)
        for size in sizes:
            pixels = image if size == 1 else cv2.resize(image.astype(numpy.float32), None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
            file = pathlib.Path(folder) / side / f"{name}_{round(100 * size)}.tif"
            file.parent.mkdir(parents=True, exist_ok=True)
            tifffile.imwrite(file, pixels)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) / "images/train", sys.argv[2], int((sys.argv[3:] or ["0"])[0]))
