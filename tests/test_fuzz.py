"""The fuzzer in brief: its seeds are sound, it finds what is wrong, and no reader's work grows faster than its text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import __main__ as fuzzing
from tests.fuzz.inputs import inputs
from tests.fuzz.targets import SEEDS, TARGETS, Target

by_target = pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)


@by_target
def test_what_must_hold_holds_for_the_seeds_and_a_few_others(target: Target) -> None:
    for text in target.seeds:
        target.read(text.encode())

    @settings(max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs(target))
    def one(data: bytes) -> None:
        target.read(data)

    one()


def test_each_reader_has_its_seeds() -> None:
    assert sorted(path.stem for path in SEEDS.iterdir()) == sorted(target.name for target in TARGETS)


def raises(data: bytes) -> None:
    if data.count(b"|") > 3:
        raise KeyError("bar")


def never_ends(data: bytes) -> None:
    while len(data) > 4_000:
        pass


# Where the machine is busy, the input is not made short in time, and Hypothesis warns that it is large to print.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (raises, ["tables: fails with seed 1", "KeyError: 'bar'", "input: b'||||'\n", "again: FUZZ_SEED=1 python -m"]),
        (never_ends, ["tables: fails with seed 1", "TooSlowError: more than 0.0 s for"]),
    ],
)
def test_what_is_wrong_is_found_and_printed_in_short(
    reader: Callable[[bytes], None],
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(fuzzing, "TARGETS", (Target("tables", reader), Target("catalogue", lambda _: None)))
    monkeypatch.setattr(fuzzing, "ONCE", 0.01)
    monkeypatch.setattr(fuzzing, "PER_KILOBYTE", 0.0)
    monkeypatch.setattr(fuzzing, "_SHORTENING", 1)
    monkeypatch.setenv("FUZZ_SECONDS", "0.5")
    assert fuzzing.main([]) == 1
    out = capsys.readouterr().out
    for words in said:
        assert words in out
    assert "catalogue: " in out


def test_a_target_that_does_not_exist_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzzing.main(["nothing"]) == 2
    assert capsys.readouterr().err.startswith("nothing: no target; they are front-matter, ")


OURS = str(Path("plugins/postmortems"))
FEW, MANY = 50, 200
MOST = 9
"""The most that four times the text may take: between linear, which is 4, and quadratic, which is 16."""


def steps(read: Callable[[bytes], None], data: bytes) -> int:
    """How many lines of this package's code run while something is read: the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., object] | None:
        nonlocal count
        if OURS not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(data)
    finally:
        sys.settrace(before)
    return count


