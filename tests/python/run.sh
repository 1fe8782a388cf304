#!/usr/bin/env bash
# The Python package against dist/: pytest in Debian's Python, closing with "N passed, N failed, N skipped".
#   tests/python/run.sh [PYTEST ARGUMENTS]
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
BIODL_CACHE=$(mktemp -d)
export BIODL_CACHE PYTHONDONTWRITEBYTECODE=1
trap 'rm -rf "$BIODL_CACHE"' EXIT
/usr/bin/python3 -m pytest -q -p no:cacheprovider tests/python "$@" | tee "$BIODL_CACHE/log"
code=${PIPESTATUS[0]}
number() { tail -n 1 "$BIODL_CACHE/log" | grep -oE "[0-9]+ $1" | grep -oE '[0-9]+' || echo 0; }
failed=$(($(number failed) + $(number error)))
[ "$code" = 0 ] || [ "$failed" != 0 ] || failed=1
echo "$(number passed) passed, $failed failed, $(number skipped) skipped"
