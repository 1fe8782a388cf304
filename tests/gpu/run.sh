#!/bin/sh
# Checks on a machine with an NVIDIA GPU that CUDA agrees with the CPU, and prints both times. Needs dist/ as ./build.sh and ./build.sh gpu leave
# it, the CUDA 13 and cuDNN 9 libraries on LD_LIBRARY_PATH or in the system's folders, and nothing else: no .NET, no compiler.
#
#   tests/gpu/run.sh [IMAGE.tif] [MODEL]      default: a specimen of dist/bin/biodl, the built-in model
#
# Exit code 0: they agree; 1: they do not, or the GPU did not run; 77: there is no usable GPU, so nothing was checked.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
biodl=${BIODL:-$root/dist/bin/biodl}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT INT TERM

[ -x "$biodl" ] || { echo "$biodl is missing: run ./build.sh first" >&2; exit 1; }
"$biodl" devices
if ! "$biodl" devices --json | grep '"id":"cuda:0"' | grep -q '"available":true'; then
    echo "no usable NVIDIA GPU (the line above says why): nothing was checked"
    exit 77
fi

# Two copies of the image: the first one's time contains warming up, the second one's is printed.
image=${1:-}
if [ -z "$image" ]; then
    image=$out/specimen.tif
    "$biodl" specimen --overwrite --out "$image" --size 2048
fi
cp "$image" "$out/first.tif"
cp "$image" "$out/second.tif"
set -- ${2:+--model "$2"}

# Equal tiles on both, so that only the arithmetic differs.
for device in cpu cuda:0; do
    mkdir -p "$out/$device"
    "$biodl" segment "$out/first.tif" "$out/second.tif" "$@" --device "$device" --tile 1024 --overwrite --out "$out/$device" --objects "$out/$device.csv" \
        --json > "$out/$device.json"
done

# A value of the second image's JSON object.
number() { tail -n 1 "$out/$1.json" | sed "s/.*\"$2\":\([0-9.eE+-]*\).*/\1/"; }
text() { tail -n 1 "$out/$1.json" | sed "s/.*\"$2\":\"\([^\"]*\)\".*/\1/"; }

status=0
if [ "$(text cuda:0 device)" != cuda:0 ] || grep -q '"fell_back":true' "$out/cuda:0.json"; then
    echo "FAIL: the GPU was asked for, but did not run:" >&2
    cat "$out/cuda:0.json" >&2
    status=1
fi

# Objects of the two tables, paired by their centres, which lie on the grid: a probability or area more than 1e-3 + 1e-3 |CPU| away differs. A
# candidate at the threshold may fall on either side of it, so one object in a thousand may lack a partner.
"$biodl" compare "$out/cpu" "$out/cuda:0"
tr -d "\r" < "$out/cpu.csv" > "$out/a.csv"
tr -d "\r" < "$out/cuda:0.csv" > "$out/b.csv"
awk -F, -v tolerance=1e-3 '
    FNR == 1 { table++; for (i = 1; i <= NF; i++) column[table, $i] = i; columns = NF; next }
    { key = $1 "," $column[table, "frame"] "," $column[table, "slice"] "," $column[table, "center_y_px"] "," $column[table, "center_x_px"] }
    table == 1 { cpu[key] = $column[1, "probability"]; area[key] = $column[1, "area_px"]; objects++; next }
    key in cpu {
        partners++
        if (far($column[2, "probability"], cpu[key]) || far($column[2, "area_px"], area[key])) differ++
    }
    function far(a, b) { d = a - b; if (d < 0) d = -d; if (b < 0) b = -b; return d > tolerance + tolerance * b }
    END {
        lost = objects - partners
        printf "%d objects on the CPU, %d without a partner on the GPU, %d of the others differ\n", objects, lost, differ
        exit !(objects > 0 && lost * 1000 <= objects && differ * 1000 <= objects)
    }' "$out/a.csv" "$out/b.csv" || { echo "FAIL: the GPU disagrees with the CPU" >&2; status=1; }

for device in cpu cuda:0; do
    echo "$device: network $(number "$device" network) ms, total $(number "$device" total) ms on $(text "$device" device_name)"
done
[ "$status" -eq 0 ] && echo "PASS: CUDA agrees with the CPU"
exit "$status"
