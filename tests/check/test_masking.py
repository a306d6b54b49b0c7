"""No output holds a secret or personal data whole, whatever else is wrong on its line, and whoever speaks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from tests.check.made_secrets import KINDS, made_secret

from postmortems.check import reporters
from postmortems.check.masking import Masking, masked_report
from postmortems.check.report import Report
from postmortems.check.reporters.text import report_text
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.edit import Edit
from postmortems.model.excerpt import Excerpt
from postmortems.model.pattern import Pattern
from postmortems.model.personal_data import PersonalData
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.pipeline import run_pipeline
from postmortems.read.corpus import read_corpus
from postmortems.render.pages.banner import banner, home_banner
from postmortems.results import Run
from postmortems.settings.parsing import parse_settings
from postmortems.text.markdown import code, escaped

Write = Callable[..., Path]

TODAY = date(2026, 4, 1)
PATH = "postmortems/2026/01-checkout/postmortem.md"

REPORTERS = [
    module.name
    for module in iter_modules(reporters.__path__)
    if hasattr(import_module(f"{reporters.__name__}.{module.name}"), f"report_{module.name}")
]


def report_by(name: str, report: Report) -> str:
    return str(getattr(import_module(f"{reporters.__name__}.{name}"), f"report_{name}")(report))


def whole(kind: str) -> str:
    return "".join(made_secret(kind, KINDS.index(kind)))


def secret(kind: str) -> str:
    return made_secret(kind, KINDS.index(kind))[1]


GITHUB, AWS, STRIPE, GITLAB, JWT = map(
    secret, ("a GitHub token", "an AWS access key", "a Stripe key", "a GitLab token", "a JSON Web Token")
)
SLACK, NAMED = secret("a Slack token"), secret("a password by its name")
ADDRESS, PASSWORD = whole("a password in an address"), secret("a password in an address")
MAIL, NUMBER, CUSTOMER, IP = "joan.roe@wholesale.shop", "+4915112345678", "CUST-123456", "35.190.61.47"
HIDDEN = [GITHUB, AWS, STRIPE, GITLAB, JWT, SLACK, NAMED, PASSWORD, NUMBER, CUSTOMER, IP, MAIL.partition("@")[0]]


def broken(sound: dict[str, str]) -> dict[str, str]:
    """A knowledge base in which nearly every line with a secret is wrong in another way, too."""
    front = sound["front_matter"].removesuffix("---\n")
    front = front.replace("severity: SEV2", f"severity: {AWS}").replace("detected_by: alert", f"detected_by: {MAIL}")
    front = front.replace("[database-issues]", f"[{STRIPE}]").replace(
        "published_on: 2026-03-09", f"published_on: {JWT}"
    )
    front += f"{GITHUB}: 1\nrepeat_of: {GITLAB}\nicon: {IP}\nkind: {CUSTOMER}\n---\n"
    body = (
        sound["body"]
        .replace("| 14:23 | Alert on response time |", f"| 14:72 | Alert at {ADDRESS} from {IP} {JWT} |")
        .replace("Connections leaked", f"<b onclick=x>{PASSWORD} is the password</b> {NUMBER} <b onclick='{SLACK}'>")
        .replace("The pool had no alert", f"[log](artifacts/{SLACK}.log) <b onclick=x>DB_PASSWORD={NAMED}</b>")
        .replace(
            "A pool is a queue.", f"{ADDRESS} <script>{MAIL} {CUSTOMER}</script>\n\n## Timeline\n\n## Timeline {JWT}\n"
        )
    )
    pattern = f"---\ntitle: Database issues\nfamly: database\n{GITHUB}: x\n---\n\n<script>'{MAIL}'</script> {AWS}\n"
    timeline = (
        f'[{{"at": "2026-03-02T14:23:00Z", "event": "{GITHUB}", "{SLACK}": 1, "phase": "{MAIL}"}},\n {{"at": "{AWS}"}}]'
    )
    return {
        sound["path"]: front + body,
        "docs/patterns/database-issues.md": pattern,
        "docs/postmortems/2026/02-json/postmortem.md": sound["postmortem"],
        "docs/postmortems/2026/02-json/timeline.json": timeline,
        "docs/postmortems/2026/02-json/artifacts/app.log": f"{ADDRESS}\n",
        "mkdocs.yml": "site_name: x\ntheme: {name: material, font: false}\nplugins:\n  - postmortems:\n      personal_data: {identifiers: ['CUST-\\d{6}']}\n",
    }


@pytest.fixture
def run(write: Write, sound: dict[str, str]) -> Run:
    settings, wrong = parse_settings({"personal_data": {"identifiers": [r"CUST-\d{6}"]}})
    assert not wrong
    return run_pipeline(write(broken(sound)) / "docs", settings, TODAY)


def bare(text: str) -> str:
    """A text as an address may be made of it: its letters, small, and its digits."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def assert_hidden(output: str, values: Iterable[str] = HIDDEN) -> None:
    """Nothing in the output gives a value away, nor a long piece of it."""
    said = bare(output)
    for value in map(bare, values):
        length = min(len(value), 12)
        shown = [value[start : start + length] for start in range(len(value) - length + 1)]
        assert not [piece for piece in shown if piece in said], value


