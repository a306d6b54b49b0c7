"""`postmortems remind` as a user runs it: whose items are due, in each format, whatever authors have written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from tests.builders import action_item, dated_incident, page_context, with_items
from tests.conftest import POSTMORTEM_PATH, Write
from tests.sites import BUILT_ON

from postmortems.analyse.reminders import reminders
from postmortems.cli.main import main
from postmortems.render.data.reminders import ReminderFile
from postmortems.render.data.schema import schema_of
from postmortems.report.reminder import Reminder
from postmortems.report.reminder_chat import LONGEST as LONGEST_CHAT
from postmortems.report.reminder_chat import reminder_chat
from postmortems.report.reminder_markdown import LONGEST, MARK, reminder_markdown

WITH_SITE = "site_name: KB\nsite_url: https://example.org/kb/\nplugins: [postmortems]\n"
ITEMS = """\
- [x] [Payments] Alert on pool use (done: 2026-03-05)
- [ ] [Payments] Test the error path (kind: prevent, due: 2026-11-20, ticket: OPS-12)
- [ ] [payments] Name the owner of the pool (due: 2026-11-24)
- [ ] [@dana] Ask the supplier (due: 2026-12-08)
- [ ] Write it down (due: 2026-11-23)
- [ ] [Kim] Later (due: 2026-12-09)
- [ ] [Kim] Some day
- [ ] [Kim] Nobody says (state: unknown)
"""


@pytest.fixture
def run(write: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in a knowledge base with these files, on 24 November 2026."""

    def run_with(*arguments: str, files: Mapping[str, str | bytes] | None = None) -> Result:
        monkeypatch.chdir(write({POSTMORTEM_PATH: with_items(ITEMS), **(files or {})}))
        done = CliRunner().invoke(main, ["remind", "--today", "2026-11-24", *arguments])
        assert not isinstance(done.exception, Exception), done.exception
        return done

    return run_with


def test_each_owner_has_what_is_overdue_and_what_is_soon(run: Callable[..., Result]) -> None:
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    place = f"`{POSTMORTEM_PATH}"
    assert done.stdout == (
        "<!-- postmortems remind -->\n\n"
        "**2 action items overdue, 2 more due by 8 Dec 2026.**\n"
        "\n### Payments\n\n1 overdue, 1 due soon\n\n"
        "- **4 days overdue**: Test the error path  \n"
        f"  due 20 Nov 2026 · prevent · OPS-12 · Checkout times out, {place}:64`\n"
        "- **due today**: Name the owner of the pool  \n"
        f"  due 24 Nov 2026 · Checkout times out, {place}:65`\n"
        "\n### @\u2060dana\n\n1 due soon\n\n"
        "- **due in 14 days**: Ask the supplier  \n"
        f"  due 8 Dec 2026 · Checkout times out, {place}:66`\n"
        "\n### No owner\n\n1 overdue\n\n"
        "- **1 day overdue**: Write it down  \n"
        f"  due 23 Nov 2026 · Checkout times out, {place}:67`\n"
        "\nClosed one? Tick its box in the postmortem: `[x]`, with `done: <date>`. "
        "Will not be done? End it with `(wont-do: <reason>)`.\n"
        "\nNot listed: 1 open without a due date, 1 with unknown status. As of 24 Nov 2026.\n"
    )


def test_links_lead_to_the_site_where_its_address_is_known(run: Callable[..., Result]) -> None:
    said = run(files={"mkdocs.yml": WITH_SITE}).stdout
    assert re.search(
        r"\[Test the error path\]\(<https://example\.org/kb/postmortems/2026/01-checkout/#a-\w{12}>\)", said
    )
    assert "[All action items](<https://example.org/kb/actions/>)" in said
    assert "postmortem.md" not in said
    chat = run("--format", "chat", files={"mkdocs.yml": WITH_SITE}).stdout
    assert re.search(r"^  https://example\.org/kb/postmortems/2026/01-checkout/#a-\w{12}$", chat, re.MULTILINE)


