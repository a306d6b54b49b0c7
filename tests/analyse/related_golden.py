"""A sample of this repository's incidents with the three most like each, as a text that a person can judge.

The sample is what the text itself names, so that a new incident changes nothing here.

    python -m tests.analyse.related_golden

writes `related.golden.txt` anew. Read what changes in it as somebody on call would: is this what I want to be shown at
three in the morning, and do the reasons say why? `related.verdicts.txt` holds the verdicts of whoever did so before, one
a pair; a pair without one is marked `?` and wants yours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from postmortems.analyse.related import RelatedIndex
from postmortems.model.related import Related
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
GOLDEN = HERE / "related.golden.txt"
VERDICTS = HERE / "related.verdicts.txt"

MARKS = {"useful": "+", "not": "-"}


def golden() -> str:
    """The whole text, from the postmortems and verdicts as they are now."""
    verdicts = read_verdicts()
    sample = set(re.findall(r"^(\d{4}/\S+): ", GOLDEN.read_text("utf-8"), re.MULTILINE))
    corpus = read_corpus(DOCS, Settings())
    # As if no author had linked one to another: what is judged here is whether labels and words find it.
    unlinked = [
        replace(postmortem, links=(), front_matter=postmortem.front_matter.model_copy(update={"repeat_of": ()}))
        for postmortem in corpus.postmortems
        if postmortem.id in sample
    ]
    index = RelatedIndex(unlinked)
    marks: Counter[str] = Counter()
    lines = [
        "The three incidents most like each; + is useful, - is not, ? is not judged yet. See related_golden.py.",
        "",
    ]
    for postmortem in unlinked:
        lines.append(f"{postmortem.id}: {postmortem.title}")
        for other in index.nearest(postmortem, 3):
            mark = verdicts.get(frozenset((postmortem.id, other.postmortem.id)), "?")
            marks[mark] += 1
            lines.append(f"  {mark} {other.score:.2f} {other.postmortem.id}")
            lines += [f"           {reason}" for reason in _reasons(other)]
        lines.append("")
    count = sum(marks.values())
    lines.append(f"{marks['+']} of {count} are useful, {marks['-']} are not, {marks['?']} are not judged.")
    return "\n".join(lines) + "\n"


def read_verdicts() -> Mapping[frozenset[str], str]:
    """The mark of each pair of ids; a line reads `useful ID ID: why` or `not ID ID: why`, and the reason may be absent."""
    found = {}
    for line in VERDICTS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            verdict, one, other = line.split(":")[0].split()
            found[frozenset((one, other))] = MARKS[verdict]
    return found


def _reasons(related: Related) -> list[str]:
    return [f"{reason.kind} {reason.weight:.2f}: {', '.join(reason.values)}" for reason in related.reasons]


if __name__ == "__main__":
    GOLDEN.write_text(golden(), "utf-8")
