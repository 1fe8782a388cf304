# SPDX-License-Identifier: MIT
"""Which axis of an array is which, and the T, Z, C, Y, X that the library sees."""
from typing import Optional, Sequence, Tuple

CANONICAL = "TZCYX"
_GUESSES = {2: "YX", 3: "ZYX", 5: "TZCYX"}
_GUESSES_OF_COLOURS = {3: "YXC", 4: "ZYXC"}


def guessed(shape: Sequence[int]) -> str:
    """
    The axes of an array that nothing is said of: YX, ZYX, TZCYX; YXC and ZYXC where the last axis is 3 or 4 long.

    Raises
    ------
    ValueError
        An array of four axes without colours may be a series, a stack or channels; so may others be.
    """
    colours = len(shape) > 2 and shape[-1] in (3, 4)
    axes = (_GUESSES_OF_COLOURS if colours and len(shape) in _GUESSES_OF_COLOURS else _GUESSES).get(len(shape))
    if axes is None:
        raise ValueError(f"The axes of an array of shape {tuple(shape)} are not known: name them, such as axes='ZCYX' or axes='TZYX'.")
    return axes


class Axes:
    """
    The axes of an array: one letter each of T, Z, C, Y, X, outermost first.

    Parameters
    ----------
    letters : str, optional
        Such as "ZYX" or "yxc"; S (samples) is C. None: as `guessed` says.
    shape : sequence of int
        Of the array.
    """

    def __init__(self, letters: Optional[str], shape: Sequence[int]):
        self.letters = guessed(shape) if letters is None else letters.upper().replace("S", "C")
        self.shape = tuple(int(size) for size in shape)
        self._check(letters)

    def _check(self, given):
        if len(self.letters) != len(self.shape):
            raise ValueError(f"axes='{given}' names {len(self.letters)} axes, and the array has {len(self.shape)}: {self.shape}.")
        if any(self.letters.count(letter) > 1 for letter in self.letters) or not set(self.letters) <= set(CANONICAL):
            raise ValueError(f"axes='{given}' is not made of T, Z, C, Y and X, each once at most.")
        if "Y" not in self.letters or "X" not in self.letters:
            raise ValueError(f"axes='{given}' has no Y or no X: an image has both.")
        if 0 in self.shape:
            raise ValueError(f"An array of shape {self.shape} has no pixels.")

    @property
    def sizes(self) -> Tuple[int, ...]:
        """T, Z, C, Y, X; an axis that the array has not is 1 long."""
        return tuple(self.shape[self.letters.index(axis)] if axis in self.letters else 1 for axis in CANONICAL)

    def without(self, axis: str) -> "Axes":
        """The axes of an array that has not this one."""
        kept = [(letter, size) for letter, size in zip(self.letters, self.shape) if letter != axis]
        return Axes("".join(letter for letter, _ in kept), [size for _, size in kept])

    def resized(self, sizes: Sequence[int]) -> "Axes":
        """
        The axes of a result with these T, Z, C, Y, X: in the order of this image. One that this image has not and that is longer than 1
        comes before the first that follows it in T, Z, C, Y, X.
        """
        letters = self.letters
        for axis, size in zip(CANONICAL, sizes):
            if axis not in letters and size > 1:
                later = CANONICAL[CANONICAL.index(axis) + 1:]
                place = min(letters.index(letter) for letter in later if letter in letters)
                letters = letters[:place] + axis + letters[place:]
        return Axes(letters, [sizes[CANONICAL.index(letter)] for letter in letters])

    def five(self, array):
        """An array of NumPy as T, Z, C, Y, X: a view."""
        order = [self.letters.index(axis) for axis in CANONICAL if axis in self.letters]
        missing = tuple(slice(None) if axis in self.letters else None for axis in CANONICAL)
        return array.transpose(order)[missing]

    def plane_of(self, source, number: int):
        """The Y, X pixels of plane number (t * Z + z) * C + c of anything that is indexed like an array."""
        sizes = dict(zip(CANONICAL, self.sizes))
        at = {"C": number % sizes["C"], "Z": number // sizes["C"] % sizes["Z"], "T": number // sizes["C"] // sizes["Z"]}
        plane = source[tuple(at.get(letter, slice(None)) for letter in self.letters)]
        return plane if self.letters.index("Y") < self.letters.index("X") else plane.T
