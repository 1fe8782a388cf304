// A macro that must end at "BioDL Models...". Argument: the options.
run("BioDL Models...", getArgument());
print("the macro went on");
