"""Action items through the versions of their postmortem."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.builders import incident
from tests.growth import grows_with_its_length
from tests.repository import Repository, make_repository, postmortem

from postmortems.analyse.past_actions import ActionPast, past_of, past_of_items
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import Status
from postmortems.model.history import DocumentHistory, PastAction, Reading, Version

DAYS = ("2026-01-12", "2026-02-12", "2026-03-12", "2026-04-12", "2026-05-12")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def pasts(repository: Repository, *versions: list[str], status: str = "published") -> list[ActionPast | None]:
    """The past of each item of the last version, each of which is committed."""
    for day, items in zip(DAYS, versions, strict=False):
        repository.commit(day, postmortem(status, *items))
    return present(repository)


def present(repository: Repository) -> list[ActionPast | None]:
    analysis = repository.analysis()
    (document,) = analysis.postmortems
    return [past_of(action, analysis) for action in analysis.actions_of(document)]


def told(past: ActionPast | None) -> str:
    if past is None:
        return "unknown"
    moves = ", ".join(f"{move.before:%m-%d} to {move.after:%m-%d} on {move.on}" for move in past.moves)
    return "; ".join(filter(None, (moves, f"{past.days} days" if moves else "", "reopened " * past.reopened))).strip()


def test_a_due_date_that_moves_twice(repository: Repository) -> None:
    (past,) = pasts(
        repository,
        ["- [ ] [web] Renew it (due: 2026-02-01)"],
        ["- [ ] [web] Renew it (due: 2026-03-01)"],
        ["- [ ] [web] Renew it (due: 2026-03-18)"],
    )
    assert told(past) == "02-01 to 03-01 on 2026-02-12, 03-01 to 03-18 on 2026-03-12; 45 days"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("- [ ] Renew it (due: 2026-02-01)", "- [ ] Renew it (due: 2026-01-20)", "-12 days"),
        ("- [ ] Renew it", "- [ ] Renew it (due: 2026-02-01)", ""),
        ("- [ ] Renew it (due: 2026-02-01)", "- [ ] Renew it", ""),
        ("- [ ] Renew it (due: 2026-02-01)", "- [x] Renew it (due: 2026-02-01)", ""),
        ("- [x] Renew it (due: 2026-02-01)", "- [x] Renew it (due: 2026-02-03)", ""),
        ("- [x] Renew it", "- [ ] Renew it", "reopened"),
        ("- [x] Renew it (due: 2026-02-01)", "- [ ] Renew it (due: 2026-03-01)", "reopened"),
        ("- [ ] Renew it (wont-do: too dear)", "- [ ] Renew it", ""),
        ("- [ ] Renew it (state: unknown)", "- [ ] Renew it", ""),
        ("- [ ] [a] Renew **it** (due: 2026-02-01)", "- [ ] [b] renew it! (due: 2026-02-11)", "10 days"),
        ("- [ ] One (ticket: X-1, due: 2026-02-01)", "- [ ] All new words (ticket: X-1, due: 2026-02-11)", "10 days"),
        ("- [ ] Renew the certificate (due: 2026-02-01)", "- [ ] Renew all certificates (due: 2026-02-11)", "10 days"),
        ("- [ ] Renew the certificate (due: 2026-02-01)", "- [ ] Ask the vendor (due: 2026-02-11)", "unknown"),
    ],
)
def test_one_change(repository: Repository, before: str, after: str, expected: str) -> None:
    (past,) = pasts(repository, [before], [after])
    assert told(past).endswith(expected) if expected else told(past) == ""


def test_an_item_keeps_its_past_when_others_come_and_go(repository: Repository) -> None:
    found = pasts(
        repository,
        ["- [ ] One (due: 2026-02-01)", "- [ ] Two (due: 2026-02-01)"],
        ["- [ ] Zero", "- [ ] Two (due: 2026-02-05)", "- [ ] One (due: 2026-02-03)"],
        ["- [ ] Two (due: 2026-02-09)"],
        ["- [ ] One (due: 2026-02-05)", "- [ ] Two (due: 2026-02-09)"],
    )
    assert [past.days for past in found if past] == [4, 8]


def test_two_items_of_the_same_words_are_told_apart_by_their_owner(repository: Repository) -> None:
    found = pasts(
        repository,
        ["- [ ] [a] Test it (due: 2026-02-01)", "- [ ] [b] Test it (due: 2026-02-01)"],
        ["- [ ] [b] Test it (due: 2026-02-08)", "- [ ] [a] Test it (due: 2026-02-01)"],
    )
    assert [past.days for past in found if past] == [7, 0]


def test_items_that_cannot_be_told_apart_have_no_past(repository: Repository) -> None:
    found = pasts(repository, ["- [ ] Test it (due: 2026-02-01)"] * 2, ["- [ ] Test it (due: 2026-02-08)"] * 2)
    assert found == [None, None]


def test_two_neighbours_that_both_change_are_not_guessed(repository: Repository) -> None:
    found = pasts(
        repository,
        ["- [ ] Renew the certificate (due: 2026-02-01)", "- [ ] Renew the certificates (due: 2026-02-01)"],
        ["- [ ] Renew a certificate (due: 2026-02-08)", "- [ ] Renew some certificate (due: 2026-02-09)"],
    )
    assert found == [None, None]


def test_a_ticket_that_several_items_share_tells_nothing(repository: Repository) -> None:
    found = pasts(
        repository,
        ["- [ ] One (ticket: E-1, due: 2026-02-01)", "- [ ] Two (ticket: E-1, due: 2026-02-01)"],
        ["- [ ] Two (ticket: E-1, due: 2026-02-01)", "- [ ] One (ticket: E-1, due: 2026-02-04)"],
    )
    assert [past.days for past in found if past] == [0, 3]


def test_before_it_is_published_nothing_is_promised(repository: Repository) -> None:
    repository.commit("2026-01-11", postmortem("draft", "- [ ] One (due: 2026-02-01)"))
    repository.commit("2026-01-12", postmortem("draft", "- [ ] One (due: 2026-02-08)"))
    assert present(repository) == [None]
    repository.commit("2026-01-13", postmortem("published", "- [ ] One (due: 2026-02-09)"))
    assert present(repository) == [ActionPast(first_due=date(2026, 2, 9))]


def test_the_working_file_is_the_last_version(repository: Repository) -> None:
    repository.commit("2026-01-12", postmortem("published", "- [ ] One (due: 2026-02-01)"))
    repository.save(postmortem("published", "- [ ] One (due: 2026-02-08)", "- [ ] Two (due: 2026-02-08)"))
    one, two = present(repository)
    assert (told(one), told(two)) == ("02-01 to 02-08 on None; 7 days", "unknown")


def test_an_item_in_a_table_and_in_a_list_is_one(repository: Repository) -> None:
    (past,) = pasts(
        repository,
        ["- [ ] [web] Renew it (due: 2026-02-01)"],
        ["| Action | Owner | Due | Status |", "|---|---|---|---|", "| Renew it | web | 2026-02-11 | Open |"],
    )
    assert told(past).endswith("10 days")


def test_a_long_list_costs_no_more_an_item(repository: Repository) -> None:
    items = [f"- [ ] Do number {number} (due: 2026-02-01)" for number in range(400)]
    found = pasts(repository, items, [item.replace("02-01", "02-02") for item in reversed(items)])
    assert {past.days for past in found if past} == {1}
    assert len(found) == 400


def test_an_item_that_was_away_for_long_is_new_again(repository: Repository) -> None:
    away = [["- [ ] Other"]] * 7
    for number, items in enumerate([["- [ ] One (due: 2026-02-01)"], *away, ["- [ ] One (due: 2026-02-08)"]], 1):
        repository.commit(f"2026-03-{number:02}", postmortem("published", *items, f"- [ ] Step {number}"))
    assert present(repository)[0] is None


def test_the_cost_grows_with_the_number_of_versions() -> None:
    """In the worst case, in which all items are new in each version."""

    def version(number: int) -> Version:
        items = [PastAction(f"{number} {item} {'x' * 90}", "", "", ActionState.OPEN, None) for item in range(20)]
        return Version(datetime(2026, 1, 1, tzinfo=UTC), Reading(Status.PUBLISHED, tuple(items)))

    def follow(text: str) -> object:
        versions = tuple(map(version, range(len(text))))
        return past_of_items(incident("a"), DocumentHistory(versions[0].committed, 1, versions))

    assert grows_with_its_length(follow, lambda length: "v" * (length // 100))
