#!/usr/bin/env bash
# The plugin in a real ImageJ, under Xvfb: macros in batch mode, errors, windows, no window system at all.
#   tests/fiji/run.sh DIST [OUT]      OUT (default out/fiji) receives screenshots and logs
# Prints a line a case and closes with "N passed, N failed, N skipped".
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dist=$(realpath "$1")
out=${2:-$here/../../out/fiji}
mkdir -p "$out"
out=$(realpath "$out")
ij=${BIODL_IJ:-/usr/share/java/ij.jar}
jar=$dist/plugins/BioDL_.jar
shared=${BIODL_SHARED:-$here/../../../shared}
work=$(mktemp -d)
mounted=
xvfb=
trap '[ -z "$mounted" ] || umount "$mounted"; [ -z "$xvfb" ] || kill "$xvfb"; [ -z "${server:-}" ] || kill "$server"; rm -rf "$work"' EXIT
mkdir -p "$work/ij/plugins" "$work/classes"
cp "$jar" "$work/ij/plugins/"
passed=0 failed=0 skipped=0

# A screen of our own, so that the windows of these tests disturb nobody.
Xvfb -displayfd 3 -ac -nolisten tcp -screen 0 1300x1000x24 3>"$work/display" 2>/dev/null &
xvfb=$!
for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
export DISPLAY=":$(cat "$work/display")"

report() {
    echo "$1 $2"
    case $1 in PASS) passed=$((passed + 1)) ;; FAIL) failed=$((failed + 1)) ;; SKIP) skipped=$((skipped + 1)) ;; esac
}

# cases FILE NAME: count the PASS and FAIL lines of a log that must close with END.
cases() {
    grep -E '^(PASS|FAIL) ' "$1"
    passed=$((passed + $(grep -c '^PASS ' "$1")))
    failed=$((failed + $(grep -c '^FAIL ' "$1")))
    grep -q '^END$' "$1" || { report FAIL "$2 did not reach its end"; tail -n 15 "$1"; }
}

# A cache, a home (for ImageJ's preferences) and a temporary folder of our own.
java_() {
    timeout -k 5 "${limit:-60}" java -Xmx1500m -Duser.home="$work" -Dbiodl.cache="${cache:-$work/cache}" "$@"
}
launch() { java_ -cp "$ij:$jar" org.biodl.ij1.batch.BatchLauncher "$@"; }
batch() { java_ -cp "$ij" ij.ImageJ -ijpath "$work/ij" -batch "$@"; }
headless() { java_ -Djava.awt.headless=true -cp "$ij:$jar" org.biodl.ij1.batch.BatchLauncher "$@"; }

# fails NAME PREPARATION OPTIONS TEXT [COMMAND]: the launcher must end with code 1, say TEXT on stderr and not go on with the macro.
fails() {
    launch "$here/expect_error.ijm" "$2|$3|${5:-BioDL Segment...}" >"$work/stdout" 2>"$work/stderr"
    local code=$?
    if [ $code = 1 ] && grep -qF -- "$4" "$work/stderr" && ! grep -q 'went on' "$work/stdout"; then
        report PASS "error: $1"
    else
        report FAIL "error: $1 (code $code): $(head -c 600 "$work/stderr")"
    fi
}

# on_screen SIZE COMMAND...: on another screen, which lasts as long as the command. It has a window manager, as the screens of users have:
# without one AWT waits for frames that nobody draws, and believes for good in places where no window stands.
on_screen() {
    local size=$1 other manager
    shift
    : >"$work/other"
    Xvfb -displayfd 3 -ac -nolisten tcp -screen 0 "${size}x24" 3>"$work/other" 2>/dev/null &
    other=$!
    for _ in $(seq 100); do [ -s "$work/other" ] && break; sleep 0.1; done
    DISPLAY=":$(cat "$work/other")" openbox --sm-disable >/dev/null 2>&1 &
    manager=$!
    DISPLAY=":$(cat "$work/other")" "$@"
    kill "$manager" "$other"
    wait "$manager" "$other" 2>/dev/null
}

# Two virtual machines unpack into an empty cache at once.
for i in 1 2; do
    headless "$here/version.ijm" >"$work/first$i" 2>&1 &
    pids[i]=$!
