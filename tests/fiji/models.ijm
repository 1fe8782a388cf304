// "BioDL Models..." in batch mode. Argument: a folder with nuclei.zip, the address of a server with the same file; one a line.
arguments = split(getArgument(), "\n");
folder = arguments[0] + File.separator;
address = arguments[1];
var table = "BioDL Models";
var builtIn = "builtin:nuclei-fluo-small";

// Both sides are compared as text.
function check(name, found, expected) {
    if ("" + found == "" + expected)
        print("PASS " + name);
    else
        print("FAIL " + name + ": found " + found + ", expected " + expected);
}

function holds(name, text, part) {
    if (indexOf(text, part) >= 0)
        print("PASS " + name);
    else
        print("FAIL " + name + ": no '" + part + "' in " + text);
}

// What a column says of a model in the table of the last listing; "none" where the model is not in it.
function cell(id, column) {
    found = "none";
    for (i = 0; i < Table.size(table); i++)
        if (Table.getString("Id", i, table) == id)
            found = Table.getString(column, i, table);
    return found;
}

function state(id) {
    run("BioDL Models...", "action=list");
    found = cell(id, "State");
    return found;
}

run("BioDL Models...", "action=list");
check("the built-in model is listed", "" + cell(builtIn, "Task") + ", " + cell(builtIn, "Licence") + ", " + cell(builtIn, "State"), "segment, MIT, built in");
run("BioDL Models...", "action=list task=other");
check("a task without models", Table.size(table), 0);
run("BioDL Models...", "action=list task=stain");
check("models of a task", "" + cell("builtin:stain-bacteria", "Task") + " and " + cell(builtIn, "Task"), "stain and none");
run("BioDL Models...", "action=list task=segment filter=[stardist small]");
check("words that are found", "" + cell(builtIn, "Name"), "Nuclei, fluorescence, small");

check("nothing is installed", "" + state("nuclei"), "none");
run("BioDL Models...", "action=install source=[" + folder + "nuclei.zip]");
check("a zip file is installed", "" + state("nuclei"), "installed");
holds("the source is kept", "" + call("org.biodl.ij1.batch.Headless.models", "action=info id=nuclei"), "nuclei.zip");
holds("it gives its own test output", "" + call("org.biodl.ij1.batch.Headless.models", "action=verify id=nuclei device=cpu"), "passed");
run("BioDL Models...", "action=verify id=nuclei device=cpu");
run("BioDL Models...", "action=info id=nuclei");

newImage("cells.tif", "16-bit black", 128, 128, 1);
setColor(150);
fillOval(20, 20, 22, 22);
fillOval(80, 70, 24, 20);
run("BioDL Segment...", "model=nuclei output=[Label Image] overlay=false device=cpu");
check("an installed model runs by its id", getValue("Max"), 2);
close("*");

run("BioDL Models...", "action=remove id=nuclei");
check("it is removed", "" + state("nuclei"), "none");
run("BioDL Models...", "action=install source=" + address + "/files/nuclei.zip");
check("a URL is installed", "" + state("nuclei"), "installed");
run("BioDL Models...", "action=remove id=nuclei");
run("BioDL Models...", "action=install source=" + address + "/cut/nuclei.zip");
check("a download that breaks off goes on", "" + state("nuclei"), "installed");
run("BioDL Models...", "action=remove id=nuclei");
run("BioDL Models...", "action=list online");
check("online models are listed", "" + cell("nuclei", "State"), "online");
run("BioDL Models...", "action=install source=nuclei");
check("an online model is installed by its id", "" + state("nuclei"), "installed");
run("BioDL Models...", "action=remove id=nuclei");
print("END");
