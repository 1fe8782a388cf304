# Read by run.sh: "BioDL Models..." by macro and in its window, with a cache of its own and a collection on the loopback address.
# The package of the built-in model serves as any other; unet2d_nuclei_broad of the shared data comes in addition, where it is there.
builtin=$(realpath "$here/../../managed/BioDL.Models/builtin/nuclei-fluo-small")
served=$work/served
unet=
[ ! -d "$shared" ] || unet=$(realpath "$shared")/models/unet2d_nuclei_broad
mkdir -p "$served/nuclei" "$served/wrong" "$work/classes"
cp "$builtin"/*.yaml "$builtin"/*.npy "$builtin"/*.onnx "$served/nuclei/"
# A model whose second test output holds other numbers, and whose description does not pin that file.
cp "$served"/nuclei/* "$served/wrong/"
sed -i 's/\(test_output_prob.npy\), sha256: [0-9a-f]*/\1/' "$served/wrong/bioimageio.yaml"
prob=$served/nuclei/test_output_prob.npy
{ head -c 128 "$prob"; head -c "$(stat -c %s "$prob")" "$served/nuclei/test_input.npy" | tail -c +129; } >"$served/wrong/test_output_prob.npy"

javac -cp "$ij" -d "$work/classes" "$here"/driver/*.java || report FAIL "the drivers do not compile"
java -Xmx200m -cp "$work/classes" ModelServer "$served" "$served/nuclei" "$served/wrong" ${unet:+"$unet"} >"$out/models-server.log" 2>&1 &
server=$!
for _ in $(seq 100); do [ -s "$served/port" ] && break; sleep 0.1; done
address=http://127.0.0.1:$(cat "$served/port")
models() { BIODL_CACHE=$work/models-cache BIODL_ZOO=$address/collection.json "$@"; }

limit=150 models batch "$here/models.ijm" "$served"$'\n'"$address" >"$out/models.log" 2>&1
cases "$out/models.log" "the macro of models"

# refuses NAME OPTIONS TEXT: as fails, for "BioDL Models...".
refuses() {
    limit=120 models launch "$here/models_error.ijm" "$2" >"$work/stdout" 2>"$work/stderr"
    local code=$?
    if [ $code = 1 ] && grep -qF -- "$3" "$work/stderr" && ! grep -q 'went on' "$work/stdout"; then
        report PASS "models error: $1"
    else
        report FAIL "models error: $1 (code $code): $(head -c 600 "$work/stderr")"
    fi
}

refuses "unknown action" "action=delete id=nuclei" "action=delete"
refuses "no source" "action=install" "needs the option 'source'"
refuses "an option of another action" "action=remove id=nuclei source=x" "'source' does not belong to action=remove"
refuses "unknown id" "action=verify id=no-such-model" "no-such-model"
refuses "nothing to remove" "action=remove id=no-such-model" "no-such-model"
refuses "the built-in model stays" "action=remove id=builtin:nuclei-fluo-small" "built in"
refuses "no such file" "action=install source=[$work/no such.zip]" "no such.zip"
refuses "no such file on the server" "action=install source=$address/files/none.zip" "none.zip"
refuses "nobody answers" "action=install source=http://127.0.0.1:1/x.zip" "127.0.0.1:1"
refuses "another file than expected" "action=install source=$address/files/nuclei.zip sha256=$(printf '0%.0s' $(seq 64))" "0000000000"
head -c 300000 "$served/nuclei.zip" >"$work/truncated.zip"
refuses "truncated package" "action=install source=[$work/truncated.zip]" "truncated.zip"
refuses "another network's test output" "action=verify id=[$served/wrong] device=cpu" "does not give its own test output"

calls="action=install source=[$served/nuclei.zip]"$'\n'"action=verify id=nuclei device=cpu"$'\n'"action=list"$'\n'"action=remove id=nuclei"
models headless "$here/models_headless.ijm" "$calls" >"$work/stdout" 2>"$work/stderr"
[ $? = 0 ] && grep -q 'Installed Nuclei, fluorescence, small as nuclei' "$work/stdout" && grep -qi 'passed' "$work/stdout" \
    && grep -qP '^nuclei\tNuclei.*\tinstalled$' "$work/stdout" && grep -q 'Removed nuclei' "$work/stdout" \
    && report PASS "models without a window system" || report FAIL "models headless: $(head -c 800 "$work/stdout" "$work/stderr")"

if [ -n "$unet" ]; then
    calls="action=install source=$address/files/unet2d_nuclei_broad.zip"$'\n'"action=verify id=unet2d_nuclei_broad device=cpu"
    models headless "$here/models_headless.ijm" "$calls" >"$work/stdout" 2>"$work/stderr"
    [ $? = 0 ] && grep -qi 'passed' "$work/stdout" && report PASS "unet2d_nuclei_broad from a URL gives its own test output" \
        || report FAIL "unet2d_nuclei_broad: $(head -c 800 "$work/stdout" "$work/stderr")"
else
    report SKIP "unet2d_nuclei_broad from a URL: no ../shared"
fi

# The window; the driver stops the server to see what happens without a network.
BIODL_CACHE=$work/window-cache BIODL_ZOO=$address/collection.json limit=400 \
    java_ -cp "$ij:$work/classes" InteractiveModels "$work/ij" "$out" "$served" "$address" >"$out/interactive-models.log" 2>&1
cases "$out/interactive-models.log" "the driver of the models' window"
kill "$server" 2>/dev/null; 
wait "$server" 2>/dev/null; server=

# Nobody answers any more: what is on this machine is listed all the same.
BIODL_ZOO=http://127.0.0.1:1/ BIODL_CACHE=$work/offline-cache headless "$here/models_headless.ijm" "action=list online" >"$work/stdout" 2>"$work/stderr"
[ $? = 0 ] && grep -q '^builtin:nuclei-fluo-small' "$work/stdout" && grep -q '^Warning: ' "$work/stdout" \
    && report PASS "models are listed without a network" || report FAIL "offline: $(head -c 800 "$work/stdout" "$work/stderr")"
