// Runs a model over a small image. Argument: the model's folder.
newImage("grey.tif", "8-bit ramp", 64, 64, 1);
run("BioDL Run Model...", "model=[" + getArgument() + "] device=cpu");
