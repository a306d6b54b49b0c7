"""Postmortems that are not read: what to say of Markdown that is passed over, and where none is found at all."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.read import pattern, postmortem
from postmortems.read.files import Tree
from postmortems.read.git import repository_root
from postmortems.read.mounts import place_of
from postmortems.read.opening import open_regular
from postmortems.settings import Settings
from postmortems.text.globs import Globs
from postmortems.text.spelling import count_words, listed

_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdx", ".qmd")
"""Endings of Markdown files; MkDocs makes pages of most. Only `.md` is read."""

_SIGN = re.compile(
    r"^(?:#{1,4} [^\n]{0,60}?\b(timeline|root cause|impact|action items|lessons learned|went well|contributing factors"
    r"|post-?mortem|incident)\b|(severity|started_at|detected_at|resolved_at|root_cause):)",
    re.IGNORECASE | re.MULTILINE,
)
_OURS = frozenset(("started_at", "detected_at", "resolved_at", "root_cause"))
_HEAD = 8_000
_MOST_OPENED = 300
_MOST_WALKED = 20_000
_TOLD_OF_FOLDERS = re.compile(r"post-?mortems?|incidents?|incident-reports?|rcas?|pirs?", re.IGNORECASE)
_NOT_WALKED = frozenset(("node_modules", "site", "venv", "vendor", "target", "build", "dist"))
_YEAR = re.compile(r"\d{4}")


def passed_over(tree: Tree, settings: Settings) -> Iterator[Problem]:
    """A problem for each Markdown file that an author will take for a postmortem, and that is not read as one."""
    read = {*tree.postmortems(settings), *tree.patterns(settings)}
    ignored = Globs(settings.ignore)
    homes = {path.rpartition("/")[0] for path in read if PurePosixPath(path).name == postmortem.FILE}
    for path in tree.files:
        if path in read or not path.lower().endswith(_ENDINGS) or ignored.cover(path):
            continue
        if said := _why_not_read(tree, settings.folder, path, homes):
            yield Problem("misplaced-file", Place.at(path), *said)


def _why_not_read(tree: Tree, folder: str, path: str, homes: set[str]) -> tuple[str, str] | None:
    name, inside = PurePosixPath(path), path.startswith(f"{folder}/")
    place = f"docs/{folder}/<year>/<nn>-<slug>/{postmortem.FILE}"
    is_named_so = name.stem.lower() == "postmortem"
    if not inside:
        if not is_named_so or path.startswith(("templates/", f"{pattern.FOLDER}/")):
            return None
        return (
            f"is not in docs/{folder}, so it is not read as a postmortem",
            f"move it to {place}, or list it in `ignore`",
        )
    home = next((str(parent) for parent in name.parents if str(parent) in homes), None)
    if home is not None:
        if "artifacts" in name.parts or not _signs(place_of(tree.root, path)) & _OURS:
            return None
        return (
            f"has the front matter of a postmortem and is in the folder of {home}/{postmortem.FILE}, so it is not read",
            "move it into a folder of its own, or remove its front matter",
        )
    if name.suffix != ".md":
        return f'is Markdown with the ending "{name.suffix}", which is not read', "rename it so that it ends in .md"
    if is_named_so:
        return f"is in docs/{folder} itself, so it is not read as a postmortem", f"move it to {place}"
    if len(_signs(place_of(tree.root, path))) < 2:
        return None
    return (
        "looks like a postmortem, and a file of this name is an index, which is not read as one",
        f"move it to {place}",
    )


def nothing_found(docs: Path, tree: Tree, settings: Settings) -> str:
    """Message for a run without postmortems: what was looked for, and where files are that look like some."""
    looked = docs / settings.folder
    # Not by pathlib, which raises where the name is longer than a name may be.
    what = f"{_shown(looked)} {'has no postmortem' if os.path.isdir(looked) else 'does not exist'}"  # noqa: PTH112
    inside = [path for path in tree.files if path.startswith(f"{settings.folder}/") and path.endswith(".md")]
    ignored = Globs(settings.ignore)
    if inside and all(ignored.cover(path) for path in inside):
        return f"{what}: the setting `ignore` covers {count_words(len(inside), 'Markdown file')} there"
    what += f": looked for <year>/<nn>-<slug>/{postmortem.FILE} and other Markdown files there"
    candidates = _candidates_in(docs, tree) or _candidates_around(docs)
    if not candidates:
        return f"{what}; `postmortems new` creates the first"
    named = [f"{_shown(place)} ({count_words(count, 'file')})" for place, count in candidates.most_common(3)]
    return f"{what}; files that look like postmortems are in {listed(named)}: {_advice(docs, candidates)}"


def _advice(docs: Path, candidates: Counter[Path]) -> str:
    first = candidates.most_common(1)[0][0]
    if first == docs:
        return "move them into a folder of their own"
    if first.is_relative_to(docs):
        return f"set `folder: {first.relative_to(docs).as_posix()}`, or move them"
    return "set `docs_dir` and `folder`, name another mkdocs.yml with --config, or move them"


def _candidates_in(docs: Path, tree: Tree) -> Counter[Path]:
    """Folders in the docs folder with files that look like postmortems, and how many."""
    paths = [path for path in tree.files if path.lower().endswith(_ENDINGS)]
    paths = [path for path in paths if not path.startswith((f"{pattern.FOLDER}/", "templates/"))]
    return _folders((docs, path) for path in sorted(paths, key=_by_name)[:_MOST_OPENED])


def _candidates_around(docs: Path) -> Counter[Path]:
    """The same in the repository around the docs folder, or in the folder that it is in: only in folders whose name
    tells of postmortems."""
    root = repository_root(docs) or docs.resolve().parent
    found: list[str] = []
    walked = 0
    for folder, folders, names in os.walk(root):
        walked += len(folders) + len(names)
        if walked > _MOST_WALKED:
            break
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _NOT_WALKED and Path(folder, name) != docs.resolve()
        )
        place = Path(folder).relative_to(root).as_posix()
        if any(_TOLD_OF_FOLDERS.fullmatch(part) for part in place.split("/")):
            found += [f"{place}/{name}" for name in names if name.lower().endswith(_ENDINGS)]
    return _folders((root, path) for path in sorted(found, key=_by_name)[:_MOST_OPENED])


def _by_name(path: str) -> tuple[bool, str]:
    return not path.endswith(f"/{postmortem.FILE}"), path


def _folders(paths: Iterable[tuple[Path, str]]) -> Counter[Path]:
    """The folders that would be the one of all postmortems, by how many files look like some."""
    found: Counter[Path] = Counter()
    for root, path in paths:
        name = PurePosixPath(path)
        if name.name != postmortem.FILE and len(_signs(root / path)) < 2:
            continue
        above = name.parent.parts[:-1] if name.name == postmortem.FILE else name.parent.parts
        years = [number for number, part in enumerate(above) if _YEAR.fullmatch(part)]
        found[root.joinpath(*above[: years[0] if years else None])] += 1
    return found


def _signs(path: Path) -> set[str]:
    """Signs of a postmortem in the head of a file; empty if it cannot be read."""
    try:
        with open_regular(path) as file:
            head = file.read(_HEAD).decode("utf-8", "replace")
    except (OSError, ValueError):
        return set()
    return {(found[1] or found[2]).lower() for found in _SIGN.finditer(head)}


def _shown(path: Path) -> str:
    return os.path.relpath(path.resolve()).replace(os.sep, "/")
