#!/bin/sh
# symbols.sh LIBRARY LIST HEADERS: the library exports exactly the functions listed, and the headers declare exactly those.
set -eu
exported=$(nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | grep -v '^DotNetRuntimeDebugHeader$' | sort)
declared=$(cat "$3"/*.h | grep -o 'BIODL_API [^(]*(' | grep -o 'biodl_[a-z_]*(' | tr -d '(' | sort)
listed=$(sort "$2")
status=0
[ "$exported" = "$listed" ] || { echo "exported by $1:"; echo "$exported"; echo "listed:"; echo "$listed"; status=1; }
[ "$declared" = "$listed" ] || { echo "declared in $3:"; echo "$declared"; echo "listed:"; echo "$listed"; status=1; }
exit $status
