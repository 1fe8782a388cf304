# Read by run.sh: the layout for Fiji's updater in a plain ImageJ, and the scripts for SciJava by its rules and in their language.
fiji="$work/Fiji of a user"
cp -r "$dist/fiji" "$fiji"
libraries=$(echo "$fiji"/lib/*/biodl)
case $(basename "$(dirname "$libraries")") in
    # net.imagej.updater.util.Platforms; an executable file would be brought to every platform
    linux64 | linux-arm64 | win64 | win-arm64 | macos64 | macos-arm64)
        [ -z "$(find "$libraries" -type f -executable ! -name 'biodl-torch*')" ] && ! jar tf "$fiji/plugins/BioDL_.jar" | grep -q '^natives/' \
            && jar tf "$fiji/plugins/BioDL_.jar" | grep -q '^META-INF/licenses/' \
            && report PASS "Fiji's layout: a jar without natives, libraries by the updater's rules" || report FAIL "Fiji's layout: $(ls -lR "$fiji")" ;;
    *) report FAIL "Fiji's layout: the updater knows no platform of $libraries" ;;
esac

# in_fiji NAME TEXT COMMAND...: it says TEXT, and nothing was unpacked.
in_fiji() {
    local name=$1 text=$2
    shift 2
    cache="$work/fiji-cache" "$@" >"$work/stdout" 2>&1
    grep -qF -- "$text" "$work/stdout" && [ -z "$(find "$work/fiji-cache" -name '*biodl_jni*' 2>/dev/null)" ] \
        && report PASS "Fiji's layout: $name" || report FAIL "Fiji's layout: $name: $(head -c 600 "$work/stdout")"
}
cat >"$work/fiji.ijm" <<'M'
newImage("cell", "8-bit black", 64, 64, 1);
makeOval(20, 20, 24, 24);
run("Add...", "value=200");
run("Select None");
run("Gaussian Blur...", "sigma=1.5");
run("BioDL Segment...", "output=[Label Image]");
print("objects: " + Table.size("BioDL Objects"));
print(call("org.biodl.ij1.batch.Headless.diagnostics"));
M
in_fiji "a command runs" "objects: 1" java_ -cp "$ij" ij.ImageJ -ijpath "$fiji" -batch "$work/fiji.ijm"
grep -qF "$libraries" "$work/stdout" && report PASS "Fiji's layout: libraries are loaded from where they lie" \
    || report FAIL "Fiji's layout: libraries from elsewhere: $(head -c 600 "$work/stdout")"
in_fiji "and without a window system" "$libraries" java_ -Djava.awt.headless=true -cp "$ij:$fiji/plugins/BioDL_.jar" \
    org.biodl.ij1.batch.BatchLauncher "$here/version.ijm"
rm -r "$libraries"
in_fiji "libraries that are missing are named" "/biodl" java_ -Djava.awt.headless=true -cp "$ij:$fiji/plugins/BioDL_.jar" \
    org.biodl.ij1.batch.BatchLauncher "$here/version.ijm"

groovy=${BIODL_GROOVY:-/usr/share/java/groovy-all.jar}
if [ ! -f "$groovy" ]; then
    report SKIP "the scripts for SciJava: no Groovy (apt-get install groovy)"
elif javac -cp "$ij:$jar" -d "$work/classes" "$here"/scijava/*.java; then
    limit=600 trains java_ -Djava.awt.headless=true -cp "$ij:$jar:$work/classes:$groovy" Modules "$jar" "$work/models" \
        $([ ! -d "$torch" ] || echo train) >"$out/scijava.log" 2>&1
    cases "$out/scijava.log" "the scripts for SciJava"
    # With a window system, and still without a window.
    limit=150 java_ -cp "$ij:$jar:$work/classes:$groovy" Modules "$jar" "$work/models" >"$out/scijava-screen.log" 2>&1
    cases "$out/scijava-screen.log" "the scripts for SciJava on a screen"
else
    report FAIL "the scripts for SciJava do not compile"
fi
