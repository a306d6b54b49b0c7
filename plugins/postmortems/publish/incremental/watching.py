"""Classes of the nouns that tell what is read of them, for as long as somebody wants to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem, attribute_of

DOCUMENTS = (Postmortem, Pattern)
ROOTS = (Analysis, Corpus)

Attribute = Callable[[Any, str], object]


plain_attribute: Callable[[Any, str], Any] = attribute_of
"""An attribute as it is, told to nobody."""


@contextmanager
def watched(of_document: Attribute, of_root: Attribute) -> Iterator[None]:
    """Let every attribute of the nouns be asked for here, and let them be short where they are told of."""
    if Postmortem.__repr__ is _short:
        yield
        return
    kept = [(kind, kind.__dict__.get("__repr__")) for kind in (*DOCUMENTS, *ROOTS)]
    for kind in DOCUMENTS:
        kind.__getattribute__, kind.__repr__ = of_document, _short  # type: ignore[method-assign]
    for root in ROOTS:
        root.__getattribute__, root.__repr__ = of_root, _short  # type: ignore[method-assign]
    try:
        yield
    finally:
        for noun, made in kept:
            del noun.__getattribute__
            noun.__repr__ = made  # type: ignore[assignment, method-assign]


def _short(noun: object) -> str:
    return f"<{getattr(noun, 'path', type(noun).__name__)}>"
