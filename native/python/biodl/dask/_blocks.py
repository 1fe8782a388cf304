# SPDX-License-Identifier: MIT
"""
How an image is cut into blocks.

Along Y (X likewise) a block owns its core and reads a halo around it, cut off at the image's edge::

    image   |--------------------------------------------------|
    cores   |           |            |            |            |
    outer            |<-|------------|->|

Cores and halos are whole numbers of the network's step, so that every block sees the pooling grid of the whole image; a block at the edge
reads at least what the network needs, so that nothing is mirrored that one process would read.
"""
import itertools
from dataclasses import dataclass
from typing import Iterator, Sequence, Tuple

Range = Tuple[int, int]


@dataclass(frozen=True)
class Block:
    """
    A block of a T, Z, C, Y, X image.

    Attributes
    ----------
    index : tuple of int
        Its place among the blocks along T, Z, channel groups, Y, X.
    frame : int
    channels : tuple of int
        That the network sees.
    core, outer : tuple of pairs
        First and end pixel along Z, Y, X: what it owns, and what it reads.
    """

    index: Tuple[int, int, int, int, int]
    frame: int
    channels: Tuple[int, ...]
    core: Tuple[Range, Range, Range]
    outer: Tuple[Range, Range, Range]

    @property
    def slices(self) -> tuple:
        """What it reads of a T, Z, C, Y, X array, of all channels."""
        return (slice(self.frame, self.frame + 1), slice(*self.outer[0]), slice(None), slice(*self.outer[1]), slice(*self.outer[2]))

    @property
    def region(self) -> Tuple[int, int, int, int]:
        """top, left, height, width of the core in what is read."""
        (top, bottom), (left, right) = self.core[1:]
        return top - self.outer[1][0], left - self.outer[2][0], bottom - top, right - left

    @property
    def shape(self) -> Tuple[int, int, int]:
        """Of the core along Z, Y, X."""
        return tuple(end - start for start, end in self.core)


class Grid:
    """
    All blocks of an image.

    Parameters
    ----------
    sizes : sequence of int
        T, Z, C, Y, X of the image.
    groups : sequence of tuples of int
        Channels of each run of the network.
    side : tuple of int
        Pixels of a core along Z, Y, X; rounded up to whole steps.
    halo : tuple of int
        Pixels around a core that its results depend on, along Z, Y, X; rounded up likewise.
    step, least : tuple of int
        Of the pooling grid along Z, Y, X, and the fewest pixels that the network takes.
    """

    def __init__(self, sizes: Sequence[int], groups, side, halo, step, least=(1, 1, 1)):
        self.groups = tuple(tuple(group) for group in groups)
        self.frames, lengths = sizes[0], (sizes[1], sizes[3], sizes[4])
        self.axes = [_cut(length, _up(one, by), _up(around, by), _up(fewest, by), by)
            for length, one, around, by, fewest in zip(lengths, side, halo, step, least)]

    @property
    def counts(self) -> Tuple[int, int, int, int, int]:
        """Blocks along T, Z, channel groups, Y, X."""
        z, y, x = (len(axis) for axis in self.axes)
        return self.frames, z, len(self.groups), y, x

    def chunks(self, axis: int) -> Tuple[int, ...]:
        """Sizes of the cores along Z (0), Y (1), X (2)."""
        return tuple(end - start for (start, end), _ in self.axes[axis])

    def __iter__(self) -> Iterator[Block]:
        for index in itertools.product(*map(range, self.counts)):
            frame, z, group, y, x = index
            parts = [self.axes[axis][place] for axis, place in enumerate((z, y, x))]
            yield Block(index, frame, self.groups[group], tuple(core for core, _ in parts), tuple(outer for _, outer in parts))


def neighbours(index: Sequence[int], counts: Sequence[int]) -> Iterator[Tuple[int, ...]]:
    """The places of the blocks around one in its plane."""
    for dy, dx in itertools.product((-1, 0, 1), repeat=2):
        y, x = index[3] + dy, index[4] + dx
        if (dy or dx) and 0 <= y < counts[3] and 0 <= x < counts[4]:
            yield (*index[:3], y, x)


def _up(size, step):
    return -(-int(size) // step) * step


def _cut(length, side, halo, least, step):
    parts = []
    for start in range(0, length, side):
        first = max(0, min(start - halo, (length - least) // step * step))
        parts.append(((start, min(start + side, length)), (first, min(max(start + side + halo, first + least), length))))
    return parts
