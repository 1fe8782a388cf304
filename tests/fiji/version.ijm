// Loads the native libraries and tells of them.
print(call("org.biodl.ij1.batch.Headless.diagnostics"));
