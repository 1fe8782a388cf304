#!/bin/sh
# Checks on a machine with an NVIDIA GPU that CUDA agrees with the CPU for segmentation, restoration and networks of images, and times it against bare ONNX
# Runtime with CUDA in the same call. Needs the folder that pack.sh made (this file lies in its bin/), CUDA 13 and cuDNN 9 (from python3's nvidia packages, where they
# are, else from the system), and nothing else: no .NET, no compiler, no network.
#
#   PACK/bin/run.sh [DEVICE]      default: cuda:0; "cpu" rehearses it
#
# Exit code 0: they agree; 1: they do not, or the GPU did not run; 77: there is no usable GPU, so nothing was checked.
set -eu
pack=$(cd "$(dirname "$0")/.." && pwd)
device=${1:-cuda:0}
biodl=$pack/bin/biodl
libraries=$(ls -d "$pack"/lib/*/ | head -n 1)
provider=$libraries/libonnxruntime_providers_cuda.so
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT INT TERM
export BIODL_CACHE="$out/cache"
status=0

# The provider travels in pieces; each may have come by itself.
[ -f "$provider" ] || cat $(ls -d "$pack"/pieces/*/cuda.* | sort) > "$provider"
nvidia=$(python3 -c 'import glob, site; print(":".join(sorted({f for s in site.getsitepackages() for f in glob.glob(s + "/nvidia/**/lib", recursive=True)})))' 2>/dev/null || true)
export LD_LIBRARY_PATH="$nvidia${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

"$biodl" devices
if ! "$biodl" devices --json | grep "\"id\":\"$device\"" | grep -q '"available":true'; then
    echo "no usable NVIDIA GPU (the line above says why): nothing was checked"
    exit 77
fi

fail() { echo "FAIL: $1" >&2; status=1; }

# run WHERE DEVICE VERB ARGUMENTS...: run a verb; its report goes to WHERE.json. It must have run there.
run() {
    where=$1 on=$2
    shift 2
    "$biodl" "$@" --device "$on" --tile 1024 --overwrite --json > "$out/$where.json"
    if ! grep -q "\"device\":\"$on\"" "$out/$where.json" || grep -q '"fell_back":true' "$out/$where.json"; then
        fail "$on was asked for, but did not run:"
        cat "$out/$where.json" >&2
    fi
}

# stage WHERE NAME: milliseconds of a stage in the last report of a run.
stage() { tail -n 1 "$out/$1.json" | sed "s/.*\"$2\":\([0-9.eE+-]*\).*/\1/"; }

# Two copies of the image: the first one's time contains warming up, the second one's is printed.
"$biodl" specimen --out "$out/first.tif" --size 2048 >/dev/null
cp "$out/first.tif" "$out/second.tif"
for place in cpu card; do mkdir -p "$out/$place/labels" "$out/$place/denoised" "$out/$place/run"; done
for place in "cpu cpu" "card $device"; do
    set -- $place
    run "segment-$1" "$2" segment "$out/first.tif" "$out/second.tif" --labels "$out/$1/labels" --objects "$out/$1.csv"
    run "denoise-$1" "$2" denoise "$out/first.tif" "$out/second.tif" --model "$pack/models/care-savedmodel" --output-type float32 --out "$out/$1/denoised"
    run "run-$1" "$2" run "$out/first.tif" "$out/second.tif" --model "$pack/models/unet2d_nuclei_broad" --output-type float32 --out "$out/$1/run"
done

# Objects of the two tables, paired by their centres, which lie on the grid: a probability or area more than 1e-3 + 1e-3 |CPU| away differs. A
# candidate at the threshold may fall on either side of it, so one object in a thousand may lack a partner.
"$biodl" compare "$out/cpu/labels" "$out/card/labels"
tr -d "\r" < "$out/cpu.csv" > "$out/a.csv"
tr -d "\r" < "$out/card.csv" > "$out/b.csv"
awk -F, -v tolerance=1e-3 '
    FNR == 1 { table++; for (i = 1; i <= NF; i++) column[table, $i] = i; next }
    { key = $1 "," $column[table, "frame"] "," $column[table, "slice"] "," $column[table, "center_y_px"] "," $column[table, "center_x_px"] }
    table == 1 { cpu[key] = $column[1, "probability"]; area[key] = $column[1, "area_px"]; objects++; next }
    key in cpu {
        partners++
        if (far($column[2, "probability"], cpu[key]) || far($column[2, "area_px"], area[key])) differ++
    }
    function far(a, b) { d = a - b; if (d < 0) d = -d; if (b < 0) b = -b; return d > tolerance + tolerance * b }
    END {
        lost = objects - partners
        printf "%d objects on the CPU, %d without a partner on %s, %d of the others differ\n", objects, lost, "'"$device"'", differ
        exit !(objects > 0 && lost * 1000 <= objects && differ * 1000 <= objects)
    }' "$out/a.csv" "$out/b.csv" || fail "segmentation on $device disagrees with the CPU"
for verb in denoised run; do
    python3 "$pack/bin/differ.py" "$out/card/$verb/second.tif" "$out/cpu/$verb/second.tif" 1e-3 || fail "$verb on $device disagrees with the CPU"
done

# Transfer: what bare ONNX Runtime saves by keeping tensors on the card. Rest: what a run of ours takes beside its network.
[ "$device" = cpu ] && provider=cpu
for verb in segment denoise run; do
    for place in cpu card; do
        network=$(stage "$verb-$place" network) total=$(stage "$verb-$place" total)
        echo "$verb-$place: network with transfer $network ms, rest $(awk "BEGIN { printf \"%.1f\", $total - $network }") ms, total $total ms"
    done
done
bare=$("$pack/bin/bare" "$pack/models/builtin.onnx" "$provider" 1 1024 20)
echo "bare ONNX Runtime, the built-in network, 1024 x 1024: $bare"
"$biodl" specimen --out "$out/one.tif" --size 1024 >/dev/null
cp "$out/one.tif" "$out/two.tif"
run one "$device" segment "$out/one.tif" "$out/two.tif" --labels "$out/card/labels"
echo "$bare" | awk -v network="$(stage one network)" -v total="$(stage one total)" '
    { printf "1024 x 1024: transfer %.2f ms, network %.2f ms, rest %.2f ms; network with transfer %.2f of bare\n", $2 - $5, $5, total - network, network / $2 }'
[ "$status" -eq 0 ] && echo "PASS: $device agrees with the CPU"
exit "$status"
