#!/usr/bin/env bash
# Trains the built-in model stain-bacteria again and prints its figures: tests/recipes/stain-bacteria.sh OUT [SHARED]
#   OUT: a new folder for the package; SHARED: the folder of shared images (../shared). BIODL names another biodl than dist/bin/biodl.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1 shared=${2:-../shared} biodl=${BIODL:-dist/bin/biodl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
about="Membrane fluorescence of bacteria from bright field or phase contrast: rods and cocci that are dark on a bright ground. An example \
of narrow scope: where the membrane is can be seen without a stain, how brightly a cell took it cannot."
data="E. coli, bright field and membrane stain, 15 fields of one day (ColiCoords, MIT); S. aureus, phase contrast and membrane stain, \
three quarters of one field (BSD-3)."

python3 tests/recipes/stain_bacteria.py images "$shared" "$work"
$biodl train "$work/train/images" --validation-images "$work/validation/images" --targets "$work/train/targets" \
    --method stain --name stain-bacteria --out "$out" --ssim 0.5 --patch 96 --steps 2400 \
    --augment gain=1,offset=0.5,scale=0.25 --threads 1 \
    --author "the BioDLNative authors" --licence MIT --description "$about" --data "$data" \
    --citation "Smit et al., PLoS ONE 2019 (ColiCoords), doi:10.1371/journal.pone.0217524"
for kind in test-field test-day test-dim test-saureus; do
    mkdir "$work/$kind/stained"
    $biodl stain "$work/$kind/images/"*.tif --model "$out" --out "$work/$kind/stained/" >"$work/stain.log"
    python3 tests/recipes/stain_bacteria.py score "$work/$kind/stained" "$work/$kind/targets"
done
