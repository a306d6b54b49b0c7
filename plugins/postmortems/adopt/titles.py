"""The title of a document without what its template puts around it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from postmortems.adopt.document import Document
from postmortems.adopt.record import UNKNOWN_VALUE, Value, derived, stated
from postmortems.adopt.statements import plain
from postmortems.adopt.written_days import places_of_days
from postmortems.model.section import BlockKind
from postmortems.read.headings import plain_heading
from postmortems.read.languages import ALL, plain_word, word_list
from postmortems.read.timeline.time_parser import read_stamp

_KIND = (
    r"(?:(?:public|production|prod|service|security|major|blameless|internal)\s)?"
    r"(?:inc|incident(?:\s(?:report|review|retro|retrospective|post[-\s]?mortem|analysis|summary|date))?"
    r"|post[-\s]?(?:mortem|incident)(?:\s(?:report|analysis|review))?|after[-\s]action\s(?:report|review)"
    r"|outage\s(?:report|review|post[-\s]?mortem)|retrospective|rca|root\scause\sanalysis)"
)
_BRACKETED = re.compile(rf"(?:\[{_KIND}\]|\({_KIND}\))\s{{0,2}}[:：|–—-]?\s*", re.IGNORECASE)
_PREFIX = re.compile(rf"{_KIND}\s{{0,2}}(?:[:：|–—]|-(?=\s)|(?:of|for|on)\b(?:\sthe\b)?)\s*", re.IGNORECASE)
_SUFFIX = re.compile(
    rf"\s{{0,2}}(?:(?:[:：|–—]|\s-)\s{{0,2}}(?:(?:an?|our|the)\s)?{_KIND}|\[{_KIND}\]|\({_KIND}\))$", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[\[(【（「]([^\[\]()【】（）「」]{1,40})[\])】）」]\s{0,2}[:：|–—-]?\s{0,2}")
_DIVIDED = re.compile(r"\s{0,2}[:：|–—]\s{0,2}|\s{1,2}-\s{1,2}")
_CLAUSE = re.compile(r"[,，、:：|–—(\[（【]|\s-\s")
_BEFORE_DAY = re.compile(rf"{_KIND}\s{{1,2}}(?=[(\[]?[\dA-Z])", re.IGNORECASE)
_LONE = re.compile(rf"{_KIND}|(?:issue|incident)\s(?:name|title)|title", re.IGNORECASE)
_BARE_SUFFIX = re.compile(r"(?<=\w)\s{1,2}post[-\s]?mortem(?:\s(?:report|analysis|review))?$", re.IGNORECASE)
"""`Search is down Post-Mortem`; a report or a review may be that of something else."""
_KIND_OF_DAY = re.compile(
    r"\s(?:report|review|summary|analysis|retrospective|post[-\s]?mortem)\s(?:of|for|from)$", re.IGNORECASE
)
_AUDIENCE = re.compile(
    r"[\[(](?:public|internal|external|draft|final|wip|resolved)[\])]\s{0,2}[:–—-]?\s*", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:[A-Z]{2,12}[-#\s]?\d[\d\-]{0,12}\d|#\d{1,8})\s{0,2}(?:[:：–—]|-)\s{1,2}|[A-Z]{2,6}-?\d{4}-\d{2,5}\s"
    r"|\[(?:[A-Z]{2,12}-|#)\d{1,8}(?:-\d{1,8})?\]\s{0,2}[:–—-]?\s{0,2}"
)
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d(?:[-/](?:0?[1-9]|1[0-2])|[01]\d[0-3]\d)(?:[-_:,]?\s{1,2})")
_MONTH_AND_DAY = re.compile(r"(?!24/7)(?:(?:0?[1-9]|1[0-2])/[0-3]?\d|[12]?\d/(?:0?[1-9]|1[0-2]))\s(?=[^\W\d])")
_ON_A_DAY = re.compile(r"On [^,.]{0,60}\d[^,.]{0,40},\s")
_EDGES = " \t,;:：|–—-"
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
_LONGEST = 90


def find_title(document: Document) -> Value:
    """The title that a document has, or one made of its file's name or its first sentence."""
    titles = [statement for statement in document.stated("title") if statement.value.strip()]
    for title in titles:
        if title.label == "title" and title.is_key:
            return stated(without_prefix(title.value), title.origin)
    heading = document.title_heading
    if heading and _LONE.fullmatch(plain_heading(heading.title).rstrip(" :：")):
        # `# Title` / `### Search is down`
        below = heading.children[0] if heading.children and not heading.blocks else None
        heading = below if below and below.name is None else None
    if heading:
        return stated(without_prefix(plain_heading(heading.title)), f"line {heading.line}")
    if titles:
        return stated(without_prefix(titles[0].value), titles[0].origin)
    name = PurePosixPath(document.source).name.split(".")[0]
    name = re.sub(r"[_\s]+", " ", re.sub(r"^0\d{1,3}[-_. ](?=[^\W\d])", "", name))
    words = without_prefix(re.sub(r"^([\d-]+)-(?=[^\W\d])", r"\1 ", name))
    words = words if " " in words else words.replace("-", " ")
    if re.search(r"[^\W\d]{3,}", words) and words.casefold() not in ("readme", "index", "postmortem"):
        return derived(words[:1].upper() + words[1:], "file name")
    return _of_first_sentence(document)


