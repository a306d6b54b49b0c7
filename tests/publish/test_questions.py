"""Questions from build to build: what no part asks any more goes, and each keeps the answer that it has now."""

from __future__ import annotations

from array import array
from typing import cast

import pytest

from postmortems.publish.incremental.answers import Read
from postmortems.publish.incremental.questions import Asked, Questions
from postmortems.publish.incremental.reads import Reads


class Answering:
    """Reads in whose build the answer to each question is its name."""

    def answers(self, reads: dict[Read, int]) -> list[bytes]:
        return [str(read[1]).encode() for read in reads]


@pytest.mark.parametrize(
    ("parts", "made", "left", "of_part"),
    [
        ({"a", "b"}, {}, "vwxyz", {"a": "vwxy", "b": "yz"}),
        ({"a"}, {}, "vwxyz", {"a": "vwxy"}),
        ({"b"}, {}, "yz", {"b": "yz"}),
        ({"a", "b"}, {"b": "qv"}, "vwxyzq", {"a": "vwxy", "b": "qv"}),
        ({"b", "c"}, {"c": "zpq"}, "yzpq", {"b": "yz", "c": "zpq"}),
        (set(), {}, "", {}),
    ],
    ids=["all", "few are left over", "most are left over", "made again", "new", "none"],
)
def test_questions_of_the_next_build(parts: set[str], made: dict[str, str], left: str, of_part: dict[str, str]) -> None:
    before = Questions(
        [("corpus", name) for name in "vwxyz"],
        [b"v", b"w", b"x", b"y", b"old"] if "z" in "".join(made.values()) else [b"v", b"w", b"x", b"y", b"z"],
        {"a": array("I", [0, 1, 2, 3]), "b": array("I", [3, 4])},
        _is_current=True,
    )
    asked = Asked()
    for part, names in made.items():
        asked.add(part, [("corpus", name) for name in names])
    found = before.next(cast(Reads, Answering()), asked, parts)
    assert [read[1] for read in found.asked] == list(left)
    assert found.answers == [name.encode() for name in left]
    told = {part: "".join(found.asked[number][1] for number in numbers) for part, numbers in found.of_part.items()}
    assert told == of_part
