# SPDX-License-Identifier: MIT
"""Results of blocks in a folder that all workers see: computed once, whole or not there, found again by a run that is started again."""
import hashlib
import json
import os
import uuid
from pathlib import Path
from typing import Any, Callable, Dict, Optional

import numpy as np


class Kept:
    """
    A folder for the blocks of one run.

    Parameters
    ----------
    folder : path or None
        None: nothing is kept.
    settings : dict
        All that results depend on; another run in the same folder has files of its own.
    """

    def __init__(self, folder: Optional[os.PathLike], settings: Dict[str, Any]):
        self._folder = None
        if folder is None:
            return
        text = json.dumps(settings, sort_keys=True, default=str)
        self._folder = Path(folder) / hashlib.sha256(text.encode()).hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._folder / "settings.json", lambda file: file.write(text.encode()))

    @property
    def keeps(self) -> bool:
        """Whether blocks lie in a folder."""
        return self._folder is not None

    def __call__(self, index, work: Callable[[], Dict[str, np.ndarray]]) -> Any:
        """
        The arrays of a block that `work` makes, or where they lie.

        Returns
        -------
        dict of arrays, or str
            For `load`.
        """
        if self._folder is None:
            return work()
        path = self._folder / ("-".join(map(str, index)) + ".npz")
        if not path.exists():
            arrays = work()
            _write(path, lambda file: np.savez_compressed(file, **arrays))
        return str(path)


def load(kept, *names: str) -> Dict[str, np.ndarray]:
    """These arrays of a block, or all of them."""
    if isinstance(kept, dict):
        return {name: kept[name] for name in names or kept}
    with np.load(kept) as arrays:
        return {name: arrays[name] for name in names or arrays.files}


def _write(path: Path, work) -> None:
    beside = path.with_name(f".{uuid.uuid4().hex}.tmp")
    try:
        with open(beside, "wb") as file:
            work(file)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
