#!/usr/bin/env bash
# Puts all that run.sh needs into one folder, for a machine with a GPU but no .NET, no compiler and no package registry: the published command, ONNX
# Runtime, the CUDA provider in pieces under 64 MiB (PACK/pieces/N/), the bare baseline and the models. Needs ./build.sh and ./build.sh gpu.
#   tests/gpu/pack.sh [PACK]      default: out/gpu
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
pack=${1:-$root/out/gpu}
libraries=$(ls -d "$root"/dist/lib/*/ | head -n 1)
platform=$(basename "$libraries")
shared=${BIODL_SHARED:-$root/../shared}
package=$(cd "$root" && dotnet msbuild managed/BioDL.Onnx -getProperty:OnnxRuntimeFolder)

rm -rf "$pack"
mkdir -p "$pack/bin" "$pack/lib/$platform" "$pack/models" "$pack/pieces"
cp "$root/dist/bin/biodl" "$here/run.sh" "$here/differ.py" "$pack/bin/"
find "$libraries" -maxdepth 1 -type f ! -name 'libonnxruntime_providers_[ct]*' -exec cp {} "$pack/lib/$platform/" \;
gcc -O2 -Wall -Wextra -Werror -I "$package/../../../buildTransitive/native/include" "$here/bare.c" "$libraries/libonnxruntime.so" \
    -Wl,-rpath,"\$ORIGIN/../lib/$platform" -o "$pack/bin/bare"
ln -sf libonnxruntime.so "$pack/lib/$platform/libonnxruntime.so.1"
for model in stardist-dsb2018 care-savedmodel unet2d_nuclei_broad; do
    cp -r "$shared/models/$model" "$pack/models/"
done
cp "$root/managed/BioDL.Models/builtin/nuclei-fluo/weights.onnx" "$pack/models/builtin.onnx"
split -b 60M -d "$libraries/libonnxruntime_providers_cuda.so" "$pack/pieces/cuda."
for piece in "$pack"/pieces/cuda.*; do
    mkdir "$pack/pieces/${piece##*.}"
    mv "$piece" "$pack/pieces/${piece##*.}/"
done
du -sh "$pack" "$pack"/pieces/*
