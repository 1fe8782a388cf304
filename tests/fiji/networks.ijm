// "BioDL Denoise...", "BioDL Virtual Stain..." and "BioDL Run Model..." in batch mode, with networks whose results are known (TinyModels.java).
// Argument: a folder to write to|the folder of the models.
arguments = split(getArgument(), "|");
out = arguments[0] + File.separator;
var models = "";
var width = 90;
var height = 70;
models = arguments[1] + File.separator;

// Both sides are compared as text.
function check(name, found, expected) {
    if ("" + found == "" + expected)
        print("PASS " + name);
    else
        print("FAIL " + name + ": found " + found + ", expected " + expected);
}

// A field with noise on every plane; `kind` says how the planes are arranged.
function field(type, kind) {
    close("*");
    planes = 1;
    if (kind == "stack" || kind == "series")
        planes = 3;
    if (kind == "hyperstack")
        planes = 12;
    newImage("field.tif", type + " ramp", width, height, planes);
    if (type == "32-bit")
        run("Multiply...", "value=1000 stack");
    if (type == "16-bit")
        run("Divide...", "value=20 stack");
    run("Add Specified Noise...", "stack standard=30");
    if (kind == "series")
        Stack.setDimensions(1, 1, 3);
    if (kind == "hyperstack")
        run("Stack to Hyperstack...", "order=xyczt(default) channels=3 slices=2 frames=2 display=Color");
    setVoxelSize(0.5, 0.25, 2, "micron");
}

// The value of a pixel in a channel of RGB (0 to 2), or of any other image.
function at(x, y, channel) {
    if (bitDepth() != 24)
        return getPixel(x, y);
    return (getPixel(x, y) >> (16 - 8 * channel)) & 255;
}

// The means of 3 x 3 pixels at some places of every plane, rounded where the type is whole.
function means() {
    text = "";
    for (i = 1; i <= nSlices; i++) {
        setSlice(i);
        for (k = 0; k < 12; k++) {
            x = 1 + (k * 37) % (width - 2);
            y = 1 + (k * 23) % (height - 2);
            sum = 0;
            for (j = 0; j < 9; j++) {
                value = at(x - 1 + j % 3, y - 1 + floor(j / 3), k % 3);
                sum = sum + value;
            }
            text = text + rounded(sum / 9) + " ";
        }
    }
    return text;
}

function values() {
    text = "";
    for (i = 1; i <= nSlices; i++) {
        setSlice(i);
        for (k = 0; k < 12; k++)
            text = text + rounded(at(1 + (k * 37) % (width - 2), 1 + (k * 23) % (height - 2), k % 3)) + " ";
    }
    return text;
}

function rounded(value) {
    if (bitDepth() == 32)
        return d2s(value, 1);
    return "" + floor(value + 0.5);
}

function shape() {
    Stack.getDimensions(w, h, c, z, t);
    getVoxelSize(vw, vh, vd, unit);
    return "" + bitDepth() + " " + w + "x" + h + " " + c + " " + z + " " + t + " " + vw + " " + vh + " " + vd + " " + unit;
}

types = newArray("8-bit", "16-bit", "32-bit", "RGB");
kinds = newArray("plane", "stack", "series", "hyperstack");
for (i = 0; i < types.length; i++)
    for (k = 0; k < kinds.length; k++) {
        if (types[i] == "RGB" && kinds[k] == "hyperstack")
            continue;
        name = types[i] + " " + kinds[k];
        field(types[i], kinds[k]);
        saveAs("Tiff", out + "in-" + i + "-" + k + ".tif");
        rename("field.tif");
        expected = means();
        before = shape();
        setSlice(1);
        setMetadata("Label", "first");
        if (types[i] != "RGB")
            setMinAndMax(3, 200);
        run("BioDL Denoise...", "model=[" + models + "smooth] device=cpu");
        check("denoise " + name, "" + getTitle() + " " + nImages, "field-denoised 2");
        after = shape();
        check("dimensions, type and calibration, " + name, after, before);
        found = values();
        check("values, " + name, found, expected);
        setSlice(1);
        check("label, " + name, getMetadata("Label"), "first");
        getMinAndMax(low, high);
        if (types[i] != "RGB")
            check("display range, " + name, "" + low + " " + high, "3 200");
        saveAs("Tiff", out + "out-" + i + "-" + k + ".tif");
    }

field("16-bit", "hyperstack");
Stack.setChannel(2);
run("Red");
run("BioDL Denoise...", "model=[" + models + "smooth] channels=3,2 slices=current frames=current output=32-bit");
Stack.getDimensions(w, h, c, z, t);
check("chosen channels of one plane, 32-bit", "" + c + " " + z + " " + t + " " + bitDepth(), "2 1 1 32");
Stack.setChannel(2);
getLut(r, g, b);
check("their colours", "" + r[255] + " " + g[255] + " " + b[255], "255 0 0");
check("the options are kept", "" + Property.get("BioDL.options"), "model=" + models + "smooth channels=3,2 slices=1 frames=1 normalize=true "
    + "percentile_low=model percentile_high=model dark_objects=false scale=none object_diameter=model scale_back=true output_type=32-bit result=[new image] spread=false tile=auto memory=auto device=auto");
