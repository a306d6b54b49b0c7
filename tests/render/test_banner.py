"""The banner of the preview: problems with their lines, as text."""

from __future__ import annotations

import re

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place
from postmortems.render.pages.banner import banner, home_banner
from postmortems.settings.parsing import SettingProblem


def found(level: Level, path: str = "a.md", line: int = 7, message: str = "is <b>wrong</b>") -> Diagnostic:
    return Diagnostic("PM101", "missing-section", level, Place.at(path, line), message, "add it")


def shown(path: str) -> str:
    return f"docs/{path}"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_page_without_problems_has_no_banner() -> None:
    assert banner([], shown) == ""
    assert home_banner([], shown) == ""


def test_errors_come_first_each_with_its_line_and_the_next_step() -> None:
    html = banner([found(Level.INFO, line=1), found(Level.ERROR, line=9), found(Level.WARNING, line=3)], shown)
    assert words(html) == (
        "3 problems in this page "
        "error PM101 missing-section docs/a.md:9 is &lt;b&gt;wrong&lt;/b&gt; add it "
        "warning PM101 missing-section docs/a.md:3 is &lt;b&gt;wrong&lt;/b&gt; add it "
        "info PM101 missing-section docs/a.md:1 is &lt;b&gt;wrong&lt;/b&gt; add it"
    )
    assert 'role="alert"' in html


def test_warnings_alone_alert_nobody() -> None:
    assert 'role="status"' in banner([found(Level.WARNING)], shown)


def test_the_home_page_lists_everything_with_its_line_errors_first() -> None:
    html = home_banner([found(Level.WARNING), found(Level.ERROR, "b.md")], shown)
    assert words(html) == (
        "2 problems in 2 files "
        "error PM101 missing-section docs/b.md:7 is &lt;b&gt;wrong&lt;/b&gt; add it "
        "warning PM101 missing-section docs/a.md:7 is &lt;b&gt;wrong&lt;/b&gt; add it"
    )


def test_settings_that_cannot_be_used_are_shown_on_the_home_page() -> None:
    html = home_banner([], shown, [SettingProblem("time_zone", "is not <a> time zone")])
    assert words(html) == (
        "1 problem in the settings error setting plugins.postmortems.time_zone "
        "is not &lt;a&gt; time zone the preview goes on with the settings it had"
    )
    assert 'role="alert"' in html


def test_thousands_are_counted_not_listed() -> None:
    html = banner([found(Level.ERROR, line=line) for line in range(1, 2001)], shown)
    assert html.count("<li>") == 51
    assert "and 1,950 more" in html
