// The three commands without a window system. Argument: an image, a folder to write to, the folder of the models.
arguments = split(getArgument(), "|");
image = "image=[" + arguments[0] + "] ";
print(call("org.biodl.ij1.batch.Headless.denoise", image + "model=[" + arguments[2] + "/smooth] output_file=[" + arguments[1] + "/denoised.tif]"));
print(call("org.biodl.ij1.batch.Headless.stain", image + "model=[" + arguments[2] + "/stain] output_file=[" + arguments[1] + "/stained.tif]"));
print(call("org.biodl.ij1.batch.Headless.run", image + "model=[" + arguments[2] + "/two] image2=[" + arguments[0] + "] output_file=[" + arguments[1] + "/run.tif]"));
