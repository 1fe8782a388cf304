#!/usr/bin/env bash
# The pages that people read: what they name exists, their code blocks are closed, and the documentation can be made.
# A line a check, closing with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
passed=0 failed=0

# check NAME COMMAND...: passes when the command prints nothing and ends with 0.
check() {
    local name=$1 output code
    shift
    output=$("$@" 2>&1)
    code=$?
    if [ $code = 0 ] && [ -z "$output" ]; then
        echo "PASS $name"
        passed=$((passed + 1))
    else
        printf 'FAIL %s\n%s\n' "$name" "$(head -n 30 <<<"$output")"
        failed=$((failed + 1))
    fi
}

fences() {
    awk '/^ *```/ { open[FILENAME] = !open[FILENAME]; at[FILENAME] = FNR } END { for (f in open) if (open[f]) print f ":" at[f] ": a code block that is not closed" }' "$@"
}

links() {
    local file target
    for file; do
        grep -oE '\]\([^)#]+' "$file" | cut -c3- | grep -vE '^[a-z]+:' | while read -r target; do
            [ -e "$(dirname "$file")/$target" ] || echo "$file: the link to $target leads nowhere"
        done
    done
    return 0
}

# Names in `code` that can only be a file or folder: with a slash or a known ending. A bare file name may lie anywhere; a path may begin
# in a folder that the page has just named, so that its end is looked for among all files.
paths() {
    local file name all
    all=$(git ls-files --cached --others --exclude-standard | awk '{ print } { while (sub("/[^/]*$", "")) if (!seen[$0]++) print }')
    for file; do
        sed 's/```.*//' "$file" | grep -oE '`[A-Za-z0-9_.*/-]+`' | tr -d '`' | sort -u \
            | grep -E '/|\.(cs|java|c|cpp|h|sh|ps1|md|json|xml|props|cmake|symbols|txt|csproj|sln|config)$' | grep -vE '\*|^(/|dist/|out/|build/|META-INF/|\.\./|~)' \
            | while read -r name; do
                [ -e "$name" ] || grep -qE "(^|/)$(sed 's|/$||; s/\./\\./g' <<<"$name")(\.cs|\.java)?$" <<<"$all" || echo "$file: there is no $name"
            done
    done
}

# The ABI of the newest entry of CHANGELOG.md is the headers'; the project's version is in it.
changes() {
    local abi version
    abi=$(grep -oE 'BIODL_ABI_VERSION [0-9]+' native/include/biodl/version.h | grep -oE '[0-9]+')
    version=$(grep -oE '<Version>[^<]+' Directory.Build.props | cut -d'>' -f2)
    grep -m 1 -E '^\| [0-9]' CHANGELOG.md | grep -qE "\| $abi \|" || echo "the newest line of CHANGELOG.md is not of ABI $abi"
    grep -q "^| $version" CHANGELOG.md || echo "CHANGELOG.md has no line of version $version"
}

java_pages() {
    local out code
    out=$(mktemp -d)
    javadoc -quiet -Xdoclint:all,-missing -Werror -encoding UTF-8 -d "$out" -classpath "${BIODL_IJ:-/usr/share/java/ij.jar}" \
        -sourcepath fiji-bridge/src/main/java -subpackages org.biodl
    code=$?
    rm -r "$out"
    return $code
}

pages=(README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md SECURITY.md docs/index.md docs/hosts.md docs/scale.md)
check "code blocks are closed" fences "${pages[@]}"
check "links lead somewhere" links "${pages[@]}"
check "files that are named exist" paths "${pages[@]}"
check "the change log is of this version" changes
mkdir -p out/docs
check "the headers' comments (doxygen)" doxygen docs/Doxyfile
check "the Java comments (javadoc)" java_pages
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
