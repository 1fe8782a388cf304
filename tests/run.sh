#!/usr/bin/env bash
# Runs every suite against what was built and closes with one line over all of them. A suite that did not run counts as failed.
#   tests/run.sh [--long]
set -uo pipefail
cd "$(dirname "$0")/.." || exit
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
    [ "$3" = 0 ] || { tail -n 60 "$log/$1.log"; grep -n '^FAIL\|^ *Failed ' "$log/$1.log"; }
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# suite NAME COMMAND...: a script that closes with "N passed, N failed, N skipped".
suite() {
    local name=$1 ok bad off
    shift
    "$@" >"$log/$name.log" 2>&1
    read -r ok bad off <<<"$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$log/$name.log" | tail -n 1 | tr -dc '0-9 \n')"
    count "$name" "${ok:-}" "${bad:-0}" "${off:-0}"
}

# ctests NAME PRESET: CTest's own words are its figures.
ctests() {
    local total bad off
    ctest --preset "$2" >>"$log/$1.log" 2>&1
    total=$(grep -oE 'tests failed out of [0-9]+' "$log/$1.log" | grep -oE '[0-9]+$')
    bad=$(grep -oE '[0-9]+ tests failed out of' "$log/$1.log" | grep -oE '^[0-9]+')
    off=$(grep -cE '\*\*\*(Skipped|Not Run)' "$log/$1.log")
    count "$1" "${total:+$((total - bad - off))}" "${bad:-0}" "$off"
}

# field FILE NAME: the number behind NAME in the last line that has it.
field() {
    grep -oE "$2: *[0-9]+" "$1" | tail -n 1 | grep -oE '[0-9]+$'
}

# What the tests of a language reach of the code, in the words of the tool that watched.
managed_coverage() {
    local file rates
    file=$(find "$log/coverage" -name coverage.cobertura.xml | head -n 1)
    rates=$(grep -m 1 -oE '(line|branch)-rate="[0-9.]+"' "$file" | grep -oE '[0-9.]+' | head -n 2 | tr '\n' ' ')
    awk '{ printf "lines %.1f%%, branches %.1f%%\n", 100 * $1, 100 * $2 }' <<<"$rates"
}
java_coverage() {
    local jars=/usr/share/java
    java -cp "$jars/org.jacoco.core.jar:$jars/asm.jar:$jars/asm-commons.jar:$jars/asm-tree.jar" tests/coverage/JavaCoverage.java \
        "$log/jacoco.exec" build/release/fiji-bridge/classes
}

filter='Category!=Long'
[ "${1:-}" != --long ] || { filter='Category!=Never'; export BIODL_LONG=1; }
export BIODL_BUILD_DIR="$PWD/build/release" BIODL_DIST="$PWD/dist"
platform=$(basename "$(ls -d dist/lib/*/ | head -n 1)")
export BIODL_RUNTIME_DIR="$PWD/dist/lib/$platform"
rm -rf "${log:?}"/*

suite format tests/format/run.sh --check
suite docs tests/docs/run.sh

dotnet test tests/managed/BioDL.Tests.csproj -c Release --nologo --filter "$filter" --logger "console;verbosity=normal" \
    --collect "XPlat Code Coverage" --settings tests/coverage/coverage.runsettings --results-directory "$log/coverage" >"$log/xunit.log" 2>&1
code=$?
bad=$(field "$log/xunit.log" 'Failed' || echo 0)
[ $code = 0 ] || [ "${bad:-0}" != 0 ] || bad=1     # all that ran passed, and the process ended in the middle
count xunit "$(field "$log/xunit.log" 'Passed')" "$bad" "$(field "$log/xunit.log" 'Skipped' || echo 0)"

ctests ctest release
if { cmake --preset sanitize && cmake --build --preset sanitize; } >"$log/sanitizers.log" 2>&1; then
    ctests sanitizers sanitize
else
    count sanitizers
fi

(cd "$log" && jar xf /usr/share/java/org.jacoco.agent.jar jacocoagent.jar)     # the agent itself lies inside Debian's jar
sh build/release/junit.sh "-Dbiodl.jvm=-javaagent:$PWD/$log/jacocoagent.jar=destfile=$PWD/$log/jacoco.exec,includes=org.biodl.*" >"$log/junit.log" 2>&1
line=$(grep -E 'Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+' "$log/junit.log" | grep -v 'Time elapsed' | tail -n 1)
read -r runs failures errors skips <<<"$(grep -oE '[0-9]+' <<<"$line" | tail -n 4 | tr '\n' ' ')"
count junit "${runs:+$((runs - failures - errors - skips))}" "$((${failures:-0} + ${errors:-0}))" "${skips:-0}"

suite packages tests/packages/run.sh dist
suite fiji tests/fiji/run.sh dist
suite python tests/python/run.sh
suite hosts tests/hosts/run.sh dist
suite powershell tests/powershell/run.sh

[ "$skipped" = 0 ] || grep -hE '\[SKIP\]|Skipped ' "$log/xunit.log" | sort -u
echo "coverage of C#, by xunit:  $(managed_coverage)"
echo "coverage of Java, by JUnit: $(java_coverage)"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
