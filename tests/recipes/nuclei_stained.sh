#!/usr/bin/env bash
# nuclei_stained.sh SHARED FOLDER [HELD]: trains the built-in model nuclei-stained again, 48 minutes on one core.
#   HELD: a slide (purple, white, he-train, grey-smear) that is not trained on and by which the result is then scored: what to expect of
#   a stain that the network never saw. The built-in model is trained on all.
set -euo pipefail
shared=$(realpath "$1") held=${3:-}
mkdir -p "$2" && cd "$2"
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
python3 "$here/nuclei_stained.py" "$shared" images

slides=()
for slide in purple white he-train grey-smear dyed; do
    [ "$slide" = "$held" ] || slides+=("images/$slide")
done
biodl train "${slides[@]}" --validation 0.08 --labels images/labels --groups images/groups.tsv:field --weights images/groups.tsv \
  --method stardist --model builtin:nuclei-fluo-small --augment elastic=3,scale=0.5,gain=0.3,offset=0.1,blur=1.2,noise=0.05,stain=1 \
  --rate 7e-4 --steps 20000 --minutes 48 --patch 128 --batch 8 --threads 1 --name nuclei-stained --out package \
  --licence MIT --author "the BioDLNative authors" \
  --description "Nuclei in stained brightfield, RGB: blue-violet, magenta, H&E; trained on few slides and on dyed fluorescence." \
  --data "DSB2018 stage1_train, stained brightfield, corrected labels (CC0), and every second fluorescence image of the StarDist subset's \
training half (CC0), dyed" \
  --citation "Caicedo et al., Nucleus segmentation across imaging experiments, Nature Methods 2019, doi:10.1038/s41592-019-0612-7"

[ -n "$held" ] || exit 0
mkdir -p found reference
biodl segment "images/$held"/*.png --model package --out found/ --overwrite
for image in "images/$held"/*.png; do cp "images/labels/$(basename "$image" .png).tif" reference/; done
biodl compare reference found