def test_the_knowledge_base_has_other_findings_where_the_secrets_are(run: Run) -> None:
    sensitive = {(one.place.path, one.place.line) for one in run.diagnostics if one.code in ("PM801", "PM802")}
    others = {one.rule for one in run.diagnostics if (one.place.path, one.place.line) in sensitive}
    assert len(others) >= 9, others
    quoted = " ".join(one.message for one in run.diagnostics if one.code not in ("PM801", "PM802"))
    assert quoted.count(" characters)") >= 9


def test_every_value_is_found(run: Run) -> None:
    said = " ".join(one.message for one in run.diagnostics if one.code in ("PM801", "PM802"))
    for value in HIDDEN:
        assert value[:2] in said or value[0] in said


@pytest.mark.parametrize("name", REPORTERS)
def test_no_reporter_shows_a_secret(name: str, run: Run) -> None:
    assert_hidden(report_by(name, run.report()))


def test_the_reporters_are_all_tried() -> None:
    assert {"text", "json"} <= set(REPORTERS)


def test_no_banner_shows_a_secret(run: Run) -> None:
    assert_hidden(banner(run.diagnostics, str) + home_banner(run.diagnostics, str))


@pytest.mark.parametrize(
    "levels",
    [{}, {"secret-in-text": "off", "personal-data": "off"}, {"secret-in-text": "info"}],
    ids=["on", "off", "info"],
)
def test_it_makes_no_difference_whether_the_rules_are_on(
    levels: dict[str, str], write: Write, sound: dict[str, str]
) -> None:
    settings, _ = parse_settings({"personal_data": {"identifiers": [r"CUST-\d{6}"]}, "levels": levels})
    run = run_pipeline(write(broken(sound)) / "docs", settings, TODAY)
    assert ("PM801" in {one.code for one in run.diagnostics}) is (levels.get("secret-in-text") != "off")
    assert_hidden(report_text(run.report()))


@pytest.mark.large
def test_no_command_shows_a_secret(write: Write, sound: dict[str, str], run_in: Callable[..., object]) -> None:
    folder = write(broken(sound))
    # The second run takes its findings from the first.
    for command in (("postmortems", "check"), ("postmortems", "check"), ("mkdocs", "build", "-v")):
        done = run_in(folder, *command)
        output = getattr(done, "stdout", "") + getattr(done, "stderr", "")
        assert "PM801" in output
        assert_hidden(output)
    run_in(folder, "postmortems", "check", "--baseline", "known.json", "--write-baseline")
    listed = (folder / "known.json").read_text("utf-8")
    assert "secret-in-text" in listed
    assert_hidden(listed)


def test_a_secret_that_is_waived_is_masked_all_the_same(write: Write, sound: dict[str, str]) -> None:
    line = f"<script> {GITHUB} <!-- postmortems: allow secret-in-text: revoked in 2021 -->"
    settings, _ = parse_settings({})
    folder = write({sound["path"]: sound["postmortem"].replace("A pool is a queue.", line)})
    run = run_pipeline(folder / "docs", settings, TODAY)
    assert [one.code for one in run.diagnostics] == ["PM705"]
    assert_hidden(report_text(run.report()), [GITHUB])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_secret_is_masked_in_the_excerpt_of_another_finding(
    kind: str, write: Write, sound: dict[str, str]
) -> None:
    line = f"See <script> {whole(kind)} there."
    settings, _ = parse_settings({})
    folder = write({sound["path"]: sound["postmortem"].replace("A pool is a queue.", line)})
    run = run_pipeline(folder / "docs", settings, TODAY)
    assert {"PM705", "PM801"} <= {one.code for one in run.diagnostics}
    # The first line of a private key is no secret.
    value = re.sub(r"^BEGIN RSA PRIVATE KEY-----", "", secret(kind))
    assert_hidden(report_text(run.report()), [value])


def corpus_with(path: str, *texts: str) -> Corpus:
    excerpts = tuple(Excerpt(path, number, text) for number, text in enumerate(texts, 1))
    return Corpus(patterns=(Pattern("x", path, "X", "database", Body(1, ()), excerpts=excerpts),))


PLAIN = PersonalData()


