// The recorded macro of "BioDL Segment..." on one image, with everything it makes saved. Argument: IMAGE, MODEL, OUT, one a line.
arguments = split(getArgument(), "\n");
image = arguments[0];
model = arguments[1];
out = arguments[2] + File.separator;

open(image);
source = getTitle();
run("Enhance Contrast", "saturated=0.35");
run("BioDL Segment...", "model=[" + model + "] slices=all frames=all normalize=true percentile_low=model percentile_high=model "
    + "probability=model overlap=model output=Both labels=[per plane] exclude_border=model integer_vertices=false overlay=true "
    + "reset_rois=false tiles=auto device=auto");
labels = getTitle();
objects = Property.get("BioDL.objects");
device = Property.get("BioDL.device_name") + " (" + Property.get("BioDL.device") + ")";
times = Property.get("BioDL.times");

start = getTime();
saveAs("Tiff", out + "labels.tif");
rename(labels);
if (parseInt(objects) > 0)
    roiManager("Save", out + "rois.zip");
Table.save(out + "objects.csv", "BioDL Objects");
written = getTime() - start;
selectWindow(source);
if (nSlices == 1)
    run("Flatten");
else
    run("Flatten", "slice");
saveAs("PNG", out + "overlay.png");
close();

// A picture of the windows side by side.
place(labels, 660);
place(source, 20);
Table.setLocationAndSize(660, 640, 620, 320, "BioDL Objects");
if (isOpen("ROI Manager")) {
    selectWindow("ROI Manager");
    setLocation(20, 640);
}
if (isOpen("Log"))
    Table.setLocationAndSize(270, 640, 380, 320, "Log");
wait(1000);
File.saveString("Objects found: " + objects + "\nDevice: " + device + "\nMilliseconds: " + substring(times, 0, indexOf(times, ", total"))
    + ", write " + written + "\n", out + "report.txt");
exec("import", "-window", "root", out + "screenshot.png");
File.saveString("", out + ".done");

// The whole image, as large as fits beside another.
function place(title, x) {
    selectWindow(title);
    zoom = 100 * minOf(1, minOf(600 / getWidth(), 440 / getHeight()));
    run("Set... ", "zoom=" + zoom + " x=" + getWidth() / 2 + " y=" + getHeight() / 2);
    setLocation(x, 120);
}
