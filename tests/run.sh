#!/usr/bin/env bash
# Runs every suite against what was built and closes with one line over all of them. A suite that did not run counts as failed.
#   tests/run.sh [--long]
set -uo pipefail
cd "$(dirname "$0")/.."
log=out/test
mkdir -p "$log"
passed=0 failed=0 skipped=0

# count NAME PASSED FAILED SKIPPED: add a suite's figures; empty ones mean that it did not run.
count() {
    if [ -z "${2:-}" ] || [ $((${2:-0} + ${3:-0})) -eq 0 ]; then
        echo "== $1: did not run, see $log/$1.log"
        tail -n 25 "$log/$1.log"
        failed=$((failed + 1))
        return
    fi
    echo "== $1: $2 passed, $3 failed, $4 skipped"
    [ "$3" = 0 ] || tail -n 60 "$log/$1.log"
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# field FILE NAME: the number behind NAME in the last line that has it.
field() {
    grep -oE "$2: *[0-9]+" "$1" | tail -n 1 | grep -oE '[0-9]+$'
}

filter='Category!=Long'
[ "${1:-}" != --long ] || filter='Category!=Never'
export BIODL_BUILD_DIR="$PWD/build/release" BIODL_DIST="$PWD/dist"
platform=$(basename "$(ls -d dist/lib/*/ | head -n 1)")
export BIODL_RUNTIME_DIR="$PWD/dist/lib/$platform"

dotnet test tests/managed/BioDL.Tests.csproj -c Release --nologo --filter "$filter" --logger "console;verbosity=normal" >"$log/xunit.log" 2>&1
count xunit "$(field "$log/xunit.log" 'Passed')" "$(field "$log/xunit.log" 'Failed' || echo 0)" "$(field "$log/xunit.log" 'Skipped' || echo 0)"

ctest --preset release >"$log/ctest.log" 2>&1
total=$(grep -oE 'tests failed out of [0-9]+' "$log/ctest.log" | grep -oE '[0-9]+$')
bad=$(grep -oE '[0-9]+ tests failed out of' "$log/ctest.log" | grep -oE '^[0-9]+')
off=$(grep -cE '\*\*\*(Skipped|Not Run)' "$log/ctest.log")
count ctest "${total:+$((total - bad - off))}" "${bad:-0}" "$off"

sh build/release/junit.sh >"$log/junit.log" 2>&1
line=$(grep -E 'Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+' "$log/junit.log" | grep -v 'Time elapsed' | tail -n 1)
read -r runs failures errors skips <<<"$(grep -oE '[0-9]+' <<<"$line" | tail -n 4 | tr '\n' ' ')"
count junit "${runs:+$((runs - failures - errors - skips))}" "$((${failures:-0} + ${errors:-0}))" "${skips:-0}"

tests/fiji/run.sh dist >"$log/fiji.log" 2>&1
line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$log/fiji.log" | tail -n 1)
read -r ok bad off <<<"$(grep -oE '[0-9]+' <<<"$line" | tr '\n' ' ')"
count fiji "${ok:-}" "${bad:-0}" "${off:-0}"

[ "$skipped" = 0 ] || grep -hE '\[SKIP\]|Skipped ' "$log/xunit.log" | sort -u
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
