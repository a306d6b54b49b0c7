"""All rules over everything that was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import chain

from postmortems.check.levels import chosen_levels, effective_level, is_off
from postmortems.check.masking import Masking
from postmortems.check.registry import BY_NAME, RULES
from postmortems.check.rule import Context, Questions, Rule
from postmortems.check.summary import Examined
from postmortems.check.waivers import Waivers
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings

Document = Postmortem | Pattern


def check_corpus(
    corpus: Corpus,
    settings: Settings,
    analysis: Questions,
    today: date,
    now: datetime | None = None,
    only: Collection[str] | None = None,
    masking: Masking | None = None,
    examined: Mapping[str, Examined] | None = None,
    shared: list[Problem] | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong, weighed by the settings, sorted by place, each thing once.

    `now` is the clock, which only a test gives; `only` are the files that are asked about, None for all. `masking` is
    that of the run, for whoever needs it further on. `examined` is what is known of postmortems by themselves: of these
    no local rule is asked again. `shared` is told all problems that several files decide, before anything is weighed.
    """
    context = Context(corpus, settings, analysis, today, now or datetime.now(UTC), examined or {})
    masking = masking or Masking.of(corpus, settings.personal_data)
    of_several = shared if shared is not None else []
    of_several += _shared_problems(context, only)
    return weigh(chain(_own_problems(context, only), of_several), corpus, settings, masking, only)


def weigh(
    problems: Iterable[Problem],
    corpus: Corpus,
    settings: Settings,
    masking: Masking,
    only: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Diagnostics of problems that nobody waived, and of waivers without need; `only` are the files that are asked
    about."""
    chosen = chosen_levels(settings)
    waivers = Waivers(corpus)
    found: dict[Diagnostic, None] = {}
    asked = (problem for problem in problems if only is None or problem.place.path in only)
    left = (problem for problem in asked if not waivers.silence(problem))
    for problem in chain(left, waivers.problems(_off(settings))):
        if only is not None and problem.place.path not in only:
            continue
        rule = BY_NAME[problem.rule]
        owner = corpus.owner_of(problem.place.path)
        if level := effective_level(problem, rule, chosen.get(rule.name), owner):
            diagnostic = Diagnostic(rule.code, rule.name, level, problem.place, problem.message, problem.help)
            found.setdefault(masking.diagnostic(diagnostic))
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def fails(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """True if a run with these diagnostics fails: on an error, when strict on a warning too; on the calendar never."""
    refused = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return any(
        diagnostic.level in refused and not BY_NAME[diagnostic.rule].follows_calendar for diagnostic in diagnostics
    )


def local_problems(document: Document, context: Context) -> Iterator[Problem]:
    """Problems of one document that its file decides: those of reading it, and of the local rules."""
    yield from document.problems
    yield from _examine(document, context, [rule for rule in _asked(context.settings) if rule.is_local])


def calendar_problems(document: Document, context: Context) -> Iterator[Problem]:
    """Problems of one document that its file decides, and the day."""
    dated = [rule for rule in _asked(context.settings) if rule.is_local and rule.follows_calendar]
    yield from _examine(document, context, dated)


def related_problems(document: Document, context: Context) -> Iterator[Problem]:
    """Problems of one document that other files decide, too: those of the rules of the corpus."""
    yield from _examine(document, context, _of_the_corpus(context.settings))


def corpus_problems(context: Context) -> Iterator[Problem]:
    """Problems of the corpus as a whole, and of files that are neither postmortem nor pattern."""
    yield from context.corpus.problems
    for rule in _asked(context.settings):
        if rule.examine_corpus:
            yield from rule.examine_corpus(context.corpus, context)


def _own_problems(context: Context, only: Collection[str] | None) -> Iterator[Problem]:
    """Every problem that one file decides, of `only` these documents."""
    for document in _documents(context, only):
        known = context.examined.get(document.path)
        yield from known.problems if known else local_problems(document, context)


def _shared_problems(context: Context, only: Collection[str] | None) -> Iterator[Problem]:
    """Every problem that several files decide, of `only` these documents; what concerns the corpus may still be said
    of any file."""
    rules = _of_the_corpus(context.settings)
    for document in _documents(context, only):
        yield from _examine(document, context, rules)
    yield from corpus_problems(context)


def _documents(context: Context, only: Collection[str] | None) -> Iterator[Document]:
    for documents in (context.corpus.postmortems, context.corpus.patterns):
        yield from (document for document in documents if only is None or document.path in only)


def _asked(settings: Settings) -> list[Rule]:
    """The rules that are not off everywhere."""
    off = _off(settings)
    return [rule for rule in RULES if rule.name not in off]


def _of_the_corpus(settings: Settings) -> list[Rule]:
    """The rules of the corpus that look at documents, and are not off everywhere."""
    asked = _asked(settings)
    return [rule for rule in asked if not rule.is_local and (rule.examine_postmortem or rule.examine_pattern)]


def _off(settings: Settings) -> frozenset[str]:
    chosen = chosen_levels(settings)
    return frozenset(rule.name for rule in RULES if is_off(chosen.get(rule.name)))


def _examine(document: Document, context: Context, rules: Iterable[Rule]) -> Iterator[Problem]:
    for rule in rules:
        if isinstance(document, Pattern):
            if rule.examine_pattern:
                yield from rule.examine_pattern(document, context)
        # Of a file that could not be read it would be no news that it lacks every section.
        elif rule.examine_postmortem and document.has_text:
            yield from rule.examine_postmortem(document, context)
