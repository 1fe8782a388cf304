#!/usr/bin/env bash
# Trains the built-in model nuclei-fluo: nuclei in fluorescence. About three hours on one core.
#   tests/recipes/nuclei-fluo.sh SHARED FOLDER    SHARED/images has the archives; FOLDER gets the images and the packages
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$2
python3 "$here/nuclei_fluo.py" "$1" "$folder"

# step NAME START RATE MINUTES SEED: a training of its own, whose rate falls to nothing.
step() {
    biodl train "$folder/train" --validation-images "$folder/validation" --labels "$folder/labels" --weights "$folder/weights.tsv" --method stardist \
        --model "$2" --augment elastic=3,scale=0.5,gain=0.4,offset=0.05,blur=0.6,noise=0.05 \
        --rate "$3" --steps 40000 --minutes "$4" --patch 256 --batch 4 --seed "$5" --threads 1 --name nuclei-fluo --out "$folder/$1" \
        --author "the BioDLNative authors" --licence MIT --description "Nuclei in fluorescence, 7 to 60 pixels across: StarDist in planes." \
        --data "DSB2018 (CC0): the training half of the StarDist subset and 46 images that it leaves out; BBBC039 (CC0): 48 images" \
        --citation "Caicedo et al., Nucleus segmentation across imaging experiments, Nature Methods 2019, doi:10.1038/s41592-019-0612-7"
}
step first builtin:nuclei-fluo-small 4e-4 75 2
step nuclei-fluo "$folder/first" 3e-4 98 3
