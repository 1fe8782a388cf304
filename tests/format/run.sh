#!/usr/bin/env bash
# The form of every source file.
#   tests/format/run.sh --write    puts C# and C into it
#   tests/format/run.sh --check    a line a rule with what offends, closing with "N passed, N failed, N skipped"
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
passed=0 failed=0

# Generated files have their generator's form; a test compares them with what it makes.
mapfile -t native < <(git ls-files --cached --others --exclude-standard -- "*.c" "*.cpp" "*.h" "*.hpp" | while read -r file; do
    head -n 3 "$file" | grep -q Generated || echo "$file"
done)
mapfile -t text < <(git ls-files --cached --others --exclude-standard -- '*.cs' '*.c' '*.cpp' '*.h' '*.hpp' '*.java' '*.groovy' 'native/python/*.py' 'tests/python/*.py')

# rule NAME COMMAND...: passes when the command prints nothing and ends with 0.
rule() {
    local name=$1 output code
    shift
    output=$("$@" 2>&1)
    code=$?
    if [ $code = 0 ] && [ -z "$output" ]; then
        echo "PASS $name"
        passed=$((passed + 1))
    else
        echo "FAIL $name: ./build.sh format mends what a machine can"
        head -n 40 <<<"$output"
        failed=$((failed + 1))
    fi
}

# What stands between """ and """ in C# is data.
long_lines() {
    perl -CSD -ne '
        $text = 0 if $. == 1;
        $quotes = $ARGV =~ /\.cs$/ ? () = /"""/g : 0;
        $inside = $text;
        $text = !$text if $quotes % 2;
        chomp;
        printf "%s:%d: %d columns\n", $ARGV, $., length if length > 140 && !$inside && !$quotes;
        close ARGV if eof' "${text[@]}"
}

java_form() {
    checkstyle -c tests/format/checkstyle.xml fiji-bridge/src tests/fiji/driver tests/fiji/scijava tests/hosts/Host.java | grep -vE '^(Starting audit|Audit done)'
    return "${PIPESTATUS[0]}"
}

case ${1:-} in
    --write)
        dotnet format whitespace . --folder
        clang-format -i "${native[@]}" ;;
    --check)
        rule "C#: dotnet format" dotnet format whitespace . --folder --verify-no-changes
        rule "C and C++: clang-format" clang-format --dry-run --Werror "${native[@]}"
        rule "Java: checkstyle" java_form
        rule "lines up to 140 columns" long_lines
        echo "$passed passed, $failed failed, 0 skipped"
        [ $failed = 0 ] ;;
    *) sed -n '2,4s/^# //p' "$0"; exit 2 ;;
esac
