#!/bin/sh
# compatible_finds.sh BASELINE HEADERS STUB.c: compatible.sh lets additions pass and finds what breaks programs.
set -eu
command -v abidiff >/dev/null || { echo "abidiff is missing: apt-get install abigail-tools"; exit 77; }
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# changed EXPECTED FILE SED: the status of compatible.sh after a change to one file
changed() {
    rm -rf "$folder/biodl" && cp -r "$headers/biodl" "$folder/biodl" && cp "$stub" "$folder/stub.c"
    sed -i "$3" "$folder/$2"
    ! cmp -s "$folder/$2" "$([ "$2" = stub.c ] && echo "$stub" || echo "$headers/$2")" || { echo "no change: $3"; exit 1; }
    gcc -std=c11 -g -shared -fPIC -I"$folder" "$folder/stub.c" -o "$folder/stub.so"
    status=0
    "$here/compatible.sh" "$baseline" "$folder/stub.so" >"$folder/report" 2>&1 || status=$?
    [ "$status" = "$1" ] || { echo "$2, $3: $status instead of $1"; cat "$folder/report"; exit 1; }
}

baseline=$1 headers=$2 stub=$3
changed 0 stub.c '$a biodl_status biodl_added(void) { return 0; }'
changed 0 biodl/model.h 's/^} biodl_model_info;/    int64_t added;\n&/'
changed 0 biodl/objects.h 's/^} biodl_object;/    int64_t added;\n&/'
changed 1 stub.c '/biodl_run_plan(/,/}/d'
changed 1 biodl/model.h 's/int32_t rays;/float rays;/'
changed 1 biodl/model.h 's/int32_t rays;/int32_t rays; int64_t inserted;/'
changed 1 biodl/model.h 's/int32_t rays;/int32_t renamed;/'
changed 1 biodl/model.h '/int32_t divisor_[yx];/d'
changed 1 biodl/objects.h 's/const float\* vertices/const double* vertices/'
changed 1 biodl/objects.h 's/int32_t top;/int32_t inserted; int32_t top;/'
changed 1 biodl/progress.h 's/(void\* user_data, const/(int64_t user_data, const/'
