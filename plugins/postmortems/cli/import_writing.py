"""The writing of an import: whole files, and moves in git. Whatever ends it, running it again finishes it.

Originals go last, and only those whose content git has. So until everything is written, the plan can be made again,
and it comes to the same files.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from postmortems.adopt.new_postmortem import NewPostmortem
from postmortems.adopt.plan_text import end_lines
from postmortems.cli.fixing import write_fixed
from postmortems.cli.git_moves import CHANGED, GitMoves
from postmortems.cli.import_findings import finding_lines
from postmortems.cli.import_summary import Outcome, proposal_lines, summary_lines
from postmortems.cli.importing import Importing
from postmortems.cli.project import refuse
from postmortems.cli.source_files import is_document
from postmortems.cli.streams import print_lines, tell
from postmortems.cli.whole_file import write_whole
from postmortems.fix.fixed_file import FixedFile
from postmortems.read.git import GitError, Repository, repository_root
from postmortems.read.mounts import shown_from
from postmortems.read.opening import open_regular, reason_of
from postmortems.text.terminal import escape_controls

_NEXT = (
    "Next: `postmortems check --statistics` counts what is left to do by rule; `postmortems check` lists it",
    "To block only new findings: `postmortems check --baseline known-findings.json --write-baseline`",
)


def write_import(work: Importing, *, commit: bool, quiet: bool) -> None:
    """Write all of it, and say what was done, with `quiet` on stderr; ends with exit code 2 where that failed."""
    outcome = Outcome()
    docs = work.project.docs
    root = repository_root(docs)
    if commit and root is None:
        refuse(f"--commit: {os.path.relpath(docs)} is not in a git repository")
    new = work.postmortems
    whole = _write_files(docs, new, {record.origin for record in work.plan.there}, outcome)
    if outcome.problems and len(whole) < len(new):
        outcome.problems.append("the files written so far are complete; run it again to continue")
    pages: list[FixedFile] = []
    if not outcome.problems:
        _write_register(work, outcome)
        pages, problems = write_fixed(docs, work.pages(), shown_from(Path.cwd(), docs))
        outcome.problems += problems
    if root and not outcome.problems and (commit or work.is_same_repository):
        _move_in_git(work, Repository(root), whole, outcome, commit=commit)
    lines = [*summary_lines(work, whole, pages, outcome)]
    if not outcome.problems and outcome.written:
        lines += ["", *end_lines(work.plan), *finding_lines(work), *proposal_lines(work, whole, outcome), *_NEXT]
    # Other programs read stdout, where a plan stands as JSON.
    (tell if quiet else print_lines)(*map(escape_controls, lines))
    if outcome.problems:
        refuse(*outcome.problems)


def _write_register(work: Importing, outcome: Outcome) -> None:
    """Add to the register the incidents that it lacks."""
    file, before, change = work.register
    if change.problem:
        outcome.problems.append(change.problem)
    elif change.new:
        try:
            if _content(file) != before:
                raise OSError(0, "it was changed since it was read")
            _write(work.project.docs, file, change.after)
        except OSError as error:
            outcome.problems.append(f"{_shown(str(file))}: cannot write: {error.strerror or error}")
        else:
            outcome.written.append(str(file))


def _write_files(
    docs: Path, new: Sequence[NewPostmortem], there: Collection[str], outcome: Outcome
) -> list[NewPostmortem]:
    """Write postmortems, each with what comes along first; those that are there whole, as they would be written.

    `there` are the origins of those that an import has written before: somebody may have changed them since.

    A file that exists is never written over. The first that cannot be written ends it: what is written is whole.
    """
    whole: list[NewPostmortem] = []
    for postmortem in new:
        missing = []
        for path, content in postmortem.files.items():
            old = _content(Path(path))
            if old is None:
                missing.append((path, content))
            elif old != content:
                if postmortem.record.origin in there:
                    outcome.changed.append(postmortem.path)
                else:
                    outcome.problems.append(
                        f"{_shown(path)}: another file exists there; {_shown(postmortem.path)} is not written"
                    )
                break
        else:
            for path, content in missing:
                try:
                    _write(docs, Path(path), content)
                except OSError as error:
                    outcome.problems.append(f"{_shown(path)}: cannot write: {error.strerror or error}")
                    return whole
                outcome.written.append(path)
            whole.append(postmortem)
    return whole


def _relinked_pages(work: Importing, git: Repository) -> list[str]:
    """The paths of the pages of which only the links have changed since the last commit, by this run or by one that
    was interrupted."""
    below = os.path.relpath(work.docs, git.root)
    found: list[str] = []
    for path in filter(None, git.output(*CHANGED, "HEAD", "--", below).split("\0")):
        page = os.path.relpath(path, below)
        if work.is_page(page):
            before = git.answer("cat-file", "blob", f"HEAD:{path}").encode("utf-8", "surrogateescape")
            # Git's answer has line feeds for all line ends.
            there = (git.root / path).read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            if before and work.relinked_page(page, before) == there:
                found.append(path)
    return found


def _originals(work: Importing, whole: Sequence[NewPostmortem]) -> dict[str, str]:
    """The new whole path of each original document, and of each file that nothing else needs any more."""
    moved = {
        work.original(postmortem.record): postmortem.path for postmortem in whole if postmortem.record.body is None
    }
    others = [
        work.files[path].decode("utf-8", "replace")
        for path in work.files
        if is_document(path) and str(work.files.root / path) not in moved
    ]
    for postmortem in whole:
        for path, origin in postmortem.origins.items():
            if Path(origin).is_relative_to(work.files.root) and not any(Path(origin).name in text for text in others):
                moved.setdefault(origin, path)
    return moved


def _move_in_git(
    work: Importing, git: Repository, whole: Sequence[NewPostmortem], outcome: Outcome, *, commit: bool
) -> None:
    """Move the originals that git has, with their history, and remove them; with `commit`, commit all that is new."""
    root = git.root
    originals = _originals(work, whole) if work.is_same_repository else {}
    moves = {os.path.relpath(old, root): os.path.relpath(new, root) for old, new in originals.items()}
    history = {os.path.relpath(work.files.root / path, root) for path in work.committed}
    try:
        known = GitMoves(git, moves)
        going = known.recoverable(history) if moves else set()
        gone = [path for path in moves if path in going]
        if commit:
            written = [os.path.relpath(path, root) for postmortem in whole for path in postmortem.files]
            if work.plan.register and work.register[0].exists():
                written.append(os.path.relpath(work.register[0].resolve(), root))
            known.commit(gone, [*written, *_relinked_pages(work, git)], os.path.relpath(work.home, root))
            outcome.committed = True
        else:
            known.stage(gone)
    except GitError as error:
        outcome.problems.append(f"the files are written, but git cannot move them, so the originals stay: {error}")
        return
    for path in moves:
        if path in going:
            _remove(root / path, outcome)
        else:
            outcome.kept.append(str(root / path))


def _remove(path: Path, outcome: Outcome) -> None:
    try:
        path.unlink()
    except OSError as error:
        outcome.problems.append(f"{_shown(str(path))}: cannot remove: {error.strerror or error}")
        return
    outcome.removed.append(str(path))
    # Git knows no empty folders either.
    with suppress(OSError):
        for folder in path.parents:
            folder.rmdir()


def _write(docs: Path, path: Path, content: bytes) -> None:
    """Write a file and the folders above it; OSError for one that would lie outside the docs folder."""
    there = next(folder for folder in path.parents if folder.exists())
    if not there.resolve().is_relative_to(docs.resolve()):
        raise OSError(0, "it is outside the docs folder")
    if not there.is_dir():
        raise OSError(0, f"{_shown(str(there))} is a file, and a folder must be there: move it")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def _content(path: Path) -> bytes | None:
    """The bytes of a file; None where nothing has its name, and nothing but itself for what is no file."""
    if not os.path.lexists(path):
        return None
    try:
        with open_regular(path) as file:
            return file.read()
    except (OSError, ValueError) as error:
        return reason_of(error).encode()


def _shown(path: str) -> str:
    return os.path.relpath(path)
