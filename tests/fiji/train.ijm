// "BioDL Train..." in batch mode: a network fitted to one image, Noise2Void, StarDist from ROIs, and what comes of them.
// Argument: a folder to write to|"short" or "long".
arguments = split(getArgument(), "|");
out = arguments[0] + File.separator;
long = matches(arguments[1], "long");

// Both sides are compared as text.
function check(name, found, expected) {
    if ("" + found == "" + expected)
        print("PASS " + name);
    else
        print("FAIL " + name + ": found " + found + ", expected " + expected);
}

// Soft discs, and the same under noise: "clean" and "noisy".
function field(size) {
    close("*");
    random("seed", 7);
    newImage("clean", "32-bit black", size, size, 1);
    for (i = 0; i < size * size / 900; i++) {
        r = 6 + 8 * random;
        makeOval(random * size - r, random * size - r, 2 * r, 2 * r);
        run("Set...", "value=" + (60 + 120 * random));
    }
    run("Select None");
    run("Gaussian Blur...", "sigma=1.5");
    run("Duplicate...", "title=noisy");
    // ImageJ's own noise has no seed
    for (y = 0; y < size; y++)
        for (x = 0; x < size; x++)
            setPixel(x, y, getPixel(x, y) + 30 * random("gaussian"));
    updateDisplay();
}

// Root of the mean squared difference of two images.
function difference(a, b) {
    imageCalculator("Subtract create 32-bit", a, b);
    run("Square");
    getStatistics(area, mean);
    close();
    return sqrt(mean);
}

size = 96;
if (long)
    size = 256;
field(size);
before = difference("noisy", "clean");
selectWindow("noisy");
run("BioDL Train...", "method=denoise-image name=[one field] seed=3");
check("a network fitted to the image denoises it", "" + getTitle(), "noisy-denoised");
check("with half of the noise at most", (difference("noisy-denoised", "clean") < before / 2), 1);
check("and says what made it", "" + Property.get("BioDL.model"), "one field");
close("noisy-denoised");

options = "method=noise2void name=[noise of fields] apply=false patch=32 batch=4 steps=400 seed=3 threads=1";
if (long)
    options = "method=noise2void name=[noise of fields] apply=false";
selectWindow("noisy");
run("BioDL Train...", options);
check("Noise2Void leaves the images as they are", nImages, 2);
// a name that is taken gets a number, so the id is asked for
noise = call("ij.Prefs.get", "biodl.trained", "");
run("BioDL Denoise...", "model=&noise output=32-bit");
after = difference("noisy-denoised", "clean");
check("its model denoises, " + before + " to " + after, (after < 0.6 * before), 1);
close("noisy-denoised");

// The same model as a start, and the package in a folder.
selectWindow("noisy");
run("BioDL Train...", options + " model=&noise out=[" + out + "package]");
check("a package is written", File.exists(out + "package" + File.separator + "bioimageio.yaml"), 1);
check("with a report", File.exists(out + "package" + File.separator + "report.html"), 1);

// Objects that are marked with ROIs, of which one slice has none.
close("*");
newImage("cells", "8-bit black", 96, 96, 2);
roiManager("reset");
for (i = 0; i < 9; i++) {
    setSlice(1);
    makeOval(6 + 30 * (i % 3), 8 + 30 * floor(i / 3), 20, 18);
    run("Set...", "value=150 slice");
    roiManager("add");
}
run("Select None");
run("Gaussian Blur...", "sigma=1 stack");
run("Add Specified Noise...", "stack standard=5");
setSlice(1);
run("BioDL Train...", "method=stardist name=[marked cells] model=builtin:nuclei-fluo-small patch=64 batch=1 steps=4 threads=1 seed=1");
cells = call("ij.Prefs.get", "biodl.trained", "");
run("BioDL Segment...", "model=&cells slices=1 output=[Label Image]");
check("the start is not forgotten", "" + Property.get("BioDL.objects"), "9");

// One pair of open images is enough for every method that needs pairs.
function pair(method, partner, command, result) {
    selectWindow("noisy");
    name = "one pair for " + method;
    run("BioDL Train...", "method=" + method + " " + partner + " name=[" + name + "] patch=32 batch=1 steps=3 threads=1");
    trained = call("ij.Prefs.get", "biodl.trained", "");
    check(name, startsWith(trained, replace(name, " ", "-")), 1);
    selectWindow("noisy");
    run(command, "model=&trained");
    check(name + " is used", isOpen(result), 1);
    close(result);
}
field(96);
selectWindow("clean");
run("Duplicate...", "title=classes");
setThreshold(50, 1000);
run("Convert to Mask");
run("Analyze Particles...", "show=[Count Masks]");
rename("labels");
selectWindow("classes");
run("Divide...", "value=255");
pair("restoration", "targets=clean", "BioDL Denoise...", "noisy-denoised");
pair("stain", "targets=clean", "BioDL Virtual Stain...", "noisy-stained");
pair("semantic", "targets=classes", "BioDL Run Model...", "one pair for semantic-classes of noisy");
pair("stardist", "labels=labels", "BioDL Segment...", "noisy-labels");
print("END");
