// Without a window system. Argument: an image, a folder to write to.
arguments = split(getArgument(), "|");
print(call("org.biodl.ij1.batch.Headless.segment", "image=[" + arguments[0] + "] labels_file=[" + arguments[1] + "/labels.tif] rois_file=["
    + arguments[1] + "/rois.zip] table_file=[" + arguments[1] + "/objects.csv]"));
print(call("org.biodl.ij1.batch.Headless.diagnostics"));