FM = "---\ntitle: x\n---\n\n"
GROWING = {
    "front-matter": [
        ("---\n", "x-№: [a, 'b']\n", "---\n"), ("---\nservices:\n", "- s№\n", "---\n"), ("---\nx: [", "[a, b],", "]\n---\n"),
        ("", "title: x\n", ""), ("---\n", "a№: b\n", ""), ("---\n", "title: x\n", "---\n"),
    ],
    "exports": [
        ('[{"type":"message","ts":"1772461267.0002","text":"timeline: x"}', ',{"type":"message","ts":"1772№.0002","text":"timeline: a №"}', "]"),
        ('{"log_entries":[{"id":"a"}', ',{"type":"trigger_log_entry","created_at":"2026-03-02T14:21:07Z","summary":"№"}', "]}"),
        ('{"number":1,"title":"x","createdAt":"2026-03-02T14:21:07Z","body":"', "# a №\\n- b\\n```\\n<b>", '"}'),
        ("", '{"key":"A-№","fields":{"summary":"x"}}', ""),
    ],
    "sections": [
        ("", "## Timeline\n\nText №\n\n", ""), ("", "###### A\n", ""), ("", "**Root cause:** x\n\n", ""),
        ("", "- a\n  - b\n", ""), ("", "> ", ""), ("", "<!-- a -->\n", ""), ("", "```\n", ""),
    ],
    "timeline": [
        ("", "- **14:20** - event №\n", ""), ("", "14:20 event\n", ""), ("", "### 14:20 event\n\n", ""),
        ("", "- (next day) 14:20 x\n", ""), ("", "All times are in PDT.\n\n", ""), ("", "- unknown: x\n", ""),
    ],
    "tables": [
        ("| Time | Event |\n|---|---|\n", "| 14:20 | event № |\n", ""), ("", "| Time | Event |\n|---|---|\n| 14:20 | x |\n\n", ""),
        ("| Time |", " a |", "\n|---|\n| 14:20 |\n"),
    ],
    "action-items": [
        ("", "- [ ] [Team] do № (due: 2026-04-01)\n", ""), ("| Action | Owner |\n|---|---|\n", "| do № | Team |\n", ""),
        ("", "### Immediate\n\n- [x] a\n\n", ""), ("- [ ] a\n", "  Owner: x\n", ""), ("- [ ] a ", "(due: x) ", ""),
    ],
    "inline": [
        ("", "`a` ", ""), ("", "<!-- a -->", ""), ("", "<a href=b>c</a>", ""), ("", "[a](b) ", ""), ("", "`` ` ", ""),
        ("", "www.a #1 @b ", ""), ("", "<!-- ", ""), ("", "<a b='", ""),
    ],
    "timeline-json": [
        ("[", '{"at": "2026-03-02T14:20:00Z", "event": "e№"},\n', '{"at": "x"}]'), ("[{", '"k№": "v",\n', '"a": 1}]'), ("", "[", ""),
        ("[", '{"at": "14:20"},', "1]"),
    ],
    "register": [
        ("", "- id: INC-№\n  severity: SEV2\n  resolved_at: 2026-03-02T16:00:00Z\n", ""), ("", "- id: INC-1\n", ""), ("- {", "a№: b, ", "}"),
    ],
    "survey": [("", "- team: T№\n  safe_to_speak_up: [0, 1, 2, 5, 4]\n", ""), ("- safe_to_speak_up: [", "1, ", "1]\n"), ("", "- {}\n", "")],
    "response": [
        ("", "- 14:30 UTC - Restart per runbook №\n", ""), ("- 14:30 UTC - the ", "first ", "update on the status page"),
        ("- 14:30 UTC - ", "there was no runbook for ", ""), ("- 14:30 UTC - ", "per a-", " runbook"), ("- 14:30 UTC - ", ", and ", "status page updated"),
    ],
    "catalogue": [("", "- s№\n", ""), ("", "- s\n", ""), ("- name: a\n  aliases: [", "b№, ", "]\n"), ("services:\n", "  s№: {owner: a}\n", "")],
    "pattern": [("---\ntitle: x\naliases: [", "a№, ", "]\n---\n"), (FM, "## What helps\n\nText\n\n", "")],
    "settings": [
        ("plugins:\n- postmortems:\n    severities: [", "S№, ", "]\n"),
        ("plugins:\n- postmortems:\n    synonyms:\n", "      a№: Timeline\n", ""), ("plugins: [postmortems]\nx:\n", "  - !ENV [A, b]\n", ""),
    ],
    "clean-html": [("", "<p class=a>b</p>", ""), ("", "<img src=http://a/b>", ""), ("", "<div>", ""), ("", "<p style='color: red' title='<'>", "")],
    "language": [("", "The engineer forgot to check it.\n\n", ""), ("", "and we should have ", ""), ("", "- Sam pushed №\n", "")],
    "fmt": [(f"{FM}## Timeline\n\n", "- **14:20** - x\n", ""), (f"{FM}## Action Items\n\n", "- [X] a\n", "")],
    "fix": [(f"{FM}## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n", "| 14:20 | x№ |\n", ""), (FM, "## What Went Well\n\nText\n\n", "")],
}  # fmt: skip
"""For each reader some shapes: what stands before, what is repeated, with its number for №, and what stands behind."""


def grown(shape: tuple[str, str, str], times: int) -> bytes:
    """A text of a shape in which the piece stands so many times."""
    before, piece, behind = shape
    return (before + "".join(piece.replace("№", str(number)) for number in range(times)) + behind).encode()


@pytest.mark.parametrize(
    ("name", "shape"),
    [(name, shape) for name, shapes in GROWING.items() for shape in shapes],
    ids=lambda value: ascii(value[1]) if isinstance(value, tuple) else value,
)
def test_four_times_the_text_is_not_sixteen_times_the_work(name: str, shape: tuple[str, str, str]) -> None:
    (target,) = [one for one in TARGETS if one.name == name]
    target.read(grown(shape, 2))  # What is made once, such as tables of words, is no part of it.
    few, many = (steps(target.read, grown(shape, times)) for times in (FEW, MANY))
    assert many <= MOST * few, f"{few:,} steps, then {many:,}"


def test_every_reader_has_shapes_that_grow() -> None:
    assert sorted(GROWING) == sorted(target.name for target in TARGETS)


def test_work_that_grows_with_the_square_is_seen(tmp_path: Path) -> None:
    code = tmp_path / OURS / "squared.py"
    code.parent.mkdir(parents=True)
    code.write_text("def read(data):\n    for a in data:\n        for b in data:\n            pass\n", "utf-8")
    made: dict[str, Callable[[bytes], None]] = {}
    exec(compile(code.read_text("utf-8"), str(code), "exec"), made)
    assert steps(made["read"], b"x" * MANY) > MOST * steps(made["read"], b"x" * FEW)
