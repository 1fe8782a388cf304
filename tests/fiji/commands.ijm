// "BioDL Segment..." in batch mode on every kind of image. Argument: a folder to write to. Nuclei are drawn, so their number is known.
out = getArgument() + File.separator;
var pitch = 48;
var columns = 4;
var rows = 3;
var nuclei = columns * rows;
all = "output=Both tile=auto device=cpu";

// Both sides are compared as text.
function check(name, found, expected) {
    if ("" + found == "" + expected)
        print("PASS " + name);
    else
        print("FAIL " + name + ": found " + found + ", expected " + expected);
}

// 1 when two numbers are closer than a tolerance.
function near(a, b, tolerance) {
    if (abs(a - b) < tolerance)
        return 1;
    return 0;
}

// Draws the nuclei on every plane of the current image.
function draw() {
    for (plane = 1; plane <= nSlices; plane++) {
        setSlice(plane);
        for (i = 0; i < nuclei; i++) {
            level = 110 + 10 * (i % 7);
            setColor(level, level, level);
            if (bitDepth() != 24)
                setColor(level);
            fillOval((i % columns) * pitch + 12, floor(i / columns) * pitch + 14, 24, 20);
        }
    }
    setSlice(1);
    if (nSlices > 1)
        run("Gaussian Blur...", "sigma=1.8 stack");
    else
        run("Gaussian Blur...", "sigma=1.8");
}

function specimen(type, slices) {
    roiManager("reset");
    close("*");
    newImage("nuclei.tif", type, columns * pitch, rows * pitch, slices);
    draw();
}

// The label at the centre of nucleus i of the current label image; 0 where none was found.
function labelOf(i) {
    return getPixel((i % columns) * pitch + 24, floor(i / columns) * pitch + 24);
}

function distinctLabels() {
    seen = newArray(100000);
    count = 0;
    for (i = 0; i < nuclei; i++) {
        label = labelOf(i);
        if (label > 0 && seen[label] == 0)
            count++;
        seen[label] = 1;
    }
    return count;
}

types = newArray("8-bit black", "16-bit black", "32-bit black", "RGB black");
for (k = 0; k < types.length; k++) {
    specimen(types[k], 1);
    run("BioDL Segment...", all);
    check("a label on each nucleus, " + types[k], "" + getTitle() + " " + bitDepth() + " " + distinctLabels(), "nuclei-labels 16 " + nuclei);
    check("a ROI for each, " + types[k], roiManager("count"), nuclei);
    check("a row for each, " + types[k], Table.size("BioDL Objects"), nuclei);
}
hash = Property.get("BioDL.model_sha256");
check("provenance", "" + Property.get("BioDL.objects") + " " + Property.get("BioDL.device") + " " + lengthOf(hash),
    "" + nuclei + " cpu 64");
options = "" + Property.get("BioDL.options");
check("the model that was meant is named", startsWith(options, "model=builtin:nuclei-fluo"), true);
check("the options are kept", substring(options, indexOf(options, " ") + 1), "channels=all slices=all frames=all "
    + "normalize=true percentile_low=model percentile_high=model dark_objects=false scale=none object_diameter=model probability=model overlap=model output=Both labels=[per plane] "
    + "border=model integer_vertices=false exclude_edges=false min_area=0 max_area=none grow=0 rings=false link=none probability_map=false distance_map=false overlay=true rois=replace reset_rois=false table=replace measure=true tile=auto memory=auto device=cpu");
selectWindow("nuclei.tif");
check("outlines on the image", Overlay.size, nuclei);
run("BioDL Segment...", all);
selectWindow("nuclei.tif");
check("a second run replaces the outlines", Overlay.size, nuclei);
check("and its own ROIs", roiManager("count"), nuclei);
makeRectangle(3, 3, 5, 5);
Roi.setName("mine");
roiManager("add");
run("Select None");
run("BioDL Segment...", all);
check("a ROI that the user made stays", "" + roiManager("count") + " " + RoiManager.getName(0), "" + nuclei + 1 + " mine");
selectWindow("nuclei.tif");
run("BioDL Segment...", all + " rois=add");
check("ROIs are added when asked", roiManager("count"), 2 * nuclei + 1);
selectWindow("nuclei.tif");
run("BioDL Segment...", all + " reset_rois=true");
check("all are removed only when asked", roiManager("count"), nuclei);
selectWindow("nuclei.tif");
run("Duplicate...", "title=[second one.tif]");
run("BioDL Segment...", all + " table=append");
check("those of another open image stay", "" + roiManager("count") + " " + RoiManager.getName(0) + " " + RoiManager.getName(nuclei),
    "" + 2 * nuclei + " nuclei.tif Object 1 second one.tif Object 1");
roiManager("select", 0);
first = Roi.getGroup();
roiManager("select", nuclei);
check("each image is a group", "" + first + " " + Roi.getGroup(), "1 2");
roiManager("select", nuclei);
check("their properties tell the image", "" + Roi.getProperty("Image"), "second one.tif");
check("rows are appended when asked", "" + Table.size("BioDL Objects") + " " + Table.getString("Image", nuclei - 1, "BioDL Objects") + " "
    + Table.getString("Image", nuclei, "BioDL Objects"), "" + 2 * nuclei + " nuclei.tif second one.tif");
selectWindow("second one.tif");
run("BioDL Segment...", all);
selectWindow("second one-labels-1");
check("titles of windows are unique", getTitle(), "second one-labels-1");
close("second*");
selectWindow("nuclei.tif");
run("BioDL Segment...", all);
check("those of a closed image go", "" + roiManager("count") + " " + Table.size("BioDL Objects"), "" + nuclei + " " + nuclei);

