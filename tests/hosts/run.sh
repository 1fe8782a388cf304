#!/usr/bin/env bash
# One result in every host: ImageJ, C, C++, the command line, Python and dask on the same image; and the examples of README.md, run.
#   tests/hosts/run.sh DIST
# Prints a line a check and closes with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
dist=$(realpath "$1")
library=$(dirname "$(find "$dist/lib/" -name 'libbiodl.so' | head -n 1)")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export BIODL_RUNTIME_DIR=$library BIODL_CACHE=$work/cache PYTHONPATH=$PWD/native/python PYTHONDONTWRITEBYTECODE=1
mkdir "$work/programs"

built() {
    local flags=(-Wall -Wextra -Werror "-I$dist/include" "-L$library" -lbiodl "-Wl,-rpath,$library")
    cc tests/hosts/host.c "${flags[@]}" -o "$work/programs/host_c" \
        && c++ -std=c++20 tests/hosts/host.cpp "${flags[@]}" -o "$work/programs/host_cpp" \
        && javac -nowarn -d "$work/programs" -cp "${BIODL_IJ:-/usr/share/java/ij.jar}:$dist/plugins/BioDL_.jar" tests/hosts/Host.java
}

# part NAME COMMAND...: a program that prints PASS and FAIL lines and closes with END.
part() {
    local name=$1
    shift
    "$@" >"$work/log" 2>&1
    grep -E '^(PASS|FAIL) ' "$work/log" | tee -a "$work/all"
    grep -q '^END$' "$work/log" || { echo "FAIL $name did not reach its end" | tee -a "$work/all"; tail -n 25 "$work/log"; }
}

built || echo "FAIL the programs are not built" >>"$work/all"
part "hosts" /usr/bin/python3 tests/hosts/same.py "$dist" "$work/programs"
part "examples" /usr/bin/python3 tests/hosts/examples.py "$dist"
failed=$(grep -c '^FAIL ' "$work/all")
echo "$(grep -c '^PASS ' "$work/all") passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
