// A macro that must end at "BioDL Segment..." or another command. Argument: PREPARATION|OPTIONS[|COMMAND].
arguments = split(getArgument(), "|");
if (arguments[0] == "grey")
    newImage("grey.tif", "8-bit ramp", 64, 64, 1);
if (arguments[0] == "colour") {
    newImage("colour.tif", "RGB white", 64, 64, 1);
    setColor(255, 0, 0);
    fillRect(0, 0, 20, 64);
    setColor(0, 0, 255);
    fillRect(20, 0, 20, 64);
    run("8-bit Color", "number=16");
}
if (arguments[0] == "huge")
    newImage("huge.tif", "8-bit ramp", 15000, 13000, 1);
if (arguments[0] == "outside") {
    newImage("outside.tif", "8-bit ramp", 64, 64, 1);
    makeOval(100, 100, 20, 20);
}
command = "BioDL Segment...";
if (arguments.length > 2)
    command = arguments[2];
run(command, arguments[1]);
print("the macro went on");
