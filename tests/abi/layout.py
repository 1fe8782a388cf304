"""layout.py PACKAGE LAYOUT LIBRARY: the ctypes structs are as tests/abi/layout.c printed them, and the library has all functions."""
import ctypes
import importlib.util
import pathlib
import sys

spec = importlib.util.spec_from_file_location("_abi", pathlib.Path(sys.argv[1]) / "_abi.py")
abi = importlib.util.module_from_spec(spec)
spec.loader.exec_module(abi)

lines = []
for struct in abi.STRUCTS:
    lines.append(f"{struct.__name__} sizeof {ctypes.sizeof(struct)}")
    lines += [f"{struct.__name__} {name} {getattr(struct, name).offset}" for name, _ in struct._fields_]
expected = pathlib.Path(sys.argv[2]).read_text().splitlines()
for ours, theirs in zip(lines, expected):
    if ours != theirs:
        sys.exit(f"ctypes has '{ours}' where the compiler has '{theirs}'")
if len(lines) != len(expected):
    sys.exit(f"ctypes has {len(lines)} lines and the compiler {len(expected)}")
abi.declare(ctypes.CDLL(sys.argv[3]))
