#!/usr/bin/env bash
# ./build.sh [build]                   build everything, install into dist/
# ./build.sh demo [IMAGE.tif] [MODEL]  segment an image in a real ImageJ; results in out/demo/
# ./build.sh test [--long]             all suites; closes with "N passed, N failed, N skipped"
# ./build.sh bench [VERB...]           tests/bench: ratios against baselines run beside ours
# ./build.sh gpu                       add the CUDA and TensorRT providers (CUDA 13, cuDNN 9) to dist/
# ./build.sh python                    the Python package with the native libraries, and the plugin for napari, as wheels in dist/python/
# ./build.sh docs                      the C headers, C# and Java as pages in out/docs/
# ./build.sh format [--check]          put every source file into the house's form, or list what is not
# ./build.sh torch                     add libtorch 2.10 to dist/, for models whose weights are TorchScript (128 MB to download)
# ./build.sh clean                     remove what was built
# How things are built is said in CMakeLists.txt, the .csproj files and pom.xml; this script only calls them.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# What Debian 12 needs besides the .NET SDK 10, a JDK 17, CMake and g++: to build, to test, for the pages, for the bench.
packages=(ninja-build zlib1g-dev maven libij-java junit5 libmaven-resources-plugin-java libmaven-compiler-plugin-java
    libmaven-jar-plugin-java libsurefire-java openjdk-17-jre abigail-tools xvfb openbox xauth imagemagick fonts-dejavu-core)
tools=(clang-format pkg-config checkstyle libjacoco-java libasm-java doxygen groovy
    python3-numpy python3-pytest python3-xarray python3-dask python3-distributed python3-zarr python3-pandas python3-tifffile
    python3-tqdm python3-pil python3-venv python3-pip mypy
    python3-yaml python3-superqt python3-pyqt5)
baselines=(libpolyclipping-dev libtiff-dev)

install_packages() {    # PACKAGE...
    command -v dpkg-query >/dev/null || return 0    # another system: CMake names what is missing
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local as=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || { echo "missing packages: apt-get install ${missing[*]}" >&2; exit 3; }
        as=(sudo -n)
    fi
    echo "Installing ${missing[*]}"
    "${as[@]}" apt-get update -qq >/dev/null
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build() {
    install_packages "${packages[@]}"
    [ -f build/release/build.ninja ] || cmake --preset release >/dev/null
    cmake --build --preset release
    cmake --install build/release >/dev/null
}

docs() {
    rm -rf out/docs out/docfx
    mkdir -p out/docs/java
    doxygen docs/Doxyfile
    dotnet build managed/BioDL.Models -c Release -v:quiet -nologo
    dotnet tool restore >/dev/null
    dotnet docfx docs/docfx.json --logLevel warning --warningsAsErrors
    javadoc -quiet -Xdoclint:all,-missing -Werror -encoding UTF-8 -d out/docs/java -classpath "${BIODL_IJ:-/usr/share/java/ij.jar}" \
        -sourcepath fiji-bridge/src/main/java -subpackages org.biodl
    for part in c csharp java; do echo "out/docs/$part/index.html"; done
}

# libtorch from the folder of NuGet packages, by the same way as from the server: checksums, the files that are needed, Debian's libstdc++.
torch() {
    local folder packages
    folder="dist/lib/$(platform)/libtorch"
    [ ! -f "$folder/libtorch_cpu.so" ] || return 0
    dotnet restore managed/biodl-torch -p:BioDLLibtorch=true -v:quiet
    packages=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//')
    dist/bin/biodl torch install --from "$packages" --to "$folder"
}

platform() {
    ls -d dist/lib/*/ | head -n 1 | xargs basename
}

case "${1:-build}" in
    build) build ;;
    demo) build; shift; exec tests/demo/run.sh "$@" ;;
    test) install_packages "${tools[@]}"; build; torch; shift; exec tests/run.sh "$@" ;;
    bench)
        build; shift
        install_packages "${baselines[@]}"
        BIODL_RUNTIME_DIR="$PWD/dist/lib/$(platform)" exec dotnet run -c Release --project tests/bench/BioDL.Bench.csproj -- "$@" ;;
    gpu)
        build
        package=$(dotnet msbuild managed/BioDL.Onnx -getProperty:OnnxRuntimeFolder)
        cp -v "$package"/*onnxruntime_providers_* "dist/lib/$(platform)/" ;;
    python) build; python3 native/python/wheel.py dist dist/python ;;
    docs) install_packages "${packages[@]}" "${tools[@]}"; docs ;;
    format) install_packages "${tools[@]}"; shift; exec tests/format/run.sh "${1:---write}" ;;
    torch) build; torch ;;
    clean) rm -rf build dist artifacts out ;;
    *) sed -n '2,/^#.*clean/s/^# //p' "$0"; exit 2 ;;
esac
