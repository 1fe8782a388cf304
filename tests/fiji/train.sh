# Read by run.sh: "BioDL Train..." by macro and in its windows, with a cache of its own.
torch=$dist/lib/linux-x64/libtorch
trains() { BIODL_TORCH_DIR=${torch_folder-$torch} BIODL_CACHE=$work/train-cache "$@"; }

# refuses_training NAME PREPARATION OPTIONS TEXT: as fails, for "BioDL Train...".
refuses_training() {
    trains fails "training: $1" "$2" "$3" "$4" "BioDL Train..."
}

refuses_training "no image" none "method=noise2void" "There is no image open."
refuses_training "unknown method" grey "method=noise2noise" "method=noise2noise"
refuses_training "an option of another method" grey "method=noise2void rays=32" "means nothing to the method noise2void"
refuses_training "no target" grey "method=restoration" "No targets was given"
refuses_training "a target that is not open" grey "method=restoration targets=clean" "no open image of this title"
refuses_training "no ROI" grey "method=stardist" "The ROI Manager has no area"
refuses_training "a folder that is not there" grey "method=noise2void images=[$work/nowhere]" "there is no such folder"
mkdir -p "$work/empty"
refuses_training "an empty folder" grey "method=noise2void images=[$work/empty]" "has no image"
refuses_training "nothing to resume" grey "resume=last" "no training that was broken off"
# nor beside the libraries that a run of all suites names
BIODL_RUNTIME_DIR= torch_folder= refuses_training "libtorch is not installed" grey "method=noise2void steps=1" "libtorch"

if [ -d "$torch" ]; then
    mkdir -p "$work/trained"
    limit=300 trains batch "$here/train.ijm" "$work/trained|short" >"$out/train.log" 2>&1
    cases "$out/train.log" "the macro of trainings"
    trains headless "$here/headless_train.ijm" "$work/trained" >"$work/stdout" 2>"$work/stderr"
    [ $? = 0 ] && grep -q '^model=\[pairs-of-files[-0-9]*\] path=\[.*report.html\] .*val_loss=' "$work/stdout" && grep -q '^outputs=1 ' "$work/stdout" \
        && report PASS "call() of a training without a window system" || report FAIL "headless training: $(head -c 600 "$work/stdout" "$work/stderr")"
    if [ -n "${BIODL_LONG:-}" ]; then
        mkdir -p "$work/trained-long"
        limit=1800 trains batch "$here/train.ijm" "$work/trained-long|long" >"$out/train-long.log" 2>&1
        cases "$out/train-long.log" "the macro of long trainings"
    fi
    for part in all leave return; do
        limit=300 trains java_ -cp "$ij:$work/classes" Trainings "$work/ij" "$out" "$part" >"$out/trainings-$part.log" 2>&1
        cases "$out/trainings-$part.log" "the driver of trainings ($part)"
    done
    BIODL_RUNTIME_DIR= torch_folder= limit=150 trains java_ -cp "$ij:$work/classes" Trainings "$work/ij" "$out" offer >"$out/trainings-offer.log" 2>&1
    cases "$out/trainings-offer.log" "the driver of trainings (offer)"
else
    report SKIP "trainings: no libtorch in $dist (./build.sh torch)"
fi
