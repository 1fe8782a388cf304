// Loads the native libraries and tells of them.
print(call("org.biodl.command.Headless.diagnostics"));