hash = Property.get("BioDL.model_sha256");
check("provenance", "" + Property.get("BioDL.source") + ", " + Property.get("BioDL.model") + " " + Property.get("BioDL.model_version") + ", "
    + Property.get("BioDL.weights_format") + ", " + Property.get("BioDL.device") + " " + lengthOf(hash) + " "
    + Property.get("BioDL.clipped"), "field.tif, Tiny smooth 1.2.3, onnx, cpu 64 0");

field("8-bit", "plane");
run("BioDL Denoise...", "model=[" + models + "sharpen]");
clipped = parseInt(Property.get("BioDL.clipped"));
check("clipped values are counted", (clipped > 500), 1);
field("8-bit", "plane");
run("BioDL Denoise...", "model=[" + models + "percentiles] percentile_low=1");
check("percentiles and back", "" + Property.get("BioDL.clipped"), 0);
ours = values();
selectWindow("field.tif");
found = values();
check("give the image itself", found, ours);

field("16-bit", "hyperstack");
Stack.setPosition(2, 1, 1);
expected = getPixel(30, 30);
run("BioDL Denoise...", "model=[" + models + "spread] channels=2,3 slices=current frames=current");
Stack.getDimensions(w, h, c, z, t);
check("a probabilistic model without its spread", "" + c + " " + getPixel(30, 30), "2 " + expected);
selectWindow("field.tif");
run("BioDL Denoise...", "model=[" + models + "spread] channels=2,3 slices=current frames=current spread=true output=32-bit");
Stack.getDimensions(w, h, c, z, t);
check("and with it", "" + c + " " + round(getPixel(30, 30)), "4 " + expected);
Stack.setChannel(2);
spread = getPixel(30, 30);
check("which is in the image's unit", (spread > 0 && spread <= expected / 2), 1);

field("8-bit", "stack");
expected = means();
Overlay.drawRect(10, 10, 20, 20);
Overlay.show;
run("BioDL Denoise...", "model=[" + models + "smooth]");
check("drawings are kept", Overlay.size, 1);
selectWindow("field.tif");
run("BioDL Denoise...", "model=[" + models + "smooth] result=[in place]");
check("in place", "" + getTitle() + " " + nImages, "field.tif 2");
found = values();
check("values in place", found, expected);
check("provenance in place", "" + Property.get("BioDL.model"), "Tiny smooth");

field("16-bit", "plane");
expected = means();
makeRectangle(20, 10, 40, 30);
run("BioDL Denoise...", "model=[" + models + "smooth]");
check("a selection gives its part", "" + getWidth() + " " + getHeight(), "40 30");
x = 0;
y = 0;
toUnscaled(x, y);
check("which knows where it lies", "" + x + " " + y, "-20 -10");
part = getPixel(5, 6);
selectWindow("field.tif");
run("Select None");
run("BioDL Denoise...", "model=[" + models + "smooth]");
check("and is that of the whole", getPixel(25, 16), part);
middle = getPixel(40, 25);
selectWindow("field.tif");
corner = getPixel(21, 11);
makeOval(20, 10, 40, 30);
run("BioDL Denoise...", "model=[" + models + "smooth] result=[in place]");
check("in place inside the selection alone", "" + getPixel(21, 11) + " " + getPixel(40, 25), "" + corner + " " + middle);

// Staining: DAPI is 2 v, membrane is -v.
for (k = 0; k < kinds.length; k++) {
    field("8-bit", kinds[k]);
    setSlice(1);
    v = getPixel(30, 30);
    options = "model=[" + models + "stain]";
    channels = 2;
    if (kinds[k] == "hyperstack") {
        options = options + " channels=1";
        setSlice(7);
        v = getPixel(30, 30);
        Stack.setPosition(1, 1, 1);
    }
    Stack.getDimensions(w, h, c, z, t);
    run("BioDL Virtual Stain...", options + " device=cpu");
    Stack.getDimensions(w, h, found, z2, t2);
    check("stain " + kinds[k], "" + getTitle() + " " + bitDepth() + " " + found + " " + z2 + " " + t2, "field-stained 32 2 " + z + " " + t);
    p = 1;
    if (kinds[k] == "hyperstack")
        Stack.setPosition(1, 1, 2);
    check("its values, " + kinds[k], getPixel(30, 30), 2 * v);
    check("its name, " + kinds[k], getInfo("slice.label"), "DAPI");
    getLut(r, g, b);
    check("DAPI is blue, " + kinds[k], "" + r[255] + " " + g[255] + " " + b[255], "0 0 255");
    Stack.setChannel(2);
    check("the second channel, " + kinds[k], "" + getPixel(30, 30) + " " + getInfo("slice.label"), "" + -v + " membrane");
    getLut(r, g, b);
    check("membrane is green, " + kinds[k], "" + r[255] + " " + g[255] + " " + b[255], "0 255 0");
    selectWindow("field.tif");
    run("BioDL Virtual Stain...", options + " merge=true");
    Stack.getDimensions(w, h, merged, z2, t2);
    getVoxelSize(vw, vh, vd, unit);
    check("merged with its source, " + kinds[k], "" + getTitle() + " " + bitDepth() + " " + merged + " " + z2 + " " + t2 + " " + vw + " " + unit,
        "field-merged 32 " + (c + 2) + " " + z + " " + t + " 0.5 microns");
    if (kinds[k] == "hyperstack")
        Stack.setPosition(1, 1, 2);
    check("the source in it, " + kinds[k], getPixel(30, 30), v);
    Stack.setChannel(c + 1);
    check("the stain in it, " + kinds[k], "" + getPixel(30, 30) + " " + getInfo("slice.label"), "" + 2 * v + " DAPI");
    Stack.getDisplayMode(mode);
    check("as a composite, " + kinds[k], mode, "composite");
}

