// Models as other plugins save them. Argument: the folder of Noise2Void's test images|the folder of the models.
arguments = split(getArgument(), "|");
images = arguments[0] + File.separator;
models = arguments[1] + File.separator;

function check(name, found, expected) {
    if ("" + found == "" + expected)
        print("PASS " + name);
    else
        print("FAIL " + name + ": found " + found + ", expected " + expected);
}

zip = "";
files = getFileList(models + "n2v-savedmodel");
for (i = 0; i < files.length; i++)
    if (endsWith(files[i], ".zip"))
        zip = models + "n2v-savedmodel" + File.separator + files[i];

// The network's own test: the transposed image goes in as it is, and what comes out is the transposed answer.
open(images + "testinput.tif");
rename("input.tif");
run("32-bit");
run("Rotate 90 Degrees Right");
run("Flip Horizontally");
width = getWidth();
height = getHeight();
run("BioDL Denoise...", "model=[" + zip + "] normalize=false output=32-bit");
check("Noise2Void runs", "" + getTitle() + " " + bitDepth() + " " + getWidth() + " " + getHeight(), "input-denoised 32 " + width + " " + height);
run("Rotate 90 Degrees Right");
run("Flip Horizontally");
open(images + "testoutput.tif");
rename("expected.tif");
run("32-bit");
imageCalculator("Difference create 32-bit", "input-denoised", "expected.tif");
largest = getValue("Max");
print("largest deviation of Noise2Void from its own answer: " + d2s(largest, 9));
check("and gives its own answer within 1e-4", (largest < 0.0001), 1);

// In its own unit, in the image's type, over a time series.
newImage("series.tif", "16-bit ramp", 150, 130, 3);
run("Divide...", "value=100 stack");
run("Add Specified Noise...", "stack standard=20");
Stack.setDimensions(1, 1, 3);
run("BioDL Denoise...", "model=[" + zip + "]");
Stack.getDimensions(w, h, c, z, t);
check("a time series", "" + bitDepth() + " " + w + " " + h + " " + c + " " + z + " " + t, "16 150 130 1 1 3");
check("the format is known", "" + Property.get("BioDL.weights_format"), "tensorflow_saved_model_bundle");

care = models + "care-savedmodel";
newImage("care.tif", "8-bit ramp", 161, 131, 1);
run("Add Specified Noise...", "standard=20");
mean = getValue("Mean");
run("BioDL Denoise...", "model=[" + care + "]");
check("CARE runs", "" + getTitle() + " " + bitDepth() + " " + getWidth() + " " + getHeight(), "care-denoised 8 161 131");
run("BioDL Denoise...", "model=[" + care + "] percentile_low=1 percentile_high=99 output=32-bit");
options = "" + Property.get("BioDL.options");
check("with other percentiles", (indexOf(options, "percentile_low=1 percentile_high=99") > 0), 1);
print("END");
