"""Denoising by a network of the catalogue beside Gaussian filter, total variation and non-local means, on the same images.

    denoise.py CLEAN_FOLDER [--biodl PROGRAM] [--model NAME] [--bin 2] [--levels 10:1,30:2] [--pairs FOLDER]

CLEAN_FOLDER holds images of little noise (TIFF, one plane). A crop of 256 x 256 of each gets Poisson and normal noise of several
strengths (photons at the 99.9 percentile : read noise in photons). The classical methods choose, for each image and strength, the
parameter that is best against the clean image, which nobody has at use: they are flattered. Non-local means are computed after
Anscombe's transform with the true noise. The network knows nothing. Printed are means of PSNR in dB over the images, for a range from
the 0.1 to the 99.9 percentile, the gain over the best of the three, and how well a clean image is left alone. With --pairs, FOLDER/low
and FOLDER/high of one field each: gain and offset are fitted before PSNR, and methods are tuned against the long exposure.

Needs numpy, tifffile, scikit-image and OpenCV (Debian: python3-tifffile python3-skimage python3-opencv).
"""
import argparse
import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
import tifffile
from skimage.restoration import denoise_nl_means, denoise_tv_chambolle

LEVELS = "3:1,10:1,30:2,100:3,400:5,2000:10"
SIDE = 256


def psnr(image, clean):
    return 10 * np.log10(1 / max(np.mean((image.astype(np.float64) - clean) ** 2), 1e-12))


def normalised(image):
    low, high = np.percentile(image, [0.1, 99.9])
    return ((image - low) / (high - low)).astype(np.float32)


def richest_crop(image):
    """The part that varies most, so that there is something to keep."""
    corners = [(y, x) for y in range(0, max(1, image.shape[0] - SIDE + 1), 64) for x in range(0, max(1, image.shape[1] - SIDE + 1), 64)]
    crops = [image[y:y + SIDE, x:x + SIDE] for y, x in corners]
    return max(crops, key=lambda crop: crop.std())


def read_clean(folder, binning):
    images = {}
    for path in sorted(pathlib.Path(folder).glob("*.tif*")):
        image = tifffile.imread(path).astype(np.float32)
        if binning > 1:
            image = cv2.resize(image, None, fx=1 / binning, fy=1 / binning, interpolation=cv2.INTER_AREA)
        images[path.stem] = richest_crop(normalised(image))
    return images


def with_noise(clean, photons, read, seed):
    random = np.random.default_rng(seed)
    counts = random.poisson(np.maximum(clean, 0) * photons) + random.normal(0, read, clean.shape)
    return (counts / photons).astype(np.float32)


def gaussian(noisy):
    return [cv2.GaussianBlur(noisy, (0, 0), sigma) for sigma in (0.4, 0.6, 0.8, 1, 1.3, 1.7, 2.2, 3, 4)]


def total_variation(noisy):
    return [denoise_tv_chambolle(noisy, weight=weight * noisy.std()) for weight in (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)]


def non_local_means(noisy, photons, read):
    """After the generalised Anscombe transform, with its exact unbiased inverse in closed form (Makitalo and Foi, IEEE TIP 22, 2013)."""
    floor = 2 * np.sqrt(0.375 + read * read)
    stable = 2 * np.sqrt(np.maximum(noisy * photons + 0.375 + read * read, 0))
    for patch in (5, 9):
        for strength in (0.4, 0.6, 0.8, 1.0):
            d = np.maximum(denoise_nl_means(stable, patch_size=patch, patch_distance=7, h=strength, sigma=1, fast_mode=True), floor)
            counts = d * d / 4 + np.sqrt(1.5) * (0.25 / d + 0.625 / d**3) - 1.375 / d**2 - 0.125 - read * read
            yield counts / photons


def classical(noisy, photons, read):
    return {"Gauss": gaussian(noisy), "TV": total_variation(noisy), "NLM": non_local_means(noisy, photons, read)}


def by_network(images, options):
    """Images by name, denoised by the command line in one run."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        source.mkdir()
        target.mkdir()
        files = [source / f"{name}.tif" for name in images]
        for file, image in zip(files, images.values()):
            tifffile.imwrite(file, image)
        command = [options.biodl, "denoise", *files, "--out", target, "--output-type", "float32"]
        subprocess.run(command + (["--model", options.model] if options.model else []), check=True, stdout=subprocess.DEVNULL)
        return {name: tifffile.imread(target / f"{name}.tif").squeeze() for name in images}


def simulated(options):
    clean = read_clean(options.clean, options.bin)
    levels = [tuple(float(part) for part in level.split(":")) for level in options.levels.split(",")]
    noisy = {(i, name): with_noise(image, *levels[i], seed=1000 * i + number)
             for i in range(len(levels)) for number, (name, image) in enumerate(clean.items())}
    asked = {f"{i}_{name}": image for (i, name), image in noisy.items()} | {f"clean_{name}": image for name, image in clean.items()}
    network = by_network(asked, options)
    print(f"{len(clean)} images; PSNR in dB\n\nphotons  read  noisy  Gauss     TV    NLM  network  over the best")
    for i, (photons, read) in enumerate(levels):
        rows = []
        for name, image in clean.items():
            best = {kind: max(psnr(found, image) for found in tried) for kind, tried in classical(noisy[i, name], photons, read).items()}
            rows.append([psnr(noisy[i, name], image), *best.values(), psnr(network[f"{i}_{name}"], image)])
        mean = np.mean(rows, axis=0)
        strictly = np.mean([row[4] - max(row[1:4]) for row in rows])
        print(f"{photons:7.0f} {read:5.1f} " + " ".join(f"{value:6.2f}" for value in mean)
              + f"   {mean[4] - max(mean[1:4]):+.2f} (image by image {strictly:+.2f})", flush=True)
    kept = {name: psnr(network[f"clean_{name}"], image) for name, image in clean.items()}
    worst = min(kept, key=kept.get)
    print(f"clean images: mean {np.mean(list(kept.values())):.1f} dB, least {kept[worst]:.1f} dB ({worst})")


def fitted(image, truth):
    gain, offset = np.polyfit(image.ravel().astype(np.float64), truth.ravel(), 1)
    return gain * image + offset


def real(options):
    root = pathlib.Path(options.pairs)
    low = {path.stem: cv2.imread(str(path), cv2.IMREAD_GRAYSCALE).astype(np.float32) for path in sorted((root / "low").glob("*.png"))}
    network = by_network(low, options)
    print("\npairs of exposures            noisy  Gauss     TV  network")
    for name, image in low.items():
        truth = normalised(cv2.imread(str(root / "high" / f"{name}.png"), cv2.IMREAD_GRAYSCALE).astype(np.float32))
        tried = {"Gauss": gaussian(image), "TV": total_variation(image)}
        best = [max(psnr(fitted(found, truth), truth) for found in each) for each in tried.values()]
        row = [psnr(fitted(image, truth), truth), *best, psnr(fitted(network[name], truth), truth)]
        print(f"{name:28s} " + " ".join(f"{value:6.2f}" for value in row), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean")
    parser.add_argument("--biodl", default="biodl")
    parser.add_argument("--model", default="")
    parser.add_argument("--bin", type=int, default=1, help="average squares of so many pixels, which makes clean images cleaner")
    parser.add_argument("--levels", default=LEVELS)
    parser.add_argument("--pairs")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    simulated(options)
    if options.pairs:
        real(options)


if __name__ == "__main__":
    main()
