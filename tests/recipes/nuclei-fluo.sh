#!/usr/bin/env bash
# Trains the built-in model nuclei-fluo: nuclei in fluorescence. About 75 minutes on one core.
#   tests/recipes/nuclei-fluo.sh SHARED FOLDER    SHARED/images has the archives; FOLDER gets the images and the package
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python3 "$here/nuclei_fluo.py" "$1" "$2"
biodl train "$2/train" --validation-images "$2/validation" --labels "$2/labels" --weights "$2/weights.tsv" --method stardist \
    --model builtin:nuclei-fluo-small --augment elastic=3,scale=0.5,gain=0.4,offset=0.05,blur=0.6,noise=0.05 \
    --rate 4e-4 --steps 20000 --minutes 75 --patch 256 --batch 4 --seed 2 --threads 1 --name nuclei-fluo --out "$2/nuclei-fluo" \
    --author "the BioDLNative authors" --licence MIT --description "Nuclei in fluorescence, 7 to 60 pixels across: StarDist in planes." \
    --data "DSB2018 (CC0): the training half of the StarDist subset and 46 images that it leaves out; BBBC039 (CC0): 48 images" \
    --citation "Caicedo et al., Nucleus segmentation across imaging experiments, Nature Methods 2019, doi:10.1038/s41592-019-0612-7"