def test_a_message_for_a_chat_is_plain_and_begins_with_the_most_urgent(run: Callable[..., Result]) -> None:
    assert run("--format", "chat").stdout == (
        "2 action items overdue, 2 more due by 8 Dec 2026.\n\n"
        "Payments: 1 overdue, 1 due soon\n"
        f"• 4 days overdue: Test the error path (Checkout times out)\n  {POSTMORTEM_PATH}:64\n"
        f"• due today: Name the owner of the pool (Checkout times out)\n  {POSTMORTEM_PATH}:65\n\n"
        "@\u2060dana: 1 due soon\n"
        f"• due in 14 days: Ask the supplier (Checkout times out)\n  {POSTMORTEM_PATH}:66\n\n"
        "No owner: 1 overdue\n"
        f"• 1 day overdue: Write it down (Checkout times out)\n  {POSTMORTEM_PATH}:67\n\n"
        "Not listed: 1 open without a due date, 1 with unknown status. As of 24 Nov 2026.\n"
    )


@pytest.mark.parametrize(
    ("options", "overdue", "soon"),
    [
        ([], ["Test the error path", "Write it down"], ["Name the owner of the pool", "Ask the supplier"]),
        (["--within", "0d"], ["Test the error path", "Write it down"], ["Name the owner of the pool"]),
        (["--within", "15d", "--owner", "KIM"], [], ["Later"]),
        (["--owner", "payments", "--owner", "Kim"], ["Test the error path"], ["Name the owner of the pool"]),
        (["--within", "999999d", "--owner", "dana"], [], ["Ask the supplier"]),
    ],
)
def test_the_window_and_the_owner_narrow_it(
    options: list[str], overdue: list[str], soon: list[str], run: Callable[..., Result]
) -> None:
    data = json.loads(run("--format", "json", *options).stdout)
    schema = schema_of(ReminderFile, "x")
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(data)
    assert [item["text"] for owner in data["owners"] for item in owner["overdue"]] == overdue
    assert [item["text"] for owner in data["owners"] for item in owner["due_soon"]] == soon
    assert (data["overdue"], data["due_soon"]) == (len(overdue), len(soon))


def test_an_item_in_json_tells_where_it_is_written(run: Callable[..., Result]) -> None:
    data = json.loads(run("--format", "json").stdout)
    assert [owner["owner"] for owner in data["owners"]] == ["Payments", "@dana", None]
    item = data["owners"][0]["overdue"][0]
    found = {name: item[name] for name in ("title", "path", "line", "days_overdue", "ticket", "due", "is_overdue")}
    assert found == {
        "title": "Checkout times out", "path": POSTMORTEM_PATH, "line": 64, "days_overdue": 4, "ticket": "OPS-12",
        "due": "2026-11-20", "is_overdue": True,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["markdown", "chat", "json"])