done
wait "${pids[1]}"; one=$?
wait "${pids[2]}"; two=$?
left=$(find "$work/cache" -name '*.part' | wc -l)
[ "$one$two$left" = 000 ] && grep -q 'engine ' "$work/first1" && grep -q 'engine ' "$work/first2" \
    && report PASS "two virtual machines unpack at once" || report FAIL "two at once: $one $two $left $(tail -n 3 "$work/first1" "$work/first2")"

batch "$here/commands.ijm" "$work" >"$out/commands.log" 2>&1
cases "$out/commands.log" "the macro of commands"

# Networks whose results are known, written by the same class as for JUnit.
tiny=$here/../../fiji-bridge/src/test/java/org/biodl/jni
javac -d "$work/classes" "$tiny"/Tiny*.java && java -cp "$work/classes" org.biodl.jni.TinyModels "$work/models" || report FAIL "the tiny models"
mkdir "$work/networks"
limit=150 batch "$here/networks.ijm" "$work/networks|$work/models" >"$out/networks.log" 2>&1
cases "$out/networks.log" "the macro of networks"

# Noise2Void and CARE as their plugins save them.
if [ -d "$shared" ]; then
    mkdir "$work/n2v"
    (cd "$work/n2v" && jar xf "$(realpath "$shared")"/models/n2v-savedmodel/*.zip testinput.tif testoutput.tif)
    limit=150 batch "$here/shared_models.ijm" "$work/n2v|$(realpath "$shared")/models" >"$out/shared.log" 2>&1
    cases "$out/shared.log" "the macro of shared models"
else
    report SKIP "Noise2Void and CARE: no ../shared"
fi

launch "$here/commands.ijm" "$work" >"$out/launcher.log" 2>&1
[ $? = 0 ] && grep -q '^END$' "$out/launcher.log" && report PASS "the launcher ends with 0" || report FAIL "the launcher's code, or no END"

fails "no image" none "output=Both" "There is no image open."
fails "unknown option" grey "output=Both treshold=0.4" "Unknown option 'treshold'"
fails "malformed number" grey "probability=0,4" "probability=0,4"
fails "number out of range" grey "percentile_high=101" "percentile_high=101"
fails "percentiles the wrong way round" grey "percentile_low=50 percentile_high=10" "percentile_low=50"
fails "unknown choice" grey "output=[Both of them]" "output=Both of them"
fails "open bracket" grey "model=[/tmp/x" "no closing ]"
fails "missing model" grey "model=[$work/no such model]" "no such model"
fails "unknown device" grey "device=cuda:99" "cuda:99"
fails "channel that is not there" grey "channel=3" "no channel '3'"
fails "one option by two names" grey "tile=64 tiles=128" "'tile' are the same"
fails "slice that is not there" grey "slices=2" "slices=2"
fails "8-bit colour" colour "output=Both" "8-bit colour"
fails "selection outside" outside "output=Both" "lies outside"
fails "no model" grey "device=cpu" "No model was given." "BioDL Run Model..."
fails "an option of another command" grey "model=[$work/models/smooth] merge=true" "Unknown option 'merge'" "BioDL Denoise..."
fails "a channel that is not there" grey "model=[$work/models/stain] channels=GFP" "no channel 'GFP'" "BioDL Virtual Stain..."
fails "an input without an image" grey "model=[$work/models/two]" "'image2' is missing" "BioDL Run Model..."
fails "an image that is not open" grey "model=[$work/models/two] image2=nowhere.tif" "image2=nowhere.tif" "BioDL Run Model..."
fails "two inputs for one image" grey "model=[$work/models/two]" "takes 2 images (a, b)" "BioDL Denoise..."
fails "percentiles for nothing" grey "model=[$work/models/smooth] percentile_low=1" "percentile_low" "BioDL Denoise..."
fails "in place with another type" grey "model=[$work/models/smooth] output=32-bit result=[in place]" "pixel type" "BioDL Denoise..."
fails "merging what has another size" grey "model=[$work/models/half] merge=true" "another size" "BioDL Virtual Stain..."
fails "a result larger than the memory" huge "model=[$work/models/stain]" "of ImageJ's memory" "BioDL Virtual Stain..."
fails "channels that do not fit the network" grey "model=[$work/models/swap]" "channel" "BioDL Virtual Stain..."
mkdir "$work/truncated"
head -c 20000 "$here/../../managed/BioDL.Models/builtin/nuclei-fluo-small/weights.onnx" >"$work/truncated/weights.onnx"
fails "truncated model" grey "model=[$work/truncated]" "truncated"
echo "not a model" >"$work/wrong.onnx"
fails "wrong kind of file" grey "model=[$work/wrong.onnx]" "wrong.onnx"
if [ -d "$shared" ]; then
    fails "model for another task" grey "model=[$(realpath "$shared")/models/unet2d_nuclei_broad]" "UNet 2D Nuclei Broad cannot segment"
else
    report SKIP "model for another task: no ../shared"
fi

# ImageJ's own -batch: the macro ends, nothing waits for a button; its exit code is 0 whatever happens.
limit=30 batch "$here/expect_error.ijm" "grey|nonsense=1" >"$work/stdout" 2>"$work/stderr"
[ $? = 0 ] && grep -q "Unknown option 'nonsense'" "$work/stderr" && ! grep -q 'went on' "$work/stdout" \
    && report PASS "an error ends a macro under -batch" || report FAIL "-batch: $(head -c 400 "$work/stderr")"

# Without a window system.
image=$work/virtual.tif
headless "$here/headless.ijm" "$image|$work" >"$work/stdout" 2>"$work/stderr"
[ $? = 0 ] && grep -q 'objects=36 device=cpu' "$work/stdout" && [ -s "$work/labels.tif" ] && [ "$(wc -l <"$work/objects.csv")" = 37 ] \
    && [ "$(jar tf "$work/rois.zip" | wc -l)" = 36 ] && grep -q 'ONNX Runtime' "$work/stdout" \
    && report PASS "call() without a window system" || report FAIL "headless: $(head -c 400 "$work/stdout" "$work/stderr")"
headless "$here/headless.ijm" "$work/no-image.tif|$work" >"$work/stdout" 2>"$work/stderr"
[ $? = 1 ] && grep -q 'no-image.tif' "$work/stderr" && report PASS "call() on a missing image" || report FAIL "headless error: $(head -c 400 "$work/stderr")"

# Whatever goes wrong, the exit code tells, the remedy is named, and no half of a file is left.
ends() {
    local name=$1 text=$2
    shift 2
    "$@" >"$work/stdout" 2>"$work/stderr"
    local code=$?
    if [ $code = 1 ] && grep -qF -- "$text" "$work/stderr" && ! grep -q 'went on' "$work/stdout" && [ -z "$(find "$work" -name '.part-*')" ]; then
        report PASS "exit code: $name"
    else
        report FAIL "exit code: $name (code $code): $(head -c 600 "$work/stderr")"
    fi
}
cat >"$work/memory.ijm" <<'M'
newImage("big", "8-bit black", 3000, 2500, 1);
call("org.biodl.ij1.batch.Headless.segment", "labels_file=" + getArgument() + "/memory.tif device=cpu");
print("the macro went on");
M
ends "not enough memory" "-Xmx" java_ -Xmx24m -Djava.awt.headless=true -cp "$ij:$jar" org.biodl.ij1.batch.BatchLauncher "$work/memory.ijm" "$work"
if java -version 2>&1 | grep -qE '"(2[4-9]|[3-9][0-9])'; then newest=java; else newest=$(ls -d /usr/lib/jvm/*2[4-9]*/bin/java 2>/dev/null | head -n 1); fi
if [ -n "$newest" ]; then
    ends "Java denies native access" "--enable-native-access=ALL-UNNAMED" "$newest" --illegal-native-access=deny -Djava.awt.headless=true \
        -Duser.home="$work" -Dbiodl.cache="$work/cache" -cp "$ij:$jar" org.biodl.ij1.batch.BatchLauncher "$work/memory.ijm" "$work"
