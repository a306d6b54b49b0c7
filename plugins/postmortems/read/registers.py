"""The incident registers of the docs folder and of the sources mounted in it → one register."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from postmortems.model.diagnostic import Problem
from postmortems.model.register import REGISTER_FILE, Register, RegisterEntry
from postmortems.model.source_repository import Sources, register_here
from postmortems.read.files import Tree
from postmortems.read.opening import open_file
from postmortems.read.register import SHORTEN, read_register
from postmortems.read.snapshot import data_digest
from postmortems.read.store import Keeper
from postmortems.read.store_keys import base_key, register_key
from postmortems.settings import Settings


class _Kept(NamedTuple):
    """A register in a store, and what is wrong in its file."""

    register: Register
    problems: tuple[Problem, ...]


def read_registers(
    tree: Tree,
    settings: Settings,
    sources: Sources,
    ids: Set[str],
    problems: list[Problem],
    store: Keeper | None = None,
) -> Register | None:
    """The entries of all registers, those of the docs folder first; None where there is none. `ids` are those of all
    postmortems, and what is wrong is added to the problems. Of an incident in two of them, the first entry counts, as
    it does in one. A file that a store has kept is not parsed again."""
    base = base_key(settings) if store else ""
    own = _read(tree, f"{settings.folder}/{REGISTER_FILE}", problems, store, base)
    found = [own] if own is not None else []
    for source in sources.places:
        register = _read(tree, f"{source.home}/{REGISTER_FILE}", problems, store, base)
        if register is not None:
            found.append(register_here(register, source, ids))
    if not found:
        return None
    entries: dict[str, RegisterEntry] = {}
    for entry in (entry for register in found for entry in register.entries):
        first = entries.setdefault(entry.id, entry)
        if first is not entry:
            problems.append(_listed_twice(entry, first, sources))
    return Register(tuple(entries.values()))


def _listed_twice(entry: RegisterEntry, first: RegisterEntry, sources: Sources) -> Problem:
    source = sources.source_of(first.place.path)
    whose = f'that of the source "{source.name}"' if source else "this site's"
    return Problem(
        "duplicate-key",
        entry.place,
        f'incident "{entry.id[:80]}" is listed in two registers; the first is {whose}, on line {first.place.line} of '
        f"docs/{source.own(first.place.path) if source else first.place.path}",
        "keep one of the two",
    )


def _read(tree: Tree, path: str, problems: list[Problem], store: Keeper | None, base: str) -> Register | None:
    if path not in tree.files:
        return None
    data, problem = open_file(tree.root, path, SHORTEN)
    if problem:
        problems.append(problem)
        return Register()
    key = register_key(base, path, data_digest(data)) if store else ""
    kept = store.kept(key) if store else None
    if not isinstance(kept, _Kept):
        register, found = read_register(path, data)
        kept = _Kept(register, tuple(found))
        if store:
            store.keep(key, kept)
    problems.extend(kept.problems)
    return kept.register