def test_nothing_due_is_said_and_no_failure(form: str, run: Callable[..., Result]) -> None:
    done = run("--format", form, files={POSTMORTEM_PATH: with_items("- [x] [Kim] Cap it (done: 2026-03-05)\n")})
    assert (done.exit_code, done.stderr) == (0, "")
    if form == "json":
        data = json.loads(done.stdout)
        assert (data["overdue"], data["due_soon"], data["owners"]) == (0, 0, [])
    elif form == "chat":
        assert done.stdout == "No action item is overdue or due by 8 Dec 2026. As of 24 Nov 2026.\n"
    else:
        assert done.stdout == f"{MARK}\n\n**No action item is overdue or due by 8 Dec 2026.**\n\nAs of 24 Nov 2026.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--owner", "paiments"], '--owner is "paiments", which matches no postmortem; did you mean "payments"?'),
        (["--within", "soon"], '"soon" is not a duration such as 14d'),
        (["--format", "csv"], "'csv' is not one of 'markdown', 'chat', 'json'"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: list[str], said: str, run: Callable[..., Result]) -> None:
    done = run(*options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_owners_are_mentioned_only_if_asked_for_and_only_by_name(run: Callable[..., Result]) -> None:
    items = "- [ ] [@dana] Ask @kim (due: 2026-11-20)\n- [ ] [@a b] Ask (due: 2026-11-20)\n"
    files = {POSTMORTEM_PATH: with_items(items)}
    assert re.findall(r"@\w", run(files=files).stdout) == []
    assert re.findall(r"@\w+", run("--mention", files=files).stdout) == ["@dana"]


def test_drafts_near_misses_and_drills_say_what_they_are(run: Callable[..., Result]) -> None:
    text = with_items("- [ ] [Kim] Cap it (due: 2026-11-20)\n").replace("title:", "kind: near-miss\ntitle:", 1)
    assert "Checkout times out \\(near miss\\)" in run(files={POSTMORTEM_PATH: text}).stdout
    draft = text.replace("near-miss", "drill").replace("status: published", "status: draft")
    assert "Checkout times out \\(draft, drill\\)" in run(files={POSTMORTEM_PATH: draft}).stdout


HOSTILE = "<!channel> [x](javascript:1) @here <script> `a` | \u202e #7 www.evil.example ![p](https://e.example/p.png) \u05d0\u05d1 日本語"


@given(text=st.one_of(st.just(HOSTILE), st.text(min_size=1, max_size=300)), many=st.sampled_from((1, 3, 700)))
def test_whatever_is_written_no_markup_of_it_survives_and_the_length_is_bounded(text: str, many: int) -> None:
    items = tuple(action_item(text, owner=text[:50], due=BUILT_ON.replace(year=2020)) for _ in range(many))
    postmortem = dated_incident("a", *items, title=f"x{text}")
    analysis = page_context(postmortem).analysis
    found = reminders(analysis.actions_of(postmortem), BUILT_ON, BUILT_ON - BUILT_ON)
    told = Reminder(found, lambda action: action.item.text, lambda _: "postmortems/a.md:7")
    whole = reminder_markdown(told)
    assert len(whole) <= LONGEST
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(whole)
    inner = [child.type for token in tokens for child in token.children or ()]
    assert {"link_open", "image", "html_inline"}.isdisjoint(inner)
    assert [token.content for token in tokens if token.type == "html_block"] == [f"{MARK}\n"]
    chat = reminder_chat(told)
    assert len(chat) <= LONGEST_CHAT
    assert "<" not in chat
    assert not re.search(r"[@#!]\w", chat)


def test_what_does_not_fit_is_counted() -> None:
    items = tuple(
        action_item(f"Do {number} " + "x" * 200, owner=f"Team {number % 7}", due=BUILT_ON.replace(year=2020))
        for number in range(900)
    )
    postmortem = dated_incident("a", *items)
    analysis = page_context(postmortem).analysis
    told = Reminder(
        reminders(analysis.actions_of(postmortem), BUILT_ON, BUILT_ON - BUILT_ON),
        lambda action: action.item.text,
        lambda _: "a.md:7",
    )
    text = reminder_markdown(told)
    listed = len(re.findall(r"^- ", text, re.MULTILINE))
    assert f"\n{900 - listed} more action items did not fit here.\n" in text
    assert 100 < listed < 900
    chat = reminder_chat(told)
    assert "• and 126 more" in chat


def test_check_page_list_and_reminder_agree_on_one_day(
    built: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = built("team")
    monkeypatch.chdir(site.parent)
    day = ["--today", BUILT_ON.isoformat()]

    def data(*arguments: str) -> dict[str, object]:
        done = CliRunner().invoke(main, [*arguments, "--format", "json", *day])
        found: dict[str, object] = json.loads(done.stdout)
        return found

    listed = {record["text"] + record["postmortem"] for record in data("actions", "--overdue")["actions"]}  # type: ignore[attr-defined]
    within = {record["text"] + record["postmortem"] for record in data("actions", "--due-within", "30d")["actions"]}  # type: ignore[attr-defined]
    owners = data("remind", "--within", "30d")["owners"]
    overdue = [item for owner in owners for item in owner["overdue"]]  # type: ignore[attr-defined]
    soon = [item for owner in owners for item in owner["due_soon"]]  # type: ignore[attr-defined]
    assert len(overdue) > 50
    assert soon
    assert {item["text"] + item["postmortem"] for item in overdue} == listed
    assert {item["text"] + item["postmortem"] for item in [*overdue, *soon]} == within
    checked = [finding for finding in data("check")["diagnostics"] if finding["rule"] == "overdue-action"]  # type: ignore[attr-defined]
    assert sorted((item["path"], item["line"]) for item in overdue) == sorted(
        (one["path"], one["line"]) for one in checked
    )
    page = (site / "actions/index.html").read_text("utf-8")
    (bold,) = re.findall(r'id="by-owner"[^>]*>(.*?)</h2>', page, re.DOTALL)
    counted = [item for item in overdue if item["postmortem"] not in _apart(site)]
    assert unescape(bold).strip().startswith(f"{len(counted)} of ")


def _apart(site: Path) -> set[str]:
    """The near misses and drills, which the page counts apart."""
    records = json.loads((site / "data/postmortems.json").read_text("utf-8"))["postmortems"]
    return {record["id"] for record in records if record["kind"] != "incident"}
