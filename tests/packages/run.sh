#!/usr/bin/env bash
# Projects outside find BioDL by CMake and by pkg-config in a copy of dist/ that lies anywhere, and their programs run there.
# A line a check, closing with "N passed, N failed, N skipped".
#   tests/packages/run.sh [DIST]
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
dist=$(realpath "${1:-dist}")
examples=$PWD/native/examples
passed=0 failed=0 skipped=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset BIODL_RUNTIME_DIR     # a library finds the engine beside itself

# check NAME COMMAND...: passes when the command ends with 0.
check() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        echo "PASS $name"
        passed=$((passed + 1))
    else
        echo "FAIL $name"
        tail -n 30 "$work/log"
        failed=$((failed + 1))
    fi
}

# fails WORD COMMAND...: the command fails, and says WORD.
fails() {
    local word=$1
    shift
    ! "$@" >"$work/said" 2>&1 && tr '\n' ' ' <"$work/said" | tr -s ' ' | grep -F "$word" || { cat "$work/said"; return 1; }
}

# copy FOLDER: what a program needs of dist/, without the parts for TorchScript and the plugin.
copy() {
    mkdir -p "$1/lib"
    cp -r "$dist/include" "$dist/share" "$1/"
    tar -C "$dist/lib" --exclude=libtorch --exclude='*providers*' -cf - . | tar -C "$1/lib" -xf -
}

find_biodl() {    # FOLDER BUILD [OPTION...]
    local folder=$1 build=$2
    shift 2
    cmake -S tests/packages -B "$build" -DEXAMPLES="$examples" -DCMAKE_PREFIX_PATH="$folder" -DCMAKE_BUILD_TYPE=Release "$@"
}

by_cmake() {    # FOLDER NAME
    find_biodl "$1" "$work/build $2" && cmake --build "$work/build $2" && in_both "$work/build $2/in_c" "$work/build $2/in_cpp"
}

by_pkgconfig() {    # FOLDER
    local flags
    flags=$(PKG_CONFIG_PATH="$1/share/pkgconfig" pkg-config --cflags --libs biodl) || return
    eval "c++ -std=c++20 -Wall -Wextra -Wpedantic -Werror '$examples/segment.cpp' $flags -o '$work/by_pkgconfig'" \
        && eval "cc '$examples/segment.c' $flags -o '$work/by_pkgconfig_c'" && in_both "$work/by_pkgconfig_c" "$work/by_pkgconfig"
}

# in_both C CPP: both programs find the 16 objects of the specimen, and give the same labels.
in_both() {
    rm -f "$work"/labels.*
    "$1" "$work/specimen.pgm" "$work/labels.c" && "$2" "$work/specimen.pgm" "$work/labels.cpp" | grep "^16 objects" \
        && cmp "$work/labels.c" "$work/labels.cpp"
}

specimen() {
    cc tests/abi/specimen.c -o "$work/specimen" -lm && "$work/specimen" "$work/specimen.pgm"
}

check "the specimen is drawn" specimen
copy "$work/any folder"
check "CMake, in a folder with a space" by_cmake "$work/any folder" first
check "CMake, by biodl_DIR alone" find_biodl /nowhere "$work/build dir" -Dbiodl_DIR="$work/any folder/share/cmake/biodl"
check "CMake refuses a version that is to come" fails "requested version" \
    cmake -S tests/packages -B "$work/later" --fresh -DEXAMPLES="$examples" "-Dbiodl_DIR=$work/any folder/share/cmake/biodl" -DVERSION_WANTED=99
if command -v pkg-config >/dev/null; then
    check "pkg-config, in a folder with a space" by_pkgconfig "$work/any folder"
    check "pkg-config knows the version" env PKG_CONFIG_PATH="$work/any folder/share/pkgconfig" pkg-config --atleast-version=0.2 biodl
else
    echo "SKIP pkg-config is not installed"
    skipped=2
fi
mv "$work/any folder" "$work/moved"
check "the folder is moved: CMake" by_cmake "$work/moved" second
rm "$work"/moved/lib/*/libbiodl.*
check "a library that is missing is named" fails "has no library for" find_biodl "$work/moved" "$work/build third"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
