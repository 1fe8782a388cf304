#!/usr/bin/env bash
# Chooses an image for the demo and hands it to a real ImageJ; results in out/demo/.
#   tests/demo/run.sh [IMAGE.tif] [MODEL]
set -euo pipefail
caller=$PWD
cd "$(dirname "$0")/../.."
out=out/demo
shared=${BIODL_SHARED:-../shared}
archive=$(realpath -m "$shared/images/dsb2018/train.zip")
nuclei=train/images/12aeefb1b522b283819b12e4cfaf6b13c1264c0aadac3412b4edd2ace304cb40.tif
rm -rf "$out"
mkdir -p "$out"

if [ $# -gt 0 ]; then
    image=$(cd "$caller" && realpath "$1")
    echo "Image: $image"
elif [ -f "$archive" ]; then
    (cd "$out" && jar xf "$archive" "$nuclei" && mv "$nuclei" nuclei.tif && rm -r train)
    image=$out/nuclei.tif
    echo "Image: a real one, fluorescent nuclei of the 2018 Data Science Bowl (CC0)"
else
    dist/bin/biodl specimen --overwrite --out "$out/specimen.tif" --labels "$out/truth.tif" >/dev/null
    image=$out/specimen.tif
    echo "Image: a specimen that the project generated itself; its ground truth is $out/truth.tif"
fi

tests/fiji/demo.sh dist "$(realpath "$image")" "${2:-}" "$out"
[ ! -f "$out/truth.tif" ] || {
    mkdir -p "$out/compare/reference" "$out/compare/labels"
    cp "$out/truth.tif" "$out/compare/reference/specimen.tif"
    cp "$out/labels.tif" "$out/compare/labels/specimen.tif"
    dist/bin/biodl compare "$out/compare/reference" "$out/compare/labels"
    rm -r "$out/compare"
}
