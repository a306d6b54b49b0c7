"""Values that a store keeps by the thousand come back as they were."""

from __future__ import annotations

import pickle
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, dataclass

import pytest

from postmortems.model.action_item import ActionItem, ActionState
from postmortems.model.front_matter import FrontMatter
from postmortems.model.link import Link
from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled

PLACE = Place.at("a.md", 3)
WRITTEN = {
    "title": "A lock", "severity": "SEV2", "services": ["checkout", "api"], "started_at": "2026-01-01T10:00:00+02:00",
    "patterns": [{"pattern": "retry-storms", "role": "trigger"}], "not_repeat_of": {"id": "2025/01-x", "reason": "no"},
}  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        ActionItem(PLACE, "Set a timeout", ActionState.OPEN, 3, 4, owner="storage-team"),
        Link("artifacts/latency.png", PLACE, is_image=True),
        FrontMatter(),
        FrontMatter.model_validate(WRITTEN),
        FrontMatter.model_validate(WRITTEN).model_copy(update={"host": {"tags": ["x"]}}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    again = pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    assert again == value == copy(again) == deepcopy(again)
    assert repr(again) == repr(value)
    if isinstance(value, FrontMatter):
        assert again.model_fields_set == value.model_fields_set
        assert again.model_dump(exclude_unset=True) == value.model_dump(exclude_unset=True)
        with pytest.raises(ValueError, match="frozen"):
            again.title = "another"


def test_a_copy_changes_no_other() -> None:
    one, other = (pickle.loads(pickle.dumps(FrontMatter(title="A lock"))) for _ in range(2))
    assert one.model_copy(update={"owner": "x"}).model_fields_set == {"title", "owner"}
    assert other.model_fields_set == {"title"}


def test_a_restored_value_is_still_frozen() -> None:
    again = pickle.loads(pickle.dumps(Link("a", PLACE)))
    with pytest.raises(FrozenInstanceError):
        again.target = "b"


def test_a_pickle_of_other_fields_is_refused() -> None:
    """As one of another version may be: a store then reads the file again."""

    @quickly_pickled
    @dataclass(frozen=True, slots=True)
    class Pair:
        one: int
        other: int

    with pytest.raises(ValueError, match="zip"):
        Pair(1, 2).__setstate__((1, 2, 3))  # type: ignore[attr-defined]
