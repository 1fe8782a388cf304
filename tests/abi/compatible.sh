#!/bin/sh
# compatible.sh BASELINE STUB [record]: a program compiled against the baseline's headers still works with today's. Functions may be added
# and structs may grow at their end; every other line of abidiff's report fails. STUB is a library with the headers' declarations
# (stub.c); with "record" it becomes the baseline, which is done when a version of the ABI is complete.
set -eu
command -v abidiff >/dev/null || { echo "abidiff is missing: apt-get install abigail-tools"; exit 77; }
[ "$(abidw "$2" | grep -c '<function-decl ')" = "$(nm -D --defined-only "$2" | grep -c ' T biodl_')" ] \
    || { echo "$2 lacks debug information of some functions: compile it with -g -O0"; exit 1; }
if [ "${3:-}" = record ]; then
    abidw --no-corpus-path --no-comp-dir-path --no-show-locs --no-parameter-names --no-elf-needed "$2" | sed "s# path='[^']*'##" >"$1"
    exit
fi
report=$(abidiff --harmless --no-show-locs --no-added-syms "$1" "$2") && exit 0
unexpected=$(echo "$report" | grep -vxE " *($(grep -v '^#' <<'ALLOWED' | paste -sd '|'

Functions changes summary: 0 Removed, .*
Variables changes summary: 0 Removed, 0 Changed, .*
[0-9]+ functions? with some indirect sub-type changes?:
\[C\] 'function .*' has some indirect sub-type changes:
(parameter [0-9]+|return type) of type '.*' has sub-type changes:
in pointed to type '.*':
in unqualified underlying type '.*':
in pointed to type '.*' changed:
(unqualified )?underlying type '.*' changed(:|, as reported earlier)
underlying type 'struct .*' changed:
pointed to type '.*' changed, as reported earlier
type size (hasn't changed|changed from [0-9]+ to [0-9]+ \(in bits\))
[0-9]+ data member changes?:
type of '.*\*.*' changed:
[0-9]+ data member insertions?:
'.*', at offset [0-9]+ \(in bits\)
ALLOWED
))") || exit 0
echo "$report"
echo "Not an addition at the end:"
echo "$unexpected"
exit 1