field("16-bit", "stack");
setSlice(1);
a = getPixel(20, 20);
setSlice(2);
b = getPixel(20, 20);
run("BioDL Virtual Stain...", "model=[" + models + "stain3d]");
check("3D", "" + nSlices + " " + getPixel(20, 20), "3 " + (a + b));
getLut(r, g, b);
check("GFP is green", "" + r[255] + " " + g[255] + " " + b[255], "0 255 0");
saveAs("Tiff", out + "out-stain3d.tif");
selectWindow("field.tif");
saveAs("Tiff", out + "in-stain3d.tif");

field("8-bit", "hyperstack");
for (i = 1; i <= nSlices; i++) {
    setSlice(i);
    setMetadata("Label", substring("phaseDAPI GFP  ", 5 * ((i - 1) % 3), 5 * ((i - 1) % 3) + 4));
}
Stack.setPosition(2, 1, 1);
v = getPixel(30, 30);
run("BioDL Virtual Stain...", "model=[" + models + "stain] channels=dapi frames=current slices=current");
check("a channel by its name", getPixel(30, 30), 2 * v);
options = "" + Property.get("BioDL.options");
check("is recorded by its number", (indexOf(options, "channels=2 ") > 0), 1);

field("RGB", "stack");
setSlice(2);
v = getPixel(30, 30);
run("BioDL Virtual Stain...", "model=[" + models + "swap]");
setSlice(2);
w = getPixel(30, 30);
check("RGB to RGB", "" + bitDepth() + " " + nSlices + " " + ((w >> 16) & 255) + " " + ((w >> 8) & 255) + " " + (w & 255),
    "24 3 " + (v & 255) + " " + ((v >> 16) & 255) + " " + ((v >> 8) & 255));
selectWindow("field.tif");
run("BioDL Virtual Stain...", "model=[" + models + "swap] rgb=false frames=current slices=current");
Stack.getDimensions(x, y, c, z, t);
check("or as channels", "" + bitDepth() + " " + c, "32 3");

// Any network.
field("8-bit", "plane");
v = getPixel(30, 30);
run("Duplicate...", "title=second.tif");
run("Add...", "value=3");
run("32-bit");
u = getPixel(30, 30);
selectWindow("field.tif");
run("BioDL Run Model...", "model=[" + models + "two] image2=second.tif");
check("two images, two results", nImages, 4);
selectWindow("Tiny two-sum of field.tif");
check("an image", "" + bitDepth() + " " + getPixel(30, 30), "32 " + (u + v));
check("both are named as sources", "" + Property.get("BioDL.source"), "field.tif, second.tif");
selectWindow("Tiny two-mask of field.tif");
expected = 0;
if (v > 100)
    expected = 255;
check("a mask", "" + bitDepth() + " " + getPixel(30, 30) + " " + is("Inverting LUT"), "8 " + expected + " 0");

field("16-bit", "stack");
setSlice(3);
v = getPixel(30, 30);
run("BioDL Run Model...", "model=[" + models + "labels]");
setSlice(3);
check("labels", "" + getTitle() + " " + bitDepth() + " " + getPixel(30, 30), "Tiny labels-labels of field.tif 16 " + v);
getLut(r, g, b);
check("in colours", (r[1] != g[1] || g[1] != b[1]), 1);

field("8-bit", "plane");
run("BioDL Run Model...", "model=[" + models + "half]");
getVoxelSize(vw, vh, vd, unit);
x = 0;
y = 0;
toScaled(x, y);
check("half the size", "" + getWidth() + " " + getHeight() + " " + vw + " " + vh + " " + x + " " + y, "45 35 1 0.5 0.25 0.125");

field("16-bit", "series");
saveAs("Tiff", out + "virtual-series.tif");
expected = means();
close();
run("TIFF Virtual Stack...", "open=[" + out + "virtual-series.tif]");
run("BioDL Denoise...", "model=[" + models + "smooth]");
found = values();
check("a virtual stack", found, expected);
print("END");
