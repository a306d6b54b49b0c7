"""Log messages on what the site leaves out of pages, if no finding speaks of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping

from postmortems.check.levels import chosen_levels, is_off
from postmortems.check.masking import printable
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.lost_html import lost_parts
from postmortems.render.authored.clean_html import is_too_deep
from postmortems.results import Run

log = logging.getLogger("mkdocs.plugins.postmortems")

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_PLAIN = re.compile(r'<[a-z][a-z0-9]*+(?: [\w:.-]++(?:="[^"<>]*+")?)*+ ?/?>')
"""Pattern for a tag as Python-Markdown writes it, which every reader takes for the same, wherever it stands."""

_MOST = 3
_MOST_KEPT = 20_000


def left_out_of(run: Run) -> LeftOutHtml:
    """Teller for a run whose findings are all there."""
    return LeftOutHtml(run.diagnostics, is_off=is_off(chosen_levels(run.settings).get("active-html")))


class LeftOutHtml:
    """Tells of each page once. `findings` are all of a check, those included that a baseline lists.

    Where a rule is off, nobody wants to be warned: what it would have found is for those who read everything.
    """

    def __init__(self, findings: Iterable[Diagnostic], *, is_off: bool = False) -> None:
        self._told = {
            (finding.rule, finding.place.path.rpartition("/timeline.json")[0] or finding.place.path)
            for finding in findings
        }
        self._log = log.info if is_off else log.warning
        self._kept: set[str] = set()

    def tell_of_html(self, uri: str, rendered: str) -> bool:
        """Log what the allow-list has taken from the HTML of a page; True if anything was. Most tags are on many pages,
        and are looked at once."""
        if is_too_deep(rendered):
            log.warning("postmortems: %s: HTML is nested too deeply; the page shows its text", printable(uri))
            return True
        tags = _TAG.findall(rendered)
        new = set(tags) - self._kept
        others = rendered.count("</") + rendered.count("<!--")
        is_plain = "{" not in rendered and rendered.count("<") == len(tags) + others
        if is_plain and all(_PLAIN.fullmatch(tag) and not any(lost_parts(tag)) for tag in new):
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept |= new
            return False
        lost = [loss.tag for _, loss in lost_parts(rendered)]
        if lost and not self._is_told("active-html", uri):
            more = f" and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
            quoted = ", ".join(f'"{printable(" ".join(tag.split()))[:80]}"' for tag in lost[:_MOST])
            name = printable(uri)
            self._log("postmortems: %s: the page leaves out %s%s, which the check did not find", name, quoted, more)
        return bool(lost)

    def tell_of_front_matter(self, uri: str, wrong: Mapping[str, str]) -> None:
        """Log what is wrong with values that the theme does not get."""
        if wrong and not self._is_told("invalid-value", uri):
            for key, why in wrong.items():
                log.warning('postmortems: %s: "%s" %s, so it is left out', printable(uri), printable(key), why)

    def _is_told(self, rule: str, uri: str) -> bool:
        return (rule, uri) in self._told or (rule, uri.rpartition("/")[0]) in self._told