@pytest.mark.parametrize(
    ("text", "shown", "line"),
    [
        ("see hunter22x-9 there", "see hun… (12 characters) there", "see hun********* there"),
        ('"hunter22x-9Z is cut"', '"hun… (12 characters) is cut"', '"hun********* is cut"'),
        ("hunter22x", "hunter22x", "hunter22x"),
        ("jane@corp.io and 34.120.7.9", "j…@corp.io and 34… (10 characters)", "j***@corp.io and 34********"),
        ("j…@corp.io, ghp_… (40 characters)", "j…@corp.io, ghp_… (40 characters)", "j…@corp.io, ghp_… (40 characters)"),
        ("postgres://a:pässwörd1 €@b", "postgres://a:pässwörd1 €@b", "postgres://a:pässwörd1 €@b"),
        ("postgres://a:pässwö€𝄞rd1@b", "postgres://a:pä… (11 characters)@b", "postgres://a:pä***×•🞄***@b"),
        ("nothing", "nothing", "nothing"),
    ],
)
def test_what_stands_in_place_of_it(text: str, shown: str, line: str) -> None:
    masking = Masking.of(corpus_with("patterns/x.md", "postgres://app:hunter22x-9Z@db.internal/x"), PLAIN)
    text = text.replace("hunter22x-9 ", "hunter22x-9Z ")
    assert masking.message("patterns/x.md", text) == shown
    assert masking.source_line("patterns/x.md", 1, lambda path, number: text) == line


def test_a_value_that_a_message_has_cut_off_is_masked_all_the_same() -> None:
    masking = Masking.of(corpus_with("patterns/x.md", f"the token {JWT}"), PLAIN)
    assert masking.message("patterns/x.md", f'"{JWT[:79]}…" is wrong') == '"eyJh… (79 characters)…" is wrong'


def test_a_password_that_is_a_word_is_masked_at_its_own_place_only() -> None:
    masking = Masking.of(corpus_with("patterns/x.md", "postgres://app:postgres@db.internal/x"), PLAIN)
    assert masking.message("patterns/x.md", 'the service "postgres"') == 'the service "postgres"'
    assert masking.message("patterns/x.md", "postgres://app:postgres@db") == "postgres://app:po… (8 characters)@db"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (escaped(f"### The token {GITHUB} leaked"), escaped(f"### The token {GITHUB[:4]}… (40 characters) leaked")),
        (f"see {code(GITHUB)}\n\nand", f"see `{escaped(f'{GITHUB[:4]}… (40 characters)')}`\n\nand"),
        (escaped("by jane@corp.io, [x](y)"), "by j…" + escaped("@corp.io, [x](y)")),
        (escaped("hunter22x-9Z"), escaped("hun… (12 characters)")),
        (escaped("*nothing* @here"), escaped("*nothing* @here")),
    ],
)
def test_in_markdown_it_is_found_between_escapes_and_of_any_folder(text: str, shown: str) -> None:
    masking = Masking.of(corpus_with("patterns/x.md", "postgres://app:hunter22x-9Z@db.internal/x"), PLAIN)
    assert masking.markdown(text) == shown


def test_values_of_other_folders_are_not_looked_for() -> None:
    masking = Masking.of(corpus_with("patterns/x.md", "postgres://app:hunter22x-9Z@db.internal/x"), PLAIN)
    assert masking.message("postmortems/a/postmortem.md", "hunter22x-9Z") == "hunter22x-9Z"


def test_where_two_overlap_both_are_hidden() -> None:
    masking = Masking.of(corpus_with("patterns/x.md", ""), PersonalData(identifiers=(r"\.shop CUST-\d+",)))
    assert masking.message("patterns/x.md", "jane@wholesale.shop CUST-77, x") == "j…@wholesale.shop… (8 characters), x"


def test_the_lines_of_a_private_key_are_starred() -> None:
    header = "-----BEGIN RSA PRIVATE" + " KEY-----"
    lines = ["Below:", header, "Proc-Type: 4,ENCRYPTED", "", "MIIE" + "a1B2" * 15, "c3D4", "-----END-----", "A" * 64]
    masking = Masking.of(Corpus(), PLAIN)
    shown = [masking.source_line("x.md", n, lambda path, n: lines[n - 1]) for n in range(1, len(lines) + 1)]
    assert shown == ["Below:", header, "*" * 22, "", "*" * 64, "c3D4", "-----END-----", "A" * 64]


def test_an_edit_that_would_show_a_secret_is_not_offered() -> None:
    place = Place.at("patterns/x.md", 1, 1, 5)
    offered = {"plain": (Edit(place, "14:32"),), "secret": (Edit(place, "14:32"), Edit(place, f"x {GITHUB}"))}
    found = [Diagnostic("PM203", "x", Level.ERROR, place, message, "") for message in offered]
    report = Report(tuple(found), 1, edits=lambda diagnostic: offered[diagnostic.message])
    masked = masked_report(report, Masking.of(Corpus(), PLAIN))
    assert [masked.edits(one) for one in found] == [offered["plain"], ()]


def test_what_is_written_with_escapes_is_masked_where_it_is_read(write: Write, sound: dict[str, str]) -> None:
    written = GITHUB.replace("_", "\\u005f")
    settings, _ = parse_settings({})
    folder = write({sound["path"]: sound["postmortem"].replace("severity: SEV2", f'severity: "{written}"')})
    corpus = read_corpus(folder / "docs", settings)
    assert GITHUB in str(corpus.by_path[PATH])
    assert_hidden(report_by("json", run_pipeline(folder / "docs", settings, TODAY).report()), [GITHUB])
