# SPDX-License-Identifier: MIT
"""
wheel.py DIST OUT: the package biodl with its native libraries as one wheel for this platform, and the plugin napari-biodl as one for all,
by the wheel format's rules (PEP 427, 639, 600). Needs Python alone. The same files give the same bytes.

DIST is what the build installed: lib/PLATFORM, licenses, LICENSE.
"""
import base64
import hashlib
import re
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMMARY = "Deep learning for microscopy: segmentation, restoration, virtual staining and training by one native library"
DESCRIPTION = """\
`labels, objects = biodl.segment(image)`: StarDist, CARE, Noise2Void and other networks in the formats of the BioImage Model Zoo, on NumPy,
xarray and dask arrays, without TensorFlow or PyTorch.
"""
REQUIRES = ("numpy>=1.20",)
EXTRAS = {"progress": ("tqdm",), "xarray": ("xarray",), "zarr": ("zarr>=2.12",), "dask": ("dask[array,distributed]>=2022.12",)}
NAPARI_SUMMARY = "BioDL in napari: segment, restore, stain, run and train, with a preview of what is seen"
NAPARI_DESCRIPTION = """\
Widgets over `biodl`: StarDist, CARE, Noise2Void, virtual staining and any model of the BioImage Model Zoo. Results keep scale, units, names
and colours of their image; objects come as labels, outlines and a table.
"""
NAPARI_REQUIRES = ("napari>=0.4.19", "magicgui>=0.7", "superqt>=0.4")
NAPARI_ENTRY_POINTS = "[napari.manifest]\nnapari-biodl = napari_biodl:napari.yaml\n"
# What .NET and ONNX Runtime of this release need; on Linux the libraries themselves say which C library.
TAGS = {"osx-arm64": "macosx_14_0_arm64", "osx-x64": "macosx_14_0_x86_64", "win-x64": "win_amd64", "win-arm64": "win_arm64"}
MACHINES = {"x64": "x86_64", "arm64": "aarch64"}
NATIVES = ("*biodl.*", "biodl-torch*", "*onnxruntime*")     # neither the JNI library nor libtorch


class Wheel:
    """
    A wheel that is being written.

    Parameters
    ----------
    folder : Path
        Where it will lie.
    name, version, tag : str
        Such as "biodl", "0.2.0", "py3-none-any".
    """

    def __init__(self, folder: Path, name: str, version: str, tag: str):
        self.name, self.version, self.tag = name, version, tag
        self.info = f"{name}-{version}.dist-info"
        self.path = folder / f"{name}-{version}-{tag}.whl"
        self._part = self.path.with_suffix(".part")
        self._records = []
        folder.mkdir(parents=True, exist_ok=True)
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, inside: str, data: bytes, executable: bool = False) -> None:
        """One file."""
        entry = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
        entry.external_attr = (0o100755 if executable else 0o100644) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data)
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        self._records.append(f"{inside},sha256={digest},{len(data)}\n")

    def add_folder(self, folder: Path, inside: str) -> None:
        """All files of a folder but what Python compiled."""
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                self.add(f"{inside}/{file.relative_to(folder).as_posix()}", file.read_bytes())

    def finish(self, metadata: str) -> Path:
        """Write what installers read, and move the whole wheel to its place."""
        pure = "true" if self.tag.endswith("-any") else "false"
        self.add(f"{self.info}/METADATA", metadata.encode())
        self.add(f"{self.info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: biodl\nRoot-Is-Purelib: {pure}\nTag: {self.tag}\n".encode())
        self._zip.writestr(zipfile.ZipInfo(f"{self.info}/RECORD", (1980, 1, 1, 0, 0, 0)),
            "".join(self._records) + f"{self.info}/RECORD,,\n")
        self._zip.close()
        for former in self.path.parent.glob(f"{self.name}-*.whl"):
            former.unlink()     # so that `pip install OUT/*.whl` means this one
        self._part.replace(self.path)
        return self.path


def version() -> str:
    """The package's own."""
    return re.search(r'^__version__ = "(.+)"$', (HERE / "biodl/__init__.py").read_text(), re.MULTILINE)[1]


def metadata(name: str, summary: str, requires, extras, description: str, classifiers=()) -> str:
    """The METADATA of a wheel of this version."""
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version()}", f"Summary: {summary}", "License: MIT",
        "Requires-Python: >=3.9", "Classifier: Topic :: Scientific/Engineering :: Image Processing"]
    lines += [f"Classifier: {one}" for one in classifiers]
    lines += [f"Requires-Dist: {one}" for one in requires]
    for extra, packages in extras.items():
        lines += [f"Provides-Extra: {extra}", *(f'Requires-Dist: {one}; extra == "{extra}"' for one in packages)]
    return "\n".join([*lines, "Description-Content-Type: text/markdown", "", description])


def platform_tag(natives) -> str:
    """The oldest system that the libraries run on; of Linux by the newest symbol of the C library that any of them asks for."""
    folder = natives[0].parent.name
    if folder in TAGS:
        return TAGS[folder]
    asked = [(int(major), int(minor)) for file in natives for major, minor in re.findall(rb"GLIBC_(\d+)\.(\d+)", file.read_bytes())]
    major, minor = max(asked)
    return f"manylinux_{major}_{minor}_{MACHINES[folder.split('-')[1]]}"


def build(dist: Path, out: Path) -> Path:
    """The wheel of this platform."""
    folder = next(path for path in sorted((dist / "lib").iterdir()) if any(path.glob("*biodl.*")))
    natives = sorted({file for pattern in NATIVES for file in folder.glob(pattern) if file.is_file()})
    wheel = Wheel(out, "biodl", version(), f"py3-none-{platform_tag(natives)}")
    wheel.add_folder(HERE / "biodl", "biodl")
    for file in natives:
        wheel.add(f"biodl/native/{file.name}", file.read_bytes(), executable=True)
    wheel.add(f"{wheel.info}/licenses/LICENSE", (dist / "LICENSE").read_bytes())
    wheel.add_folder(dist / "licenses", f"{wheel.info}/licenses/third-party")
    return wheel.finish(metadata("biodl", SUMMARY, REQUIRES, EXTRAS, DESCRIPTION))


def build_napari(dist: Path, out: Path) -> Path:
    """The wheel of the plugin for napari, which has no natives of its own."""
    wheel = Wheel(out, "napari_biodl", version(), "py3-none-any")
    wheel.add_folder(HERE / "napari_biodl", "napari_biodl")
    wheel.add(f"{wheel.info}/entry_points.txt", NAPARI_ENTRY_POINTS.encode())
    wheel.add(f"{wheel.info}/licenses/LICENSE", (dist / "LICENSE").read_bytes())
    requires = (f"biodl=={version()}", *NAPARI_REQUIRES)
    return wheel.finish(metadata("napari-biodl", NAPARI_SUMMARY, requires, {}, NAPARI_DESCRIPTION, ["Framework :: napari"]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for make in (build, build_napari):
        print(make(Path(sys.argv[1]), Path(sys.argv[2])))
