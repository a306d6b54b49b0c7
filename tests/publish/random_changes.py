"""Edits that nobody has thought of, one after another: each a small change of a knowledge base as it is by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.publish.twins import Change

WORDS = ("retry", "queue", "leader", "cache", "deploy", "alert", "pool", "lock", "quota", "failover")
PATTERNS = "patterns: [database-issues]", "patterns: []", "patterns: [{pattern: lost-leader, role: trigger}]"


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of a file's words; it has to have the old ones."""

    def edit(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text, (path, old)
        (folder / path).write_text(text.replace(old, new), "utf-8")

    return edit


def random_changes(random: Random, folder: Path) -> Iterator[tuple[str, Change]]:
    """One to three changes, each with its name; those before have been made when the next one is asked for."""
    for _ in range(random.randint(1, 3)):
        name = random.choice([*_CHANGES])
        if (change := _CHANGES[name](random, folder)) is not None:
            yield name, change


def _documents(folder: Path) -> list[Path]:
    return sorted(folder.glob("docs/postmortems/*/*/postmortem.md"))


def _a_line(begin: str, values: Callable[[Random], str]) -> Callable[[Random, Path], Change | None]:
    """A function that gives a line of one postmortem's front matter another value."""

    def choose(random: Random, folder: Path) -> Change | None:
        path = random.choice(_documents(folder))
        lines = path.read_text("utf-8").splitlines(keepends=True)
        found = [line for line in lines if line.startswith(begin)]
        if not found:
            return None
        new = f"{begin} {values(random)}\n"
        return edited(path.relative_to(folder).as_posix(), found[0], new)

    return choose


def _words(random: Random) -> str:
    return " ".join(random.sample(WORDS, 3)).capitalize()


def _prose(random: Random, folder: Path) -> Change:
    path = random.choice([*_documents(folder), *sorted(folder.glob("docs/patterns/*.md"))])
    text = path.read_text("utf-8")
    headings = [line for line in text.splitlines(keepends=True) if line.startswith("## ")]
    heading = random.choice(headings)
    return edited(
        path.relative_to(folder).as_posix(), heading, f"{heading}\n{_words(random)} [^{random.randint(1, 3)}].\n"
    )


def _new(random: Random, folder: Path) -> Change:
    copied = (folder / "docs/postmortems/2026/01-checkout/postmortem.md").read_text("utf-8")
    return {f"docs/postmortems/2026/{random.randint(10, 99)}-{random.choice(WORDS)}/postmortem.md": copied}


def _gone(random: Random, folder: Path) -> Change | None:
    found = [path for path in _documents(folder) if "01-checkout" not in str(path)]  # others link to that one
    return {random.choice(found).relative_to(folder).as_posix(): None} if len(found) > 1 else None


def _page(random: Random, folder: Path) -> Change:
    return {f"docs/other/{random.choice(WORDS)}.md": f"# {_words(random)}\n\nSee [home](../index.md).\n"}


def _done(random: Random, folder: Path) -> Change | None:
    path = random.choice(_documents(folder))
    old, new = "- [ ] [Payments]", "- [x] [Payments]"
    if old not in path.read_text("utf-8"):
        old, new = new, old
    return edited(path.relative_to(folder).as_posix(), old, new) if old in path.read_text("utf-8") else None


_CHANGES: dict[str, Callable[[Random, Path], Change | None]] = {
    "prose": _prose,
    "title": _a_line("title:", _words),
    "severity": _a_line("severity:", lambda random: random.choice(("SEV1", "SEV2", "SEV3"))),
    "owner": _a_line("owner:", lambda random: random.choice(("Payments", "Carts", "Search"))),
    "services": _a_line("services:", lambda random: f"[{', '.join(random.sample(WORDS, 2))}]"),
    "root cause": _a_line("root_cause:", _words),
    "detected by": _a_line("detected_by:", lambda random: random.choice(("alert", "customer", "staff"))),
    "patterns": _a_line("patterns:", lambda random: random.choice(PATTERNS).removeprefix("patterns: ")),
    "status": _a_line("status:", lambda random: random.choice(("published", "in-review"))),
    "an action": _done,
    "new": _new,
    "gone": _gone,
    "page": _page,
}
