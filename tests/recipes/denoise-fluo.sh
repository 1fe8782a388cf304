#!/usr/bin/env bash
# Trains the built-in model denoise-fluo: one network for Poisson and normal noise of unknown strength. About two hours on one core.
#   tests/recipes/denoise-fluo.sh SHARED FOLDER    SHARED/images/train has the archives; FOLDER gets the images and the package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python3 "$here/denoise_fluo.py" "$1" "$2" 60
biodl train "$2/train" --validation-images "$2/validation" --method restoration --simulate-noise 1 --name denoise-fluo --out "$2/denoise-fluo" \
    --threads 1 --steps 45000 --author "the BioDLNative authors" --licence MIT \
    --description "Takes noise of unknown strength out of fluorescence images; made for one channel, in planes." \
    --data "Low-noise fluorescence images with simulated Poisson and normal noise: CellProfiler examples (BSD-3-Clause, CC0), BBBC022 and BBBC039 \
(CC0), Cell Painting, maize walls and mouse embryo of BioImageAnalysisNotebooks (CC-BY 4.0), in-silico-labeling (CC-BY 4.0), Hagen et al. 2021 (CC0); made structures"