else
    report SKIP "Java denies native access: no Java of 24 or later"
fi

# The three commands without a window system.
headless "$here/headless_networks.ijm" "$work/networks/in-1-0.tif|$work|$work/models" >"$work/stdout" 2>"$work/stderr"
[ $? = 0 ] && [ "$(grep -c '^outputs=[12] device=cpu clipped=0 times=' "$work/stdout")" = 3 ] && [ -s "$work/denoised.tif" ] && [ -s "$work/stained.tif" ] \
    && [ -s "$work/run-sum.tif" ] && [ -s "$work/run-mask.tif" ] \
    && report PASS "call() of the three commands without a window system" || report FAIL "headless networks: $(head -c 600 "$work/stdout" "$work/stderr")"

# The same pixels from the command line, which goes through no ImageJ and no Java.
pairs=()
for input in "$work"/networks/in-*.tif; do
    case $input in *stain3d*) verb=stain model=stain3d ;; *) verb=denoise model=smooth ;; esac
    "$dist/bin/biodl" $verb "$input" --model "$work/models/$model" --out "${input/in-/cli-}" >"$work/stdout" 2>"$work/stderr" \
        || report FAIL "biodl $verb $(basename "$input"): $(head -c 400 "$work/stderr")"
    pairs+=("${input/in-/out-}" "${input/in-/cli-}")