specimen("16-bit black", 1);
setVoxelSize(0.5, 0.25, 1, "mm");
run("BioDL Segment...", all);
getVoxelSize(w, h, d, unit);
check("calibration is kept", "" + w + " " + h + " " + unit, "0.5 0.25 mm");
roiManager("select", 0);
area = Table.get("Area", 0, "BioDL Objects");
check("areas are in the unit of the image", near(area, getValue("Area"), 0.1 * area), 1);
selectWindow("nuclei.tif");
measured = newArray("Area", "X", "Y", "Perim.", "Circ.", "Feret", "Mean", "Min", "Max", "StdDev");
for (i = 0; i < nuclei; i++) {
    roiManager("select", i);
    for (k = 0; k < measured.length; k++)
        check("" + measured[k] + " of object " + i + " is what ImageJ measures",
            near(Table.get(measured[k], i, "BioDL Objects"), getValue(measured[k]), 0.0001), 1);
}

specimen("8-bit black", 3);
setSlice(2);
setMetadata("Label", "second");
run("BioDL Segment...", all + " slices=all");
check("a stack gives a stack", "" + nSlices + " " + roiManager("count"), "3 " + 3 * nuclei);
setSlice(2);
check("slice labels are kept", "" + getInfo("slice.label"), "second");
check("labels start at 1 in each slice", "" + distinctLabels() + " " + getValue("Max"), "" + nuclei + " " + nuclei);
selectWindow("nuclei.tif");
roiManager("select", 2 * nuclei);
check("ROIs know their slice", getSliceNumber(), 3);
setSlice(2);
run("Select None");
run("BioDL Segment...", "output=Both tiles=auto exclude_border=model slices=current labels=unique reset_rois=true device=cpu");
options = "" + Property.get("BioDL.options");
check("former keys are read, and the note says which slice", "" + indexOf(options, "current") + " " + (indexOf(options, "slices=2 ") > 0), "-1 1");
details = "" + Property.get("BioDL.details");
check("so does the provenance", "" + indexOf(details, "current") + " " + (indexOf(details, "\"slices\":[2]") > 0) + " " + (indexOf(details, "\"title\":\"nuclei.tif\"") > 0), "-1 1 1");
selectWindow("nuclei.tif");
run("BioDL Segment...", all + " slices=2 labels=unique reset_rois=true");
check("one slice gives one plane", "" + nSlices + " " + roiManager("count"), "1 " + nuclei);

specimen("16-bit black", 8);
run("Stack to Hyperstack...", "order=xyczt(default) channels=2 slices=2 frames=2 display=Grayscale");
Stack.setFrameInterval(7);
run("BioDL Segment...", all + " channels=2 slices=all frames=all labels=unique");
Stack.getDimensions(w, h, c, z, t);
check("a hyperstack keeps slices and frames", "" + c + " " + z + " " + t, "1 2 2");
check("the frame interval is kept", Stack.getFrameInterval(), 7);
Stack.setPosition(1, 2, 2);
check("unique labels", getValue("Max"), 4 * nuclei);
selectWindow("nuclei.tif");
roiManager("select", 4 * nuclei - 1);
Stack.getPosition(c, z, t);
check("ROIs know slice and frame", "" + z + " " + t, "2 2");

specimen("8-bit black", 3);
saveAs("Tiff", out + "virtual.tif");
close();
run("TIFF Virtual Stack...", "open=[" + out + "virtual.tif]");
check("the stack is virtual", is("Virtual Stack"), 1);
run("BioDL Segment...", all);
check("a virtual stack", "" + nSlices + " " + roiManager("count"), "3 " + 3 * nuclei);

specimen("8-bit black", 1);
makeRectangle(pitch, pitch, 2 * pitch, pitch);
run("BioDL Segment...", all);
check("a rectangle limits the search", roiManager("count"), 2);
check("the label image is as large as the image", "" + getWidth() + " " + getHeight(), "" + columns * pitch + " " + rows * pitch);
check("and empty outside", "" + labelOf(0) + labelOf(4) + labelOf(7) + labelOf(9) + " " + distinctLabels(), "0000 2");
roiManager("select", 0);
getSelectionBounds(x, y, w, h);
check("ROIs lie in the whole image", near(y + h / 2, 1.5 * pitch, 4), 1);
specimen("8-bit black", 1);
makePolygon(0, 0, 110, 0, 0, 110);
run("BioDL Segment...", all);
check("so does any other shape", "" + roiManager("count") + " " + distinctLabels() + " " + labelOf(5), "3 3 0");

names = newArray("black", "constant", "NaN", "1x1", "1 pixel wide");
for (k = 0; k < names.length; k++) {
    roiManager("reset");
    close("*");
    width = 64;
    if (k >= 3)
        width = 1;
    height = 64;
    if (k == 3)
        height = 1;
    newImage("nothing.tif", "32-bit black", width, height, 1);
    if (k == 1)
        run("Add...", "value=77");
    if (k == 2)
        run("Macro...", "code=v=0/0");
    run("BioDL Segment...", all);
    check("nothing to find: " + names[k], "" + getTitle() + " " + roiManager("count") + " " + getValue("Max") + " " + Table.size("BioDL Objects"),
        "nothing-labels 0 0 0");
}

specimen("8-bit black", 1);
run("BioDL Segment...", "output=[ROI Manager] overlay=false");
check("ROIs alone", "" + nImages + " " + roiManager("count") + " " + Overlay.size, "1 " + nuclei + " 0");
run("BioDL Segment...", "output=[Label Image] reset_rois=true probability=0.999999");
check("a high threshold finds nothing, and leaves the ROI Manager alone", "" + nImages + " " + roiManager("count") + " "
    + Property.get("BioDL.objects"), "2 " + nuclei + " 0");
print("END");
