"""A reference from a text to somewhere else."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image in Markdown; `target` is as written, `place` is where the target is."""

    target: str
    place: Place
    is_image: bool = False