done

# A full disk at unpacking.
mkdir "$work/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=8m biodl-test "$work/small" 2>/dev/null; then
    mounted=$work/small
    cache=$work/small headless "$here/version.ijm" >"$work/stdout" 2>&1
    grep -q "could not be unpacked to $work/small" "$work/stdout" && [ -z "$(find "$work/small" -name '*.part')" ] \
        && report PASS "a full disk gives an error and leaves no halves" || report FAIL "full disk: $(head -c 400 "$work/stdout")"
    umount "$work/small"; mounted=
else
    report SKIP "a full disk: no right to mount one"
fi

. "$here/models.sh"

# Calls from Java, as scripts make them.
if javac -cp "$ij:$jar" -d "$work/classes" "$here"/script/*.java; then
    java_ -cp "$ij:$jar:$work/classes" Script "$work/models" >"$out/script.log" 2>&1
    cases "$out/script.log" "the calls of a script"
else
    report FAIL "the script does not compile"
fi

# Windows.
if javac -cp "$ij" -d "$work/classes" "$here"/driver/*.java; then
    java_ -Djava.awt.headless=true -cp "$ij:$work/classes" Same "${pairs[@]}" >"$out/same.log" 2>&1
    cases "$out/same.log" "the comparison with the command line"
    limit=150 java_ -cp "$ij:$work/classes" Networks "$work/ij" "$out" "$work/models" >"$out/windows.log" 2>&1
    cases "$out/windows.log" "the driver of the three dialogs"
    cp -r "$work/models/slow" "$work/models/slow2"
    echo "not a model" >"$work/models/broken.onnx"
    limit=150 java_ -cp "$ij:$work/classes" Dialogs "$work/ij" "$out" "$work/models" >"$out/dialogs.log" 2>&1
    cases "$out/dialogs.log" "the driver of what dialogs promise"
    for size in 1024x768 1300x1000 1920x1080; do
        limit=150 on_screen "$size" java_ -cp "$ij:$work/classes" Windows "$work/ij" "$out" "$work/models" >"$out/windows-$size.log" 2>&1
        cases "$out/windows-$size.log" "the driver of windows on a screen of $size"
    done
    limit=150 java_ -cp "$ij:$work/classes" Sessions "$work/ij" "$out" "$work/models" >"$out/sessions.log" 2>&1
    cases "$out/sessions.log" "the driver of sessions"
    limit=150 java_ -cp "$ij:$work/classes" Folders "$work/ij" "$out" "$work/models" >"$out/folders.log" 2>&1
    cases "$out/folders.log" "the driver of folders"
    limit=150 java_ -cp "$ij:$work/classes" Interactive "$work/ij" "$out" >"$out/interactive.log" 2>&1
    cases "$out/interactive.log" "the driver of windows"
    . "$here/train.sh"
    . "$here/scijava.sh"
    # TorchScript that means ill. Limits are low, so that an endless loop does not take a minute.
    if [ -d "$dist/lib/linux-x64/libtorch" ]; then
        mkdir "$work/hostile"
        BIODL_TORCH_DIR=$dist/lib/linux-x64/libtorch BIODL_TORCH_SECONDS=5 BIODL_TORCH_MEMORY=1000 BIODL_CACHE=$work/hostile/cache limit=150 \
            java_ -cp "$ij:$work/classes" Hostile "$work/ij" "$out" "$work/hostile" "$here/hostile.ijm" >"$out/hostile.log" 2>&1
        cases "$out/hostile.log" "the driver of hostile TorchScript"
    else
        report SKIP "hostile TorchScript: no libtorch in $dist (./build.sh torch)"
    fi
else
    report FAIL "the driver does not compile"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
