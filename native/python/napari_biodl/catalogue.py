# SPDX-License-Identifier: MIT
"""What the widgets show of the models there are. No window, no napari."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Tuple

import biodl

AUTOMATIC = "the built-in one for the image"


def choices(task: str) -> List[Tuple[str, str]]:
    """What a field for a model offers: a name and what `biodl` takes. Models that this machine can run.

    Parameters
    ----------
    task : str
        "segment", "denoise" or "stain", whose built-in default comes first as ""; "" for all models, and none that is chosen by itself.
    """
    entries = [entry for entry in biodl.models.list() if entry.runnable and task in ("", entry.task)]
    named = [(entry.name or entry.id, entry.id) for entry in entries]
    first = [(AUTOMATIC, "")] if task else [("none", "")]
    return first + named


def listed(online: bool = False) -> List[Tuple[str, Any]]:
    """All models with a line for each; online: also those of the collection."""
    return [(f"{entry.name or entry.id} ({entry.state})", entry) for entry in biodl.models.list(online)]


def described(entry: Any) -> str:
    """A model in words."""
    lines = [
        entry.name,
        entry.description,
        f"Task: {entry.task}. Input: {entry.input}",
        f"Made for: {entry.made_for}" if entry.made_for else "",
        f"Licence: {entry.licence}" if entry.licence else "",
        f"To cite: {entry.citation}" if entry.citation else "",
        "" if entry.runnable else f"Cannot be run here: {entry.why_not}",
        f"{entry.id}, {entry.source}",
    ]
    return "\n".join(line for line in lines if line.strip())


def install(source: str, progress: Any = None) -> str:
    """Install a model from a file, folder, URL or id; what was done in words."""
    entry = biodl.models.install(source, progress=progress)
    return f"{entry.name} is installed as {entry.id}" if entry is not None else f"{source} is installed"


def verify(id: str, progress: Any = None) -> str:
    """A model against its own test tensors, as a report."""
    return biodl.models.verify(id, progress=progress).text


def remove(id: str, progress: Any = None) -> str:
    """Remove an installed model."""
    biodl.models.remove(id)
    return f"{id} was removed"


ACTIONS: Dict[str, Callable[[str, Any], str]] = {"Install": install, "Verify": verify, "Remove": remove}
"""What the buttons of the models widget do."""
