"""Images of the recipe stain-bacteria, and its figures.

    stain_bacteria.py images SHARED FOLDER     writes FOLDER/KIND/images and FOLDER/KIND/targets of equal names; KIND is train, validation
                                               (whose targets are beside those of train) or test-...
    stain_bacteria.py score STAINED TARGETS    prints the correlation of the images of equal names in two folders

Split by field and day, never by tile. E. coli (MIT, coli-brightfield-fluorescence.zip): every fourth field of the day ds4 is left for the
test, and all of ds2, another day; ds1 is dim and uneven and only scored. S. aureus (BSD-3): one field, of which the left three quarters are
four pictures, one of them for validation, and the right quarter is left, behind a gap. Needs numpy and tifffile (Debian: python3-tifffile).
"""

import io
import pathlib
import sys
import zipfile

import numpy
import tifffile

TRAINED_COLUMNS = 1032  # three quarters of 1376
GAP = 64
HEIGHT, WIDTH = 512, 516
VALIDATION = {"coli_ds4_00003", "coli_ds4_00011", "coli_ds4_00019", "saureus_512_516"}


def coli(shared):
    """Name, kind, bright field and fluorescence of each field."""
    with zipfile.ZipFile(shared / "images/train/coli-brightfield-fluorescence.zip") as archive:
        for name in sorted(entry for entry in archive.namelist() if entry.startswith("brightfield/")):
            day, field = pathlib.PurePath(name).stem.split("_")
            kind = {"ds1": "test-dim", "ds2": "test-day"}.get(day) or ("test-field" if int(field) % 4 == 0 else "train")
            pair = [tifffile.imread(io.BytesIO(archive.read(entry))) for entry in (name, name.replace("brightfield", "fluorescence"))]
            yield f"coli_{day}_{field}", kind, *pair


def saureus(shared):
    """The same of the parts of the one field: phase contrast and membrane stain."""
    phase, membrane = (tifffile.imread(shared / f"images/saureus/saureus_{name}.tif") for name in ("phase", "membrane"))
    for top in (0, HEIGHT):
        for left in range(0, TRAINED_COLUMNS, WIDTH):
            part = numpy.s_[top:top + HEIGHT, left:left + WIDTH]
            yield f"saureus_{top}_{left}", "train", phase[part], membrane[part]
    part = numpy.s_[:, TRAINED_COLUMNS + GAP:]
    yield "saureus_right", "test-saureus", phase[part], membrane[part]


def images(shared, folder):
    for name, kind, image, target in (pair for source in (coli, saureus) for pair in source(pathlib.Path(shared))):
        for side, pixels in ((f"{'validation' if name in VALIDATION else kind}/images", image), (f"{kind}/targets", target)):
            file = pathlib.Path(folder) / side / f"{name}.tif"
            file.parent.mkdir(parents=True, exist_ok=True)
            tifffile.imwrite(file, pixels)


def score(stained, targets):
    found = []
    for file in sorted(pathlib.Path(targets).glob("*.tif")):
        made = next(pathlib.Path(stained).glob(f"{file.stem}*.tif"))
        found.append(numpy.corrcoef(tifffile.imread(made).ravel().astype(float), tifffile.imread(file).ravel().astype(float))[0, 1])
    print(f"{pathlib.Path(targets).parent.name}: correlation {numpy.mean(found):.3f} (mean of {len(found)}, least {min(found):.3f})")


if __name__ == "__main__":
    {"images": images, "score": score}[sys.argv[1]](*sys.argv[2:])
