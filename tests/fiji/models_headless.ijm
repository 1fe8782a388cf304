// "BioDL Models..." without a window system. Argument: one call's options a line.
calls = split(getArgument(), "\n");
for (i = 0; i < calls.length; i++)
    print(call("org.biodl.ij1.batch.Headless.models", calls[i]));
