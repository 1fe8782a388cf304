#!/bin/sh
# jni_sanitized.sh SHIM RELEASE: the Java tests of org.biodl.jni with the shim that was built under the sanitizers. Leaks are not looked for: the virtual
# machine and .NET have their own collectors and keep memory to the end.
set -eu
shim=$(realpath "$1") release=$(realpath "$2")
cd "$(dirname "$0")/../../fiji-bridge"
jars=/usr/share/java
ij=${BIODL_IJ:-$jars/ij.jar}
junit=$jars/junit-platform-console-standalone.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
platform=$(ls "$release/fiji-bridge/classes/natives")
mkdir -p "$work/natives/$platform"
cp "$release/fiji-bridge/classes/natives/$platform"/* "$work/natives/$platform/"
cp "$shim" "$work/natives/$platform/"
LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)"
ASAN_OPTIONS=handle_segv=0:handle_sigfpe=0:detect_leaks=0:strict_string_checks=1
export LD_PRELOAD ASAN_OPTIONS
BIODL_CACHE=$work/cache exec java -Xmx1500m -Djava.awt.headless=true -Dbiodl.cache="$work/unpacked" -Dbiodl.shared="$work/none" -jar "$junit" \
    -cp "$work:$release/fiji-bridge/classes:$release/fiji-bridge/test-classes:$ij" --disable-banner --details=summary \
    -c org.biodl.jni.NativeRunTest -c org.biodl.jni.ModelRunTest -c org.biodl.jni.CatalogueTest
