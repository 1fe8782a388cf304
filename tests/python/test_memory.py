# SPDX-License-Identifier: MIT
"""What images cost besides themselves."""
import gc
import sys
import tracemalloc
import weakref

import numpy as np
import pytest
from conftest import python

REGION = (0, 0, 128, 128)      # so that pixels of a large image are read, and few computed


@pytest.mark.parametrize("dtype", ["u2", ">u2", "i2", "f8"])
def test_a_stack_is_never_held_twice(denoiser, dtype):
    stack = np.zeros((24, 2, 512, 512), dtype)[:, ::2, :, ::-1]
    stack[...] = np.random.default_rng(1).integers(0, 1000, (512, 512))
    denoiser.denoise(stack[:1], "ZCYX", region=REGION)
    tracemalloc.start()
    try:
        restored, _ = denoiser.denoise(stack, "ZCYX", region=REGION)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    plane = 512 * 512 * 4
    assert restored.shape == (24, 1, 128, 128)
    assert peak < restored.nbytes + 2 * plane < stack.nbytes / 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
@pytest.mark.parametrize("kind", ["u2", "f4"])
def test_a_plane_is_read_where_it_lies(kind):
    """What the process takes at most while a plane of 8192 x 8192 pixels is read, every second pixel of a larger one, is far below it."""
    script = f"""
import warnings, numpy, biodl
warnings.simplefilter('ignore')
def highest():
    return int(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]) << 10
larger = numpy.empty((8192, 16384), {kind!r})
larger[:] = numpy.arange(16384) % 977
image = larger[::-1, ::2]
model = biodl.Model('builtin:denoise-fluo')
model.denoise(image[:512, :512], region={REGION})
open('/proc/self/clear_refs', 'w').write('5')
before = highest()
model.denoise(image, region={REGION})
print(highest() - before, image.nbytes)
"""
    more, size = map(int, python(script).split())
    assert more < size / 4


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
@pytest.mark.parametrize("sides", [range(704, 1472, 128), [1000, 704, 1200, 960, 1344]])
def test_images_of_many_sizes_take_the_memory_of_the_largest(sides):
    def highest(*some):
        return int(python(f"""
import numpy, biodl
with biodl.Model('builtin:nuclei-fluo-small') as model:
    for side in {some}:
        model.segment(numpy.random.default_rng(side).integers(0, 255, (side, side), 'u1'), memory_limit=4 << 30)
print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])
"""))

    assert highest(*sides) < 1.25 * highest(max(sides))


def test_results_are_the_callers_own(stardist, image):
    labels, objects = stardist.segment(image)
    assert labels.flags.owndata and labels.flags.writeable
    kept = {name: values.copy() for name, values in objects.items()}
    for values in objects.values():
        values[...] = 0         # their own memory, and nobody else's
    again = stardist.segment(image)[1]
    for name in kept:
        np.testing.assert_array_equal(kept[name], again[name])


def test_images_are_let_go(stardist, image):
    class Own(np.ndarray):
        pass

    own = image.copy().view(Own)
    gone = weakref.ref(own)
    gc.disable()
    try:
        stardist.segment(own, progress=lambda state: None)
        with pytest.raises(ValueError):
            stardist.segment(own, prob_threshold=3.0)
        del own
        assert gone() is None
    finally:
        gc.enable()
