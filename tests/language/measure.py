"""What the rules find in the lists beside this file, and the figures that follow from it; the guide shows the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from postmortems.check.rules import blaming_language, counterfactual
from postmortems.model.diagnostic import Problem
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings

FIRST_SCORES = {
    "first": "39 of 70 found, 1 of 70 look-alikes",
    "second": "45 of 60 found, 2 of 60 look-alikes",
    "third": "38 of 106 found, 4 of 108 look-alikes",
    "fourth": "69 of 87 found, 0 of 87 look-alikes",
    "fifth": "44 of 65 found, 1 of 53 look-alikes",
    "sixth": "35 of 53 found, 1 of 41 look-alikes",
    "seventh": "40 of 49 found, 1 of 50 look-alikes",
}
"""What the rules of the day found in each list before anybody wrote rules for it; all have been used for that since."""

HERE = Path(__file__).parent
PATH = "postmortems/2026/01-x/postmortem.md"


@dataclass(frozen=True)
class Case:
    """One sentence of the lists: Markdown, the section that it stands in, and what is known of it.

    `rule` is the rule that is meant to find it, empty for a harmless one; `why` says why it is harmless.
    """

    text: str
    section: str = "Primary Cause"
    rule: str = ""
    why: str = ""
    held_out: bool = False


@dataclass(frozen=True)
class Reading:
    """One finding in a public postmortem, as a sentence of the same shape, and whether a reader agrees with it."""

    shape: str
    right: bool
    why: str


def problems(text: str, section: str = "Primary Cause", authors: str = "[]") -> list[Problem]:
    """What both rules find in a postmortem with this Markdown below this heading."""
    return problems_in(f"---\ntitle: x\nauthors: {authors}\n---\n\n## {section}\n\n{text}\n")


def problems_in(document: str) -> list[Problem]:
    """What both rules find in this postmortem."""
    postmortem = read_postmortem(PATH, document.encode(), Settings())
    # Neither rule asks the context for anything.
    return [*blaming_language.examine(postmortem, None), *counterfactual.examine(postmortem, None)]  # type: ignore[arg-type]


@cache
def blaming() -> tuple[Case, ...]:
    """The hundred blaming sentences."""
    return tuple(
        Case(text, rule=rule, held_out=held_out)
        for held_out, part in _parts("blaming")
        for rule, texts in part.items()
        for text in texts
    )


@cache
def harmless() -> tuple[Case, ...]:
    """The hundred harmless look-alikes."""
    return tuple(
        Case(text, section=group.get("section", "Primary Cause"), why=group["why"], held_out=held_out)
        for held_out, part in _parts("harmless")
        for group in part
        for text in group["sentences"]
    )


@cache
def new_sentences(name: str) -> tuple[Case, ...]:
    """The sentences of one of the later lists, by kind where it has kinds: only `unseen` was not used to write rules."""
    kinds = yaml.safe_load((HERE / "sentences" / f"{name}.yml").read_text("utf-8"))
    return tuple(
        Case(text, rule="blame" if part == "blaming" else "", why=kind)
        for kind, parts in kinds.items()
        for part, texts in parts.items()
        for text in texts
    )


@cache
def readings() -> dict[str, tuple[Reading, ...]]:
    """Every finding in public postmortems, by what was read."""
    groups = yaml.safe_load((HERE / "corpus-findings.yml").read_text("utf-8"))
    return {group["measured_on"]: tuple(Reading(**one) for one in group["findings"]) for group in groups}


def figures() -> dict[str, str]:
    """Each line of the guide's table of figures, computed."""
    lines = {
        name: f"{len(found)} findings, {sum(one.right for one in found)} right" for name, found in readings().items()
    }
    for name, cases in (("blaming sentences", blaming()), ("harmless look-alikes", harmless())):
        held_out = [case for case in cases if case.held_out]
        lines[f"{len(cases)} {name}"] = f"{_found(cases)} found"
        lines[f"of those, the {len(held_out)} that were held out ({name})"] = f"{_found(held_out)} found"
    return lines


def unseen_figures() -> dict[str, str]:
    """Each line of the guide's table of unseen sentences, computed: first all, then by kind."""
    kinds = dict.fromkeys(case.why for case in new_sentences("unseen"))
    lines = {"all": new_sentences("unseen")} | {
        kind: tuple(case for case in new_sentences("unseen") if case.why == kind) for kind in kinds
    }
    return {kind: _score(cases) for kind, cases in lines.items()}


def seen_figures() -> dict[str, str]:
    """Each line of the guide's table of lists that were seen: what was found in them at first, and today."""
    return {f"{name} | {at_first}": _score(new_sentences(name)) for name, at_first in FIRST_SCORES.items()}


def _score(cases: tuple[Case, ...]) -> str:
    blame = [case for case in cases if case.rule]
    look_alikes = [case for case in cases if not case.rule]
    return f"{_found(blame)} of {len(blame)} found, {_found(look_alikes)} of {len(look_alikes)} look-alikes"


def _found(cases: tuple[Case, ...] | list[Case]) -> int:
    return sum(bool(problems(case.text, case.section)) for case in cases)


def _parts(name: str) -> Iterator[tuple[bool, dict | list]]:
    for part in ("tuned", "held-out"):
        yield part == "held-out", yaml.safe_load((HERE / "sentences" / f"{name}-{part}.yml").read_text("utf-8"))