def without_prefix(title: str) -> str:
    """A title without its day, its number and the kind of document; whole where nothing would be left."""
    kept = " ".join(title.split())
    for _ in range(3):
        before = kept
        kept = _without_kind_and_day(
            _without_other_kind(_at_head(_PREFIX, _at_head(_BRACKETED, _at_head(_AUDIENCE, kept))))
        )
        kept = _without_bare_kind(_SUFFIX.sub("", _without_day(_at_head(_NUMBER, kept))))
        if kept == before:
            break
    kept = kept.strip(_EDGES)
    if not re.search(r"[^\W\d_]", kept) and not re.fullmatch(r"\d{3}", kept):
        return title
    return kept


def of_update(before: str) -> bool:
    """True if the words before a day tell that it is that of an update, not of the incident: "Stand 27.08.2022"."""
    said = _CLAUSE.split(before[-_LONGEST:].rstrip(" ([（【:："))[-1]
    return _without_lead(plain_word(said)) in word_list("days_of_updates", ALL)


def _without_lead(before: str) -> str:
    """The words before a day without the preposition that leads to it, in whatever language the title is."""
    *kept, last = before.split() or [""]
    leads = word_list("day_leads", ALL)
    if kept and plain_word(f"{kept[-1]} {last}") in leads:
        return " ".join(kept[:-1])
    return " ".join(kept) if plain_word(last) in leads else before


def _without_other_kind(title: str) -> str:
    """A title without the kind of document in any language, in brackets or divided from it: "障害報告: …"."""
    kinds = word_list("report_kinds", ALL)
    if (found := _IN_BRACKETS.match(title)) and plain_word(found[1]) in kinds:
        return title[found.end() :]
    head, *rest = _DIVIDED.split(title, maxsplit=1)
    if rest and rest[0].strip() and plain_word(head) in kinds:
        return rest[0]
    before, joiner, kind = title.rpartition("の")
    if joiner and before and plain_word(kind) in kinds:
        return before
    *_, last = _DIVIDED.split(title[-_LONGEST:])
    if last and len(last) < len(title) and plain_word(last) in kinds:
        return title[: -len(last)].rstrip(_EDGES)
    return title


def _without_kind_and_day(title: str) -> str:
    """A title without the kind of document that a day follows: "Incident report May 12 2025 - Search is down"."""
    kind = _BEFORE_DAY.match(title)
    if not kind:
        return title
    rest = title[kind.end() :]
    inner = rest.lstrip("([")
    start, end = next(places_of_days(inner), (-1, -1))
    return inner[end:].lstrip(_EDGES + ")]") if start == 0 else title


def _without_bare_kind(title: str) -> str:
    """A title without `post-mortem` at its end, unless hardly anything is left: "Docs postmortem"."""
    kept = _BARE_SUFFIX.sub("", title)
    return kept if len(kept.split()) > 1 else title


def _without_day(title: str) -> str:
    """A title without the day that begins or ends it; "Search incident report for 2023-05-06" needs its day."""
    title = _at_head(_MONTH_AND_DAY, _at_head(_YEAR_AND_MONTH, title))
    for start, end in places_of_days(title):
        before, behind = title[:start].rstrip(), title[end:]
        if not before.strip(_EDGES):
            clock = read_stamp(behind.strip(_EDGES)) if re.match(r"[,\s]{1,2}\d{1,2}:\d\d", behind) else None
            return (clock.rest if clock and clock.clock else behind).strip(_EDGES)
        if not behind.strip(_EDGES + ")]"):
            if _KIND_OF_DAY.search(before):
                return title
            if of_update(before):
                return title
            return _without_lead(before.rstrip("([")).strip(_EDGES)
    return title


def _at_head(what: re.Pattern[str], text: str) -> str:
    """A text without what it begins with."""
    found = what.match(text)
    return text[found.end() :] if found else text


def _of_first_sentence(document: Document) -> Value:
    summary = document.body.find("Executive Summary")
    blocks = [*(summary.all_blocks() if summary else ()), *document.body.blocks()]
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        text = _at_head(_ON_A_DAY, plain(block.text))
        text = text[:1].upper() + text[1:]
        end = _SENTENCE.search(text)
        words = text[: end.start()] if end else text
        if len(words) > _LONGEST:
            words = words[:_LONGEST].rpartition(" ")[0] + " …"
        if words:
            return derived(words, f"line {block.first}")
    return UNKNOWN_VALUE
