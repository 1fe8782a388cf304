#!/usr/bin/env bash
# A real ImageJ segments one image with the plugin of DIST and leaves labels.tif, rois.zip, objects.csv, overlay.png, screenshot.png.
#   tests/fiji/demo.sh DIST IMAGE MODEL OUT       (MODEL may be "": the built-in one)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dist=$(realpath "$1") image=$(realpath "$2") model=${3:-} out=$(realpath "$4")
ij=${BIODL_IJ:-/usr/share/java/ij.jar}
[ -z "$model" ] || [ ! -e "$model" ] || model=$(realpath "$model")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/plugins"
cp "$dist/plugins/BioDL_.jar" "$work/plugins/"
rm -f "$out"/.done "$out"/report.txt

screen=()
[ -n "${DISPLAY:-}" ] || screen=(xvfb-run -a -s '-screen 0 1300x1000x24')
# The home of its own keeps the user's ImageJ preferences out of it.
"${screen[@]}" timeout -k 5 60 bash -c '"$@" & ij=$!; while kill -0 $ij 2>/dev/null && [ ! -f "$0/.done" ]; do sleep 0.1; done; kill $ij 2>/dev/null; :' \
    "$out" java -Duser.home="$work" -Dbiodl.cache="$work/cache" -cp "$ij" ij.ImageJ -port0 -ijpath "$work" \
    -macro "$here/demo.ijm" "$image"$'\n'"${model:-builtin:nuclei-fluo}"$'\n'"$out" >"$out/imagej.log" 2>&1 || true

if [ ! -f "$out/.done" ]; then
    echo "ImageJ did not finish; its output is in $out/imagej.log:" >&2
    tail -n 20 "$out/imagej.log" >&2
    exit 1
fi
rm "$out/.done"
cat "$out/report.txt"
echo "Results: $out"
