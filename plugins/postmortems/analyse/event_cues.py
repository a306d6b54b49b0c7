"""Phrases in an entry of a timeline that say how something became known, that it was learnt later, or that it failed.

They are English, but for those that explain. An entry in another language is else taken by its time alone.
"""

from __future__ import annotations

import re
from datetime import datetime

from postmortems.model.timeline import Event, Phase

_USERS = "(?:customers?|users?|clients?|merchants?|players?|subscribers?|tenants?|partners?)"
_FIRST_SIGN = re.compile(
    rf"""\b(?:
        (?<!no\ )(?:alert|alarm)s?
      | pages\ (?:an?|the|our|its|about|on-call|engineers?|sres?) | (?:is|are|was|were|gets?|got|been)\ paged | paging
      | on-?call
      | (?:monitoring|probes?|health\ checks?|dashboards?|synthetic\ tests?|automated\ tests?)\ (?:\w+\ )?
        (?:detect|show|report|recogni[sz]e|fail|see|send|call)(?:s|d|ed)?
      | {_USERS}\ (?:\w+\ )?(?:report|complain|raise|contact|notice)(?:s|d|ed)?
      | (?:report|complaint|ticket|call)s?\ (?:\w+\ )?(?:from|by|of)\ (?:\w+\ )?(?:{_USERS}|staff|support)
      | support\ (?:request|ticket|case|call)s? | (?<!by\ the\ )status\ (?:page|post|site)s?
      | (?:staff|engineers?|responders?|operators?|team)\ (?:\w+\ )?(?:see|saw|notice|observe)s?d?
      | responders?\ (?:are|join) | triag(?:e|es|ed|ing) | response\ (?:begins?|began|start(?:s|ed)?)
      | incident\ (?:is\ |was\ )?(?:declared|opened|raised|called) | calls?\ (?:this|it)\ an\ incident | war[-\ ]?room
      | investigations?\ (?:is\ |was\ )?(?:begins?|began|start(?:s|ed)?|open(?:s|ed)?|launched|commenced)
      | reported\ (?:by|on|in|that) | (?<!not\ )notic(?:es|ed)(?!\ that\ an?\ new)
      | notif(?:ied|ying)\ (?:by|of|about|that) | (?:we|they|people)\ (?:observed?|saw)
      | (?:begins?|began|start(?:s|ed)?)\ (?:to\ )?investigat(?:e|ing)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_UNSEEN = re.compile(
    r"(?i)\b(?:later|afterwards|unnoticed|unseen|unaware|nobody|no one|not (?:yet )?(?:noticed|reali[sz]ed|seen))\b"
)
"""Phrases by which a sign of which an entry speaks was seen by no one."""

_ELAPSED = re.compile(r"(?i)\b(?:second|sec|minute|min|hour|day|week|month)s? later\b")
_LEARNT_LATER = re.compile(
    r"""\b(?:
        later(?!\ (?:in\ the|that|today|on\b)) | afterwards | (?:in|with)\ (?:hindsight|retrospect) | looking\ back
      | unnoticed | unseen | unaware | unbeknownst | unknown\ to | without\ (?:anyone|anybody)
      | (?:nobody|no\ one|none\ of\ us)\ (?:\w+\ )?(?:knew|knows|notices?|noticed|sees?|saw|seen|reali[sz]ed)
      | not\ (?:yet\ )?(?:noticed|recogni[sz]ed|reali[sz]ed|known|told|understood|seen|read)
      | (?:should|could|would|might|ought\ to)(?:\ not|n['’]t)?\ have | last\ moment\ of
      | reach(?:es|ed)\ (?:its|the|a)\ peak | (?:impact|errors?|load|traffic|latency)\ peak(?:s|ed)
      | (?:the|our|this)\ (?:review|analysis)\ (?:\w+\ )?(?:finds?|found|shows?|showed)
      | in\ the\ (?:review|analysis)\ that\ follow(?:s|ed)
    )\b | ^from\ (?:here|this\ (?:point|moment)|now)\ on\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Phrases of an entry that was not known at its time at all."""
_LEARNT_LATER_SIGNS = (
    "later", "afterwards", "hindsight", "retrospect", "looking back", "unnoticed", "unseen", "unaware", "unbeknownst",
    "unknown to", "without any", "nobody", "no one", "none of us", "not ", "have", "last moment", "peak", "review",
    "analysis", "from here", "from this", "from now",
)  # fmt: skip
"""Parts of them in lower case, one of which is in each: most entries have none, and need not be searched."""

_EXPLANATION = re.compile(
    r"""\b(?:
        because | due\ to | owing\ to | caused\ by | on\ account\ of | as\ a\ (?:result|consequence)\ of | thanks\ to
      | weil | wegen | aufgrund | infolge | (?:verursacht|ausgelöst)\ durch
      | parce\ qu(?:e|['’]\w+) | à\ cause\ d(?:es?|u|['’]\w+) | en\ raison\ d(?:es?|u|['’]\w+) | d[uû]e?s?\ (?:à|aux?)
      | porque | debido\ a | a\ causa\ de | causad[oa]s?\ por | devido\ (?:aos?|às?|a) | por\ causa\ d[aeo]s?
      | perché | a\ causa\ d(?:i|el|ella|ei|egli|elle|ell['’]\w+) | dovut[aeio]\ a(?:d|i|l|lla|gli|lle|ll['’]\w+)?
      | omdat | doordat | vanwege | veroorzaakt\ door | eftersom | på\ grund\ av | orsakat\ av
      | fordi | på\ grunn\ av | forårsaket\ av | ponieważ | z\ powodu | wskutek
    )\b | 因[为為] | 由[于於]""",
    re.IGNORECASE | re.VERBOSE,
)
"""Beginning of a clause that explains: whoever saw it happen need not have known why."""
_EXPLANATION_SIGNS = (
    "because", "due to", "owing to", "caused by", "on account of", "as a ", "thanks to", "weil", "wegen", "aufgrund",
    "infolge", " durch", "parce qu", "en raison d", "porque", "debido a", "a causa d", " por", "devido ", "por causa d",
    "dovut", "omdat", "doordat", "vanwege", " door", "eftersom", "orsakat ", "fordi", "z powodu", "wskutek",
)  # fmt: skip
"""Parts of them in lower case, but for those that have other letters than English."""

_JUDGEMENT = re.compile(
    r"""\b(?:
        by\ (?:coincidence|chance|accident|mistake) | coincidental(?:ly)? | in\ the\ belief | (?:same|also)\ wrong
      | mistaken(?:ly)? | wrongly | incorrectly | erroneously | falsely | misread | at\ first | taken\ for
      | in\ (?:fact|reality|truth) | (?:real|actual|true)\ (?:root\ )?cause
      | (?:the|our|this)\ (?:review|analysis)\ (?:gives?|gave|says?|said|puts?)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words by which a clause judges what was done."""
_JUDGEMENT_SIGNS = (
    "by coincidence", "by chance", "by accident", "by mistake", "coincidental", "in the belief", "wrong", "mistaken",
    "incorrectly", "erroneously", "falsely", "misread", "at first", "taken for", "in fact", "in reality", "in truth",
    "cause", "review", "analysis",
)  # fmt: skip

_HELD = re.compile(
    r"""(?<!has\ )(?<!had\ )(?<!have\ )\b(?:helps?|helped|lasts?|lasted|holds?|held)
        (?P<for>\ for\ (?:about\ |only\ |some\ |almost\ )?
        (?:\d | (?:an?|one|two|three|several|few)\ (?:minute|hour|day|week)))""",
    re.IGNORECASE | re.VERBOSE,
)
"""A time for which something held: whoever did it could not know that."""

_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d%]|\.\d)")
_DIGIT = re.compile(r"\d")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    r"\b([0-3]?\d)(?:st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
    r"|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} ([0-3]?\d)(?![\d:])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:(–—]\s|[.!?]\s|\s[-(–—]")
_LEAST_WORDS = 2
_WITHOUT_BLANKS, _LEAST_SIGNS = "\u2e80", 4
"""Beginning of the scripts that put no blanks between words, and how many of their signs say something."""

_WRONG_TURN = re.compile(
    rf"""\b(?:
        (?:without|no)\ (?:\w+\ )?(?:effect(?!\ on\ {_USERS})|avail|success|result|recovery|improvement|change|solution)
      | in\ vain | backfires?d? | unsuccessful(?:ly)? | none\ (?:\w+\ )?successful
      | (?:does|did|do)(?:\ not|n['’]t)\ (?:\w+\ )?(?:help|work|solve|fix|resolve|improve|recover|come)
      | (?:makes?|made)\ (?:it|things|matters)\ worse | worsen(?:s|ed)?
      | given\ up | abandon(?:s|ed)? | rule[sd]?\ out | (?:is|was|are|were)\ excluded | dead\ end
      | false\ (?:lead|trail|positive) | red\ herring | taken\ for | mistaken(?:ly)? | wrongly | misread
      | not\ the\ (?:root\ )?cause | unrelated(?=\ to\b|[.,;)]|$) | fail(?:s|ed)\ again | hypothes[ie]s
      | by\ coincidence | (?:is|are|was|were|we|they|team|engineers)\ (?:\w+\ )?suspected | suspects? | in\ the\ hope
      | suspicions? | neither\ \w+\ helps?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_KNOWN_PHASES = frozenset(
    (Phase.DETECTION, Phase.IMPACT_ASSESSMENT, Phase.INVESTIGATION, Phase.COMMUNICATION, Phase.MITIGATION)
)


def is_first_sign(event: Event) -> bool:
    """True if an entry says that the incident was known: by its author's phase, or an alert, a page, a report."""
    if event.phase in _KNOWN_PHASES:
        return True
    return any(
        _finds(_FIRST_SIGN, text) and not _finds(_UNSEEN, _ELAPSED.sub("", text)) for text in (event.text, event.action)
    )


def known_part(text: str, at: datetime | None, *, day_only: bool = False) -> str:
    """The part of an entry's Markdown that was known at its time; empty where that is none of it.

    A text that was learnt later as a whole is left out. Otherwise it is cut, with an ellipsis, before a clause that
    explains, judges what was done, or names a clock time or a day after its own, and before the time for which
    something held. With `day_only`, `at` is a day.
    """
    flat = " ".join(text.split())
    if not flat:
        return ""
    lower = flat.lower()
    if _may_have(_LEARNT_LATER_SIGNS, lower) and _LEARNT_LATER.search(_ELAPSED.sub("", flat)):
        return ""
    explained = _EXPLANATION.search(flat) if _may_have(_EXPLANATION_SIGNS, lower) else None
    judged = _JUDGEMENT.search(flat) if _may_have(_JUDGEMENT_SIGNS, lower) else None
    later = (_later_day(flat, at), None if day_only else _later_clock(flat, at)) if _DIGIT.search(flat) else ()
    ends = [explained.start()] if explained else []
    if " for " in lower and (held := _HELD.search(flat)):
        ends.append(held.start("for"))
    ends += [_clause_before(flat, found.start()) for found in (judged, *later) if found]
    if not ends:
        return flat
    cut = flat[: min(ends)].rstrip(" ,;:(–—-.，；：（。")
    is_whole = cut.count("`") % 2 == 0 and cut.count("[") == cut.count("]") and cut.count("**") % 2 == 0
    is_enough = len(cut.split()) >= _LEAST_WORDS or (cut >= _WITHOUT_BLANKS and len(cut) >= _LEAST_SIGNS)
    return f"{cut} …" if is_whole and is_enough else ""


def _may_have(signs: tuple[str, ...], lower: str) -> bool:
    """True if a phrase with one of these parts may be in a text, given in lower case."""
    for sign in signs:  # Half of what a generator takes, for a million of them.
        if sign in lower:
            return True
    # Beyond ASCII a letter may be another's lower case: the long s is that of S for a pattern, and not for a string.
    return not lower.isascii()


def _later_clock(text: str, at: datetime | None) -> re.Match[str] | None:
    """The first clock time in a text that is after its entry's own; one of the next day cannot be told."""
    if at is None:
        return None
    own = at.hour * 60 + at.minute
    return next((found for found in _CLOCK.finditer(text) if int(found[1]) * 60 + int(found[2]) > own), None)


def _later_day(text: str, at: datetime | None) -> re.Match[str] | None:
    """The first day in a text that is after its entry's own, in the same year, since none is named."""
    if at is None:
        return None
    for found in _DATE.finditer(text):
        day, month = found[1] or found[4], found[2] or found[3]
        if (_MONTHS.index(month.lower()) + 1, int(day)) > (at.month, at.day):
            return found
    return None


def _clause_before(text: str, start: int) -> int:
    """Beginning of the clause that a place of a text is in."""
    return max((found.start() for found in _CLAUSE_END.finditer(text, 0, start)), default=0)


def is_wrong_turn(event: Event) -> bool:
    """True if an entry says itself that something was suspected, ruled out, or tried without success."""
    return _finds(_WRONG_TURN, event.text) or _finds(_WRONG_TURN, event.action)


def _finds(phrases: re.Pattern[str], text: str) -> bool:
    return phrases.search(" ".join(text.split())) is not None
