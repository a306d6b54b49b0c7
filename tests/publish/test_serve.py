"""`mkdocs serve`: a bad postmortem never stops it, its page says what is wrong, and every edit is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.publish.preview import preview

Write = Callable[[dict[str, str | bytes]], Path]
PAGE = "postmortems/2026/01-checkout/"


def test_errors_are_shown_and_never_stop_the_preview(write: Write, sound: dict[str, str]) -> None:
    broken = sound["postmortem"].replace("### Contributing Factors", "### Other")
    folder = write({sound["path"]: broken, "docs/postmortems/2026/02-empty/postmortem.md": ""})
    file = folder / sound["path"]
    with preview(folder) as site:
        page = site.until(PAGE, lambda page: "PM101" in page)
        assert "Contributing Factors" in page
        line = broken.split("\n").index("## Root Cause Analysis") + 1
        assert f"{sound['path']}:{line}" in page
        home = site.get("")
        assert "2026/01-checkout/postmortem.md" in home
        assert "2026/02-empty/postmortem.md" in home

        # Mended: the banner goes. Broken in the worst ways: the page stays, and says so.
        file.write_text(sound["postmortem"], "utf-8")
        site.until(PAGE, lambda page: "PM101" not in page)
        file.write_text("---\ntitle: a: b\n---\n# Broken\n", "utf-8")
        site.until(PAGE, lambda page: "PM003" in page)
        file.write_bytes(b"\xff\x00")
        site.until(PAGE, lambda page: "PM001" in page)
        file.write_text(sound["postmortem"], "utf-8")

        # Everything else that a page is made of is watched, too.
        timeline = file.with_name("timeline.json")
        timeline.write_text('[{"at": "2026-03-02T14:20:00Z", "event": "Seen in the other file"}]', "utf-8")
        site.until(PAGE, lambda page: "Seen in the other file" in page)
        picture = file.with_name("pool.png")
        picture.write_bytes(b"\x89PNG\r\n\x1a\n\0")
        site.until(PAGE, lambda page: "PM702" in page)
        picture.unlink()
        pattern = folder / "docs/patterns/database-issues.md"
        pattern.write_text(pattern.read_text("utf-8").replace("Stop the writes.", "Stop all writes."), "utf-8")
        path = "patterns/database-issues/"
        site.until(path, lambda page: "Stop all writes." in page)

        register = folder / "docs/postmortems/register.yml"
        register.write_text("- id: INC-1\n  severity: SEV2\n  resolved_at: 2026-03-02T16:00\n", "utf-8")
        assert "register.yml:3" in site.until("postmortems/", lambda page: "PM008" in page)
        register.unlink()

        # A setting that cannot be used is shown; the preview goes on with those it had.
        config = folder / "mkdocs.yml"
        sound_config = config.read_text("utf-8")
        config.write_text(sound_config.replace("  - postmortems", "  - postmortems:\n      severitys: [A]"), "utf-8")
        site.until("", lambda page: "severitys" in page)
        changed = sound_config.replace("  - postmortems", "  - postmortems:\n      corpus: sample")
        config.write_text(changed, "utf-8")
        site.until("", lambda page: "This is a sample collection" in page)


HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


def test_markup_in_any_field_is_shown_as_text_and_runs_nowhere(write: Write, sound: dict[str, str]) -> None:
    hostile = (
        sound["postmortem"]
        .replace("title: Checkout times out", f"title: '</title>{HOSTILE.replace(chr(39), chr(39) * 2)}'")
        .replace("services: [checkout]", f"services: ['{HOSTILE.replace(chr(39), chr(39) * 2)}']")
        .replace("owner: Payments", f"owner: '{HOSTILE.replace(chr(39), chr(39) * 2)}'")
        .replace("Alert on response time", f"Alert {HOSTILE} [x](javascript:alert(1))")
        .replace("- The error path had no test.", f"- {HOSTILE} [y](JaVaScRiPt:alert(2))")
        .replace("Test the error path", f"Test {HOSTILE}")
    )
    folder = write({sound["path"]: hostile})
    with preview(folder) as site:
        page = site.until(PAGE, lambda page: "PM705" in page)
        assert "PM705" in page
        for path in (PAGE, "", "postmortems/", "postmortems/2026/", "patterns/database-issues/", "services/"):
            page = site.get(path)
            assert "<script>document" not in page, path
            assert "<img src=x" not in page, path
            assert 'href="javascript' not in page.lower(), path
