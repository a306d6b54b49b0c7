"""Questions about findings: what is said of each, and what would turn its sentence into something to learn from."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.language.finding import Kind

_STATEMENTS: Mapping[Kind, str] = {
    Kind.FAILED: "makes people the cause",
    Kind.FORGOT: "makes people the cause",
    Kind.IGNORED: "makes people the cause",
    Kind.LEFT_OUT: "makes people the cause",
    Kind.WRONG_THING: "makes people the cause",
    Kind.SLIP: "makes people the cause",
    Kind.CARELESS: "judges people",
    Kind.FAULT: "makes people the cause",
    Kind.ERROR_AS_CAUSE: "is given as a cause",
    Kind.SHOULD_HAVE_KNOWN: "judges people by what is known today",
    Kind.SHOULD_HAVE: "describes what did not happen",
    Kind.COULD_HAVE: "describes what did not happen",
    Kind.WOULD_HAVE: "describes what did not happen",
    Kind.IF_HAD: "describes what did not happen",
}
_QUESTIONS: Mapping[Kind, str] = {
    Kind.FAILED: "What stood in the way, and what else needed attention at that moment?",
    Kind.FORGOT: "What relies on memory here, and what could remind, or make the step unnecessary?",
    Kind.IGNORED: "What else did it look like, and how often had it meant nothing before?",
    Kind.LEFT_OUT: "What made this reasonable at the time?",
    Kind.WRONG_THING: "What made the wrong one look like the right one?",
    Kind.SLIP: "What made this easy to do, and what let it go so far?",
    Kind.CARELESS: "What did they know at the time, and what made this reasonable?",
    Kind.FAULT: "What made this reasonable at the time, and what let it go so far?",
    Kind.ERROR_AS_CAUSE: "Which step was easy to get wrong, and what let it do so much?",
    Kind.SHOULD_HAVE_KNOWN: "Where was this known, and who gets to see it there?",
    Kind.SHOULD_HAVE: "What was done instead, and what made it reasonable at the time?",
    Kind.COULD_HAVE: "What could they see at that moment, and what was not in sight?",
    Kind.WOULD_HAVE: "What was missing at the time, and where does it come from?",
    Kind.IF_HAD: "What did they know then, and what kept the rest from them?",
}


def statement(kind: Kind) -> str:
    """Statement of what the quoted words do, to be put behind them."""
    return _STATEMENTS[kind]


def advice(kind: Kind) -> str:
    """The next step: the question that fits."""
    return f'ask "{_QUESTIONS[kind]}", and write the answer instead'
