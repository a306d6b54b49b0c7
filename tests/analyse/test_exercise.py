"""An exercise: players see an entry when it was known, the game master has the rest, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import incident

from postmortems.analyse.event_cues import known_part
from postmortems.analyse.exercise import MIN_STEPS, Exercise, Length, NoExercise, exercise_of
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, Timeline

DAY = datetime(2024, 2, 6, tzinfo=UTC)
LATER = tuple(f"{15 + number}:00 step {number}" for number in range(6))


def clock(text: str) -> datetime:
    hours, minutes = text.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def event(line: str) -> Event:
    """`14:00 text`, `14:00-14:30 text`, `day text`, `- text` without a time; ` >> ` is before what was done."""
    when, _, words = line.partition(" ")
    text, _, action = words.partition(" >> ")
    made = Event(Place.at("x.md"), text, None, action=action)
    if when == "-":
        return made
    if when == "day":
        return replace(made, at=DAY, day_only=True)
    begin, _, end = when.partition("-")
    return replace(made, at=clock(begin), until=clock(end) if end else None)


def made_of(
    *lines: str | Event, detected: str | None = "14:00", resolved: str | None = None, **matter: str
) -> Postmortem:
    """A postmortem with this timeline; the moments are clock times of one day."""
    moments = {"detected_at": detected, "resolved_at": resolved}
    known = {key: clock(at).isoformat() if at else "unknown" for key, at in moments.items()}
    events = tuple(event(line) if isinstance(line, str) else line for line in lines)
    return replace(incident("x", DAY, detected=None, resolved=None, **known, **matter), timeline=Timeline(events))


def exercise(*lines: str | Event, **values: str | None) -> Exercise:
    found = exercise_of(made_of(*lines, *LATER, **values))  # type: ignore[arg-type]
    assert isinstance(found, Exercise), found
    return found


def texts(found: Exercise) -> list[str]:
    """What players see, without the six further steps of every test."""
    return [step.text for step in found.steps if not step.text.startswith("step ")]


@pytest.mark.parametrize(
    ("lines", "shown", "before"),
    [
        (["13:00 deploy", "14:00 alert"], ["alert"], ["deploy"]),
        (["13:00 deploy", "14:05 first look"], ["first look"], ["deploy"]),
        # An entry without a time is where its author put it.
        (["- cause", "14:00 alert", "- a look"], ["alert", "a look"], ["cause"]),
        (["13:00 deploy", "- cause", "14:00 alert"], ["alert"], ["deploy", "cause"]),
        # Of one minute with the fault, the entry that tells of the detection begins.
        (["14:00 a disk fails", "14:00 monitoring reports errors"], ["monitoring reports errors"], ["a disk fails"]),
        (["14:00 a disk fails", "14:00 it spins"], ["a disk fails", "it spins"], []),
        # An entry out of order is known at its own time.
        (["14:00 alert", "14:50 late", "14:20 early"], ["alert", "early", "late"], []),
        # A range is known in full at its end.
        (["14:00 alert", "14:05-14:40 whole story", "14:20 in between"], ["alert", "in between", "whole story"], []),
        (["13:50-14:10 errors rise", "14:00 alert"], ["alert", "errors rise"], []),
    ],
)
def test_players_see_what_was_known_from_detection_on(lines: list[str], shown: list[str], before: list[str]) -> None:
    found = exercise(*lines)
    assert texts(found) == shown
    assert [event.text for event in found.before] == before


def on_day(number: int, text: str, *, until: int | None = None) -> Event:
    """An entry of which only the day is known, so many days after the others; `until` is its last one."""
    last = None if until is None else DAY + timedelta(days=until)
    return replace(event(f"day {text}"), at=DAY + timedelta(days=number), until=last)


def test_of_a_day_with_times_an_entry_without_one_is_for_the_game_master() -> None:
    found = exercise(on_day(0, "What the day was about"), "14:00 alert")
    assert texts(found) == ["alert"]
    assert [event.text for event in found.hindsight] == ["What the day was about"]


def test_a_day_without_times_is_known_at_its_end() -> None:
    found = exercise("14:00 alert", on_day(2, "third"), on_day(1, "both days", until=2), on_day(1, "second"))
    assert texts(found) == ["alert", "second", "third", "both days"]


@pytest.mark.parametrize("first", [on_day(-1, "An alert fires"), "- An alert fires", "14:00 Because of an alert"])
def test_the_first_step_has_a_time_that_of_the_exercise(first: str | Event) -> None:
    found = exercise(first, "- a look", "14:10 errors rise", detected=None)
    assert texts(found) == ["errors rise"]
    assert "a look" in [event.text for event in found.before]
    assert found.begins == clock("14:10")


def test_an_incident_is_not_first_seen_when_it_is_over() -> None:
    told = ("13:10 A message arrives", "13:20 All is switched off", "13:30 The incident is declared as mitigated")
    assert isinstance(exercise_of(made_of(*told, *LATER, detected=None)), Exercise)
    over = made_of(*told, *LATER, detected=None, mitigated_at=clock("13:30").isoformat())
    assert exercise_of(over) is NoExercise.NO_DETECTION


def test_an_earlier_day_is_before() -> None:
    old = replace(event("day an old bug"), at=DAY - timedelta(days=30))
    assert [event.text for event in exercise(old, "14:00 alert").before] == ["an old bug"]


@pytest.mark.parametrize(
    ("first", "is_known"),
    [
        ("13:10 An alert fires", True),
        ("13:10 Multipass reports time-outs to its on-call", True),
        ("13:10 The team is paged", True),
        ("13:10 Customers report errors", True),
        ("13:10 First tickets from users", True),
        ("13:10 CPU is high >> Investigation begins", True),
        ("13:10 Monitoring detects failing checks", True),
        ("13:10 The status page turns yellow", True),
        ("13:10 A report about a phishing site is received", False),
        ("13:10 The web pages of the shop are slow", False),
        ("13:10 A deployment starts", False),
        ("13:10 The incident begins, by the status page", False),
        ("13:10 Two minutes in, engineers are triaging", True),
        ("13:10 The system fails without an end; no alert", False),
        ("13:10 Ada notices errors in the queue", True),
        ("13:10 Odd behaviour is reported on the channel", True),
        ("13:10 Investigations start", True),
        ("13:10 An on-call engineer is notified by social media", True),
        ("13:10 A war-room is set up", True),
        ("13:10 An alert fires, which is seen only later", False),
        ("13:10 The missing key is not noticed", False),
        ("13:10 Karpenter noticed that a new version is there", False),
        ("13:10 Ten minutes later an alert fires", True),
    ],
)
def test_without_a_detection_time_the_first_entry_that_speaks_of_it_begins(first: str, is_known: bool) -> None:
    found = exercise("13:00 quiet", first, "13:20 An alarm rings", detected=None)
    assert texts(found)[0] == (event(first).text if is_known else "An alarm rings")
    assert not found.is_stated


def test_without_a_detection_time_the_author_s_phase_begins() -> None:
    phased = replace(event("13:10 leases fail"), phase=Phase.INVESTIGATION)
    assert texts(exercise("13:00 race", phased, "13:20 An alarm rings", detected=None)) == [
        "leases fail",
        "An alarm rings",
    ]


@pytest.mark.parametrize(
    ("line", "text", "action"),
    [
        ("14:30 Errors rise >> Rollback", "Errors rise", "Rollback"),
        # A clause that explains is cut off,
        ("14:30 Monitoring is silent, because deletion is usual", "Monitoring is silent …", ""),
        ("14:30 CPU is high due to a bad rule", "CPU is high …", ""),
        # and one that judges, or names a later time;
        ("14:30 The directory is removed, in the belief that it is the copy", "The directory is removed …", ""),
        ("14:30 A DDoS is suspected, and by coincidence the page is down", "A DDoS is suspected …", ""),
        ("14:30 Alerts fire; by 14:35 users feel it", "Alerts fire …", ""),
        ("14:30 Alerts fire; since 14:25 users feel it", "Alerts fire; since 14:25 users feel it", ""),
        ("14:30 Errors rise >> Change is out; no trouble until 21:14", "Errors rise", "Change is out …"),
        ("14:30 A way is in use until 7 February", "", ""),
        ("14:30 Errors rise; the way is in use until 7 Feb", "Errors rise …", ""),
        ("14:30 Errors rise; a bug came with February 5", "Errors rise; a bug came with February 5", ""),
        ("14:30 All is clear: few are hit, for what the analysis gives as an hour", "All is clear: few are hit …", ""),
        # or how long something held that was done then;
        ("14:30 A restart helps for 21 minutes >> Noted", "A restart helps …", "Noted"),
        ("14:30 The limit held for about an hour.", "The limit held …", ""),
        ("14:30 The pod has held for 20 minutes", "The pod has held for 20 minutes", ""),
        ("14:30 The new key holds for all", "The new key holds for all", ""),
        # of an action that is learnt later nothing is left.
        ("14:30 Errors rise >> Goes unnoticed", "Errors rise", ""),
        ("14:30 Errors rise >> Taken for a network fault", "Errors rise", ""),
        # A length of time is no later knowledge.
        ("14:30 Ten minutes later errors rise", "Ten minutes later errors rise", ""),
        ("14:30 Use of `a because b` grows a lot", "", ""),
    ],
)
def test_players_see_no_more_of_an_entry_than_was_known(line: str, text: str, action: str) -> None:
    found = exercise("14:00 alert", line)
    if not text:
        assert [event.text for event in found.hindsight] == [event(line).text]
        return
    step = found.steps[1]
    assert (step.text, step.action) == (text, action)
    assert step.is_cut is ((text, action) != (event(line).text, event(line).action))


@pytest.mark.parametrize(
    "text",
    [
        "Protection is on; this is recognised only later",
        "From here on writes are lost",
        "From this moment on writes are lost",
        "FROM NOW ON WRITES ARE LOST",
        "Last moment of the lost writes",
        "A mail goes unnoticed",
        "Nobody has seen the warning",
        "The team should have been paged",
        "In hindsight the first sign",
        "Because of a bug all fails",
        "Wrong routing reaches its peak, at 1 %",
        "Customer impact peaks while caches run out",
    ],
)
def test_what_was_learnt_later_is_for_the_game_master(text: str) -> None:
    found = exercise("14:00 alert", f"14:30 {text}")
    assert texts(found) == ["alert"]
    assert [event.text for event in found.hindsight] == [text]


@pytest.mark.parametrize(
    "words",
    [
        "later", "afterwards", "in hindsight", "with retrospect", "looking back", "unnoticed", "unseen", "unaware",
        "unbeknownst", "unknown to", "without anyone", "without anybody", "nobody really knew", "no one sees",
        "none of us realised", "not yet noticed", "not recognized", "not read", "should have", "ought to have",
        "couldn't have", "might not have", "mightn’t have", "last moment of", "reaches its peak", "load peaks",
        "latency peaked", "our review then showed", "the analysis finds", "in the analysis that followed",
    ],
)  # fmt: skip
def test_each_phrase_that_was_learnt_later_is_found_in_any_case(words: str) -> None:
    for text in (f"Errors rise; {words} here", f"ERRORS RISE; {words.upper()} HERE", f"Errors rise; {words} – ſo"):
        assert known_part(text, DAY) == ""


@pytest.mark.parametrize(
    "words",
    [
        "because", "due to", "owing to", "caused by", "on account of", "as a result of", "as a consequence of",
        "thanks to", "by coincidence", "by chance", "by accident", "by mistake", "coincidental", "coincidentally",
        "in the belief", "same wrong", "also wrong", "mistaken", "mistakenly", "wrongly", "incorrectly",
        "erroneously", "falsely", "misread", "at first", "taken for", "in fact", "in reality", "in truth",
        "real root cause", "actual cause", "true cause",
    ],
)  # fmt: skip
def test_each_phrase_that_explains_or_judges_is_cut_off_in_any_case(words: str) -> None:
    for text in (f"Errors rise; {words} here", f"ERRORS RISE; {words.upper()} HERE", f"Errors rise; {words} – ſo"):
        assert known_part(text, DAY) in {"Errors rise …", "ERRORS RISE …"}


@pytest.mark.parametrize(
    "text",
    [
        "Kunden melden Fehler, | weil die Platte voll ist",
        "Die Fehler steigen | wegen einer Regel",
        "Die Kasse steht | aufgrund eines Fehlers",
        "Les erreurs montent | parce qu'un disque est plein",
        "Les erreurs montent | à cause d’un disque",
        "Le site est lent | en raison du trafic",
        "Le site est lent, | dû à une règle",
        "Los errores suben | porque el disco está lleno",
        "Los errores suben | debido a una regla",
        "Os erros sobem | devido à regra",
        "Os erros sobem | por causa da regra",
        "Gli errori salgono | a causa della regola",
        "Gli errori salgono, | dovuti al disco",
        "De fouten stijgen | omdat de schijf vol is",
        "De fouten stijgen | doordat de schijf vol is",
        "Felen ökar | på grund av en regel",
        "Felen ökar | eftersom disken är full",
        "Feilene øker | fordi disken er full",
        "Błędy rosną, | ponieważ dysk jest pełny",
        "Błędy rosną | z powodu reguły",
        "错误率上升，| 因为磁盘已满",
    ],
)
def test_a_clause_that_explains_is_cut_off_in_other_languages(text: str) -> None:
    shown, _, _ = text.partition("|")
    for written in (text.replace("| ", ""), text.replace("| ", "").upper()):
        cut = known_part(written, DAY)
        assert cut.lower() == f"{shown.rstrip(' ,，').lower()} …"


def test_words_that_only_look_like_an_explanation_stay() -> None:
    for text in (
        "The car park is dark",
        "Da Vinci pods restart",
        "A portal opens",
        "Fordism",
        "Weill answers",
        "开始调查",
    ):
        assert known_part(text, DAY) == text
    assert known_part("由于磁盘已满，错误率上升", DAY) == ""


def test_what_comes_after_the_end_is_no_step() -> None:
    report = replace(event("20:00 report"), phase=Phase.FOLLOW_UP)
    found = exercise("14:00 alert", report, "20:00 all green", "- node rebuilt", "21:00 closed", resolved="20:00")
    assert texts(found) == ["alert", "all green"]
    assert [event.text for event in found.afterwards] == ["report", "node rebuilt", "closed"]


def test_steps_that_first_use_words_of_the_cause_are_named() -> None:
    found = exercise("13:00 The script deletes sites", "14:00 alert", "14:20 The run ends", "14:30 A script is found")
    assert found.telling_steps == ((3, ("script",)),)


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ("14:30 Counts are cleared >> Without effect", True),
        ("14:30 An attack is suspected", True),
        ("14:30 An attack is ruled out", True),
        ("14:30 We suspected an attack", True),
        ("14:30 The new alert proves unrelated", True),
        ("14:30 Limit raised >> No effect on the error rate", True),
        ("14:30 A restart helps for 5 minutes >> Noted as no solution", True),
        ("14:30 A change tests the suspected cause", False),
        ("14:30 The suspected host is isolated", False),
        ("14:30 Unrelated teams join", False),
        ("14:30 Vault is slow, with no effect on players yet", False),
        ("14:30 All nodes are restarted", False),
    ],
)
def test_a_wrong_turn_is_an_entry_that_says_so(line: str, is_wrong: bool) -> None:
    assert [turn.text for turn in exercise("14:00 alert", line).wrong_turns] == [event(line).text] * is_wrong


def test_time_counts_from_the_first_step() -> None:
    found = exercise("13:00 deploy", "14:00 alert", "- a look", "14:20 restart")
    assert [step.after for step in found.steps[:3]] == [timedelta(), None, timedelta(minutes=20)]
    assert found.begins == clock("14:00")


def test_the_time_of_a_range_counts_to_its_end() -> None:
    found = exercise("13:40-14:20 errors rise", "14:00 alert")
    assert [(step.text, step.after) for step in found.steps[:2]] == [
        ("alert", timedelta()),
        ("errors rise", timedelta(minutes=20)),
    ]
    found = exercise("14:00-14:10 a test fails", "14:20 a look")
    assert [step.after for step in found.steps[:2]] == [timedelta(), timedelta(minutes=10)]
    assert found.begins == clock("14:10")


@pytest.mark.parametrize(
    ("steps", "length", "minutes"),
    [(5, Length.SHORT, 40), (7, Length.SHORT, 50), (8, Length.MEDIUM, 50), (13, Length.LONG, 70)],
)
def test_the_length_follows_from_the_steps(steps: int, length: Length, minutes: int) -> None:
    found = exercise_of(made_of(*(f"14:{number:02} step" for number in range(steps))))
    assert isinstance(found, Exercise)
    assert (found.length, found.minutes) == (length, minutes)


@pytest.mark.parametrize(
    ("postmortem", "reason"),
    [
        (made_of(*LATER, kind="drill"), NoExercise.DRILL),
        (made_of(*LATER, status="draft"), NoExercise.DRAFT),
        (made_of(*LATER, detected=None), NoExercise.NO_DETECTION),
        (made_of(detected="14:00"), NoExercise.TOO_FEW),
        (made_of(*LATER[: MIN_STEPS - 1], detected=None), NoExercise.TOO_FEW),
        (made_of(*LATER, detected="23:00"), NoExercise.NO_DETECTION),
        (made_of(*LATER[: MIN_STEPS - 1]), NoExercise.TOO_FEW),
        (made_of("14:00 alert", "14:10 look", "- a", "- b", "- c", "- d"), NoExercise.TOO_FEW),
    ],
)
def test_some_postmortems_make_no_exercise(postmortem: Postmortem, reason: NoExercise) -> None:
    assert exercise_of(postmortem) is reason


def test_a_near_miss_and_one_in_review_make_exercises() -> None:
    assert isinstance(exercise_of(made_of(*LATER, kind="near-miss")), Exercise)
    assert isinstance(exercise_of(made_of(*LATER, status="in-review")), Exercise)


WORDS = st.sampled_from(
    ["Errors rise", "An alert fires", "It is found only later", "A, because of B", "所有请求失败", "توقف"]
)
TIMES = st.none() | st.integers(0, 1439).map(lambda minutes: DAY + timedelta(minutes=minutes))


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Event, ...]:
    made = []
    for number in range(draw(st.integers(0, 30))):
        at = draw(TIMES)
        until = draw(TIMES) if at and draw(st.booleans()) else None
        made.append(
            Event(
                Place.at("x.md", number + 1),
                f"{draw(WORDS)} ({number})",
                at,
                until=until if until and at and until > at else None,
                day_only=at is not None and draw(st.booleans()) and draw(st.booleans()),
                phase=draw(st.none() | st.sampled_from(Phase)),
            )
        )
    return tuple(made)


@given(timelines(), st.none() | st.integers(0, 23), st.none() | st.integers(0, 23))
def test_no_event_is_lost_and_no_step_shows_a_later_one(
    events: tuple[Event, ...], detected: int | None, resolved: int | None
) -> None:
    found = exercise_of(
        made_of(
            *events,
            detected=None if detected is None else f"{detected}:00",
            resolved=None if resolved is None else f"{resolved}:00",
        )
    )
    if not isinstance(found, Exercise):
        return
    shown = [step.event for step in found.steps]
    assert Counter((*shown, *found.before, *found.hindsight, *found.afterwards)) == Counter(events)
    known = [event.until or event.at for event in shown if event.at and not event.day_only]
    assert known == sorted(known)
    if detected is not None:
        assert all(at >= clock(f"{detected}:00") for at in known)
    afters = [step.after for step in found.steps if step.after is not None]
    assert afters == sorted(afters)
    assert found.steps[0].after == timedelta()
    for step in found.steps:
        assert step.text
        assert step.event.text.startswith(step.text.removesuffix(" …"))
