#!/usr/bin/env bash
# Trains the built-in model denoise-start: the start of the one-image denoiser, 9,000 weights. About 2 minutes on one core.
#   tests/recipes/denoise-start.sh SHARED FOLDER    SHARED/images/train has the archives; FOLDER gets the images and the package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python3 "$here/denoise_fluo.py" "$1" "$2"
biodl train "$2/train" --validation-images "$2/validation" --method restoration --simulate-noise 1 --name denoise-start --out "$2/denoise-start" \
    --threads 1 --network filters=8,most=8 --steps 5000 --author "the BioDLNative authors" --licence MIT \
    --description "A small network for noise of unknown strength, from which the one-image denoiser begins." \
    --data "Low-noise fluorescence images with simulated Poisson and normal noise: CellProfiler examples (BSD-3-Clause, CC0), BBBC022 and BBBC039 \
(CC0), Cell Painting, maize walls and mouse embryo of BioImageAnalysisNotebooks (CC-BY 4.0), in-silico-labeling (CC-BY 4.0), Hagen et al. 2021 (CC0)"
