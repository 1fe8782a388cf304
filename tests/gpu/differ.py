"""How far two float32 TIFFs of the same shape are apart: prints the largest |a - b| / (1 + |b|), and fails above a tolerance.

    differ.py A.tif B.tif TOLERANCE
"""
import array
import struct
import sys


def pixels(path):
    """The samples of a TIFF whose pages lie one after the other, uncompressed, as biodl writes them."""
    with open(path, "rb") as file:
        data = file.read()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(order + "I", data[4:8])[0]
    tags = {}
    for i in range(struct.unpack(order + "H", data[at:at + 2])[0]):
        tag, kind, count = struct.unpack(order + "HHI", data[at + 2 + 12 * i:at + 10 + 12 * i])
        value = data[at + 10 + 12 * i:at + 14 + 12 * i]
        tags[tag] = (count, struct.unpack(order + ("H" if kind == 3 else "I"), value[:2] if kind == 3 else value)[0])
    if tags[258][1] != 32 or tags.get(259, (1, 1))[1] != 1:
        sys.exit(f"{path} is no uncompressed TIFF of 32 bits")
    count, offset = tags[273]
    start = offset if count == 1 else struct.unpack(order + "I", data[offset:offset + 4])[0]
    samples = array.array("f", data[start:start + 4 * tags[256][1] * tags[257][1]])
    if (order == "<") != (sys.byteorder == "little"):
        samples.byteswap()
    return samples


a, b, tolerance = pixels(sys.argv[1]), pixels(sys.argv[2]), float(sys.argv[3])
if len(a) != len(b) or not a:
    sys.exit(f"{len(a)} and {len(b)} pixels")
worst = max(abs(x - y) / (1 + abs(y)) for x, y in zip(a, b))
print(f"{len(a)} pixels, at most {worst:.2e} apart")
sys.exit(not worst <= tolerance)
