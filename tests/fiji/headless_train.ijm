// A training without a window system, from two folders; its model is used. Argument: a folder to write to.
out = getArgument() + "/";
File.makeDirectory(out + "noisy");
File.makeDirectory(out + "clean");
for (i = 1; i <= 2; i++) {
    newImage("field" + i, "8-bit ramp", 64, 64, 1);
    saveAs("Tiff", out + "clean/field" + i + ".tif");
    for (k = 0; k < 4096; k++)
        setPixel(k % 64, floor(k / 64), minOf(255, getPixel(k % 64, floor(k / 64)) + 60 * random));
    saveAs("Tiff", out + "noisy/field" + i + ".tif");
    close();
}
print(call("org.biodl.ij1.batch.Headless.train", "method=restoration name=[pairs of files] images=[" + out + "noisy] targets=[" + out
    + "clean] validation=0.5 patch=32 batch=1 steps=3 threads=1"));
print(call("org.biodl.ij1.batch.Headless.denoise", "image=[" + out + "noisy/field1.tif] model=" + call("ij.Prefs.get", "biodl.trained", "")));
