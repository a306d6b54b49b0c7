"""The postmortems of a docs folder, from a store where it has them.

A store gives at once what most questions about a corpus need; the text of a postmortem, which is most of it, is loaded
when somebody first asks for it. So a check of many postmortems neither takes the time nor the memory of all texts.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeGuard

from postmortems.model.diagnostic import Problem
from postmortems.model.postmortem import LOADED_LATER, NOT_READ, Postmortem
from postmortems.model.source_repository import Sources
from postmortems.model.template import template_text, with_samples_marked
from postmortems.read.files import Tree
from postmortems.read.mounts import place_of
from postmortems.read.opening import open_file
from postmortems.read.postmortem import FILE, TIMELINE_FILE, postmortem_id, read_postmortem, unread_postmortem
from postmortems.read.snapshot import Snapshot, data_digest
from postmortems.read.source_repositories import sources_in
from postmortems.read.store import Keeper, Rest, Store
from postmortems.read.store_keys import base_key, postmortem_key, with_templates
from postmortems.read.templates import read_templates
from postmortems.settings import Settings

_AT_ONCE = tuple(each.name for each in fields(Postmortem) if each.name not in (*LOADED_LATER, *NOT_READ, "key"))
_AT_HAND = 16
"""Maximum number of texts that are at hand: whoever asks for one value of a text mostly asks for another soon."""


class Examiner(Protocol):
    """A look at every postmortem while its text is at hand, so that nobody has to ask for it later."""

    def examine(self, postmortem: Postmortem, templates: tuple[str, ...], /) -> object:
        """Find what is to be kept beside a postmortem."""

    def holds(self, examined: object, /) -> bool:
        """True if what an earlier run kept is what `examine` would give now."""


class _Kept(NamedTuple):
    """A postmortem in a store: the values of `_AT_ONCE`, and what an examiner found. Its text is kept apart."""

    values: tuple[Any, ...]
    examined: object


@dataclass
class Examination:
    """An examiner, and what is known of each postmortem once it has been read, by path.

    With `drops_texts` the text of a postmortem is let go once it has been examined, and loaded for whoever asks.
    `asked` is told of each part of a text that is loaded: the postmortem's path, and the part's name.
    """

    examiner: Examiner
    drops_texts: bool = False
    known: dict[str, object] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class PostmortemReader:
    """Reads postmortems one by one, each with the `timeline.json` beside it.

    `existing` are all files below the docs folder, `ids` those of all postmortems where there are `sources`. `problems`
    are told what belongs to no postmortem that was read.
    """

    docs: Path
    settings: Settings
    templates: tuple[str, ...]
    existing: frozenset[str]
    sources: Sources
    ids: frozenset[str]
    problems: list[Problem]
    snapshot: Snapshot | None = None
    store: Keeper | None = None
    examination: Examination | None = None
    _reopened: Store | None = None
    _at_hand: dict[tuple[str, str], Rest | Postmortem] = field(default_factory=dict)

    @cached_property
    def _base(self) -> str:
        return with_templates(base_key(self.settings), self.templates)

    def timeline_of(self, path: str) -> str | None:
        """The `timeline.json` beside a postmortem, if there is one."""
        beside = timeline_beside(path)
        return beside if beside in self.existing else None

    def read(self, path: str) -> Postmortem:
        """The postmortem at `path`, as it is in the corpus."""
        return self.sources.placed(self._read(path), self.ids)

    def kept(self, path: str, data: bytes, timeline: bytes | None = None) -> Postmortem | None:
        """A postmortem as it was when its files had these digests, if the store has all of it and of its
        examination."""
        key = postmortem_key(self._base, path, data, timeline)
        kept, rest = (self.store.kept(key), self.store.rest(key)) if self.store else (None, None)
        if not _is_kept(kept) or not rest or not self.examination or not self.examination.examiner.holds(kept.examined):
            return None
        try:
            text = {name: rest[name] for name in LOADED_LATER}
        except Exception:  # whatever a pickle of another time raises: it is as good as absent
            return None
        self.examination.known[path] = kept.examined
        found = Postmortem(**dict(zip(_AT_ONCE, kept.values, strict=True)), **text)  # type: ignore[arg-type]
        return self.sources.placed(found, self.ids)

    def _read(self, path: str) -> Postmortem:
        timeline_path = self.timeline_of(path)
        if self.store and self.snapshot:
            digest = self.snapshot.digest
            timeline_digest = digest(timeline_path) if timeline_path else None
            if found := self._kept(path, postmortem_key(self._base, path, digest(path), timeline_digest)):
                return found
        timeline = timeline_json(self.docs, timeline_path, self.problems)
        data, problem = open_file(self.docs, path)
        if problem:
            return self._done(unread_postmortem(path, problem, self.settings), "")
        # The bytes make the key, and not the snapshot: a file may have changed since.
        timeline_digest = None if timeline is None else data_digest(timeline)
        key = postmortem_key(self._base, path, data_digest(data), timeline_digest) if self.store else ""
        if self.store and not self.snapshot and (found := self._kept(path, key)):
            return found
        return self._done(self._parsed(path, data, timeline), key)

    def _parsed(self, path: str, data: bytes, timeline: bytes | None) -> Postmortem:
        postmortem = read_postmortem(path, data, self.settings, timeline)
        return with_samples_marked(postmortem, template_text(self.templates))

    def _kept(self, path: str, key: str) -> Postmortem | None:
        assert self.store
        kept = self.store.kept(key)
        if isinstance(kept, Postmortem):
            return kept
        if not _is_kept(kept):
            return None
        postmortem = self._loaded_later(kept.values, key)
        if self.store.holds_objects:
            for name in LOADED_LATER:
                postmortem.load_one(name)
            self.store.keep(key, postmortem)
        elif self.examination:
            if not self.examination.examiner.holds(kept.examined):
                return self._done(postmortem, key)
            self.examination.known[path] = kept.examined
        return postmortem

    def _done(self, postmortem: Postmortem, key: str) -> Postmortem:
        """A postmortem that was just read: examined, and kept for later runs."""
        found = self.examination.examiner.examine(postmortem, self.templates) if self.examination else None
        kept = _Kept(tuple(getattr(postmortem, name) for name in _AT_ONCE), found)
        if self.store and key:
            if self.store.holds_objects:
                self.store.keep(key, postmortem)
            else:
                self.store.keep(key, kept, {name: getattr(postmortem, name) for name in LOADED_LATER})
        if not self.examination:
            return replace(postmortem, key=key)
        if self.examination.drops_texts:
            # As a store gives it: what was just made takes twice the memory.
            kept = pickle.loads(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - made in this line
        self.examination.known[postmortem.path] = kept.examined
        return self._loaded_later(kept.values, key) if self.examination.drops_texts else replace(postmortem, key=key)

    def _loaded_later(self, values: tuple[Any, ...], key: str) -> Postmortem:
        named = {**dict(zip(_AT_ONCE, values, strict=True)), "key": key}
        stays_loaded = self.examination is None or not self.examination.drops_texts
        return Postmortem.loaded_later(named, partial(self._load, named["path"], key), stays_loaded=stays_loaded)

    def _load(self, path: str, key: str, name: str) -> Any:
        """One of the values of a postmortem that are loaded later."""
        if self.examination:
            self.examination.asked.add((path, name))
        found = self._at_hand.get((path, key))
        if found is None:
            while len(self._at_hand) >= _AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]
            found = self._at_hand[path, key] = self._text(path, key)
        try:
            return found[name] if isinstance(found, Rest) else getattr(found, name)
        except Exception:  # whatever a pickle of another time raises: it is as good as absent
            self._at_hand[path, key] = again = self._read_again(path)
            return getattr(again, name)

    def _text(self, path: str, key: str) -> Rest | Postmortem:
        """The text of a postmortem: from the store, which may be closed by now, else from its file."""
        kept = store.rest(key) if key and (store := self._store()) else None
        return kept or self._read_again(path)

    def _read_again(self, path: str) -> Postmortem:
        data, problem = open_file(self.docs, path)
        if problem:
            return unread_postmortem(path, problem, self.settings)
        beside = timeline_beside(path)
        is_there = beside and place_of(self.docs, beside).exists()
        return self._parsed(path, data, timeline_json(self.docs, beside if is_there else None, []))

    def _store(self) -> Keeper | None:
        if self.store or not isinstance(self.store, Store):
            return self.store
        if self._reopened is None:
            self._reopened = self.store.reopened()
        return self._reopened


def _is_kept(value: object) -> TypeGuard[_Kept]:
    return isinstance(value, _Kept) and len(value.values) == len(_AT_ONCE)


def reader_of(
    tree: Tree,
    settings: Settings,
    snapshot: Snapshot | None = None,
    store: Keeper | None = None,
    examination: Examination | None = None,
) -> PostmortemReader:
    """A reader of the postmortems of a docs folder; its `problems` tell of templates that cannot be used."""
    existing = frozenset(tree.files)
    sources = sources_in(tree.root, existing)
    templates, unusable = read_templates(tree.root, settings.languages)
    paths = tree.postmortems(settings) if sources else ()
    ids = frozenset(postmortem_id(path, settings.folder) for path in paths)
    return PostmortemReader(
        tree.root, settings, templates, existing, sources, ids, list(unusable), snapshot, store, examination
    )


def timeline_beside(path: str) -> str | None:
    """The path of the `timeline.json` that a postmortem may have; None for one that is not in a folder of its own."""
    return path[: -len(FILE)] + TIMELINE_FILE if path.endswith(f"/{FILE}") else None


def timeline_json(docs: Path, path: str | None, problems: list[Problem]) -> bytes | None:
    """The bytes of a `timeline.json`, if there is one; `problems` is told why it cannot be opened."""
    if path is None:
        return None
    data, problem = open_file(docs, path)
    if problem:
        problems.append(problem)
        return None
    return data
