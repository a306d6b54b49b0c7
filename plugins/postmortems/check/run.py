"""All rules over everything that was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime

from postmortems.check.levels import chosen_levels, effective_level, is_off
from postmortems.check.masking import Masking
from postmortems.check.registry import BY_NAME, RULES
from postmortems.check.rule import Context, Questions, Rule
from postmortems.check.waivers import Waivers
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def check_corpus(
    corpus: Corpus,
    settings: Settings,
    analysis: Questions,
    today: date,
    now: datetime | None = None,
    only: Collection[str] | None = None,
    masking: Masking | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong, weighed by the settings, sorted by place, each thing once.

    `now` is the clock, which only a test gives; `only` are the files that are asked about, None for all. `masking` is
    that of the run, for whoever needs it further on.
    """
    context = Context(corpus, settings, analysis, today, now or datetime.now(UTC))
    chosen = chosen_levels(settings)
    off = {rule.name for rule in RULES if is_off(chosen.get(rule.name))}
    waivers = Waivers(corpus)
    masking = masking or Masking.of(corpus, settings.personal_data)
    found: dict[Diagnostic, None] = {}
    for problem, owner in _problems(context, waivers, off, only):
        if only is not None and problem.place.path not in only:
            continue
        rule = BY_NAME[problem.rule]
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


def _problems(
    context: Context, waivers: Waivers, off: Collection[str], only: Collection[str] | None
) -> Iterator[tuple[Problem, Postmortem | None]]:
    """Every problem that nobody waived, then those of the waivers themselves, with the postmortem it belongs to."""
    rules = [rule for rule in RULES if rule.name not in off]
    for problem, owner in _found(context, rules, only):
        if not waivers.silence(problem):
            yield problem, owner
    for problem in waivers.problems(off):
        yield problem, context.corpus.owner_of(problem.place.path)


def _found(
    context: Context, rules: list[Rule], only: Collection[str] | None
) -> Iterator[tuple[Problem, Postmortem | None]]:
    """Every problem that reading or a rule found, and the postmortem that it belongs to.

    With `only`, no other postmortem or pattern is examined; what concerns the corpus may still be said of any file.
    """
    corpus = context.corpus
    of_postmortem = [rule.examine_postmortem for rule in rules if rule.examine_postmortem]
    of_pattern = [rule.examine_pattern for rule in rules if rule.examine_pattern]
    of_corpus = [rule.examine_corpus for rule in rules if rule.examine_corpus]
    for postmortem in corpus.postmortems:
        if only is not None and postmortem.path not in only:
            continue
        for problem in postmortem.problems:
            yield problem, postmortem
        if not postmortem.body.lines:
            continue  # The file could not be read: that it lacks every section would be no news.
        for examine in of_postmortem:
            for problem in examine(postmortem, context):
                yield problem, postmortem
    for pattern in corpus.patterns:
        if only is not None and pattern.path not in only:
            continue
        for problem in pattern.problems:
            yield problem, None
        for examine_pattern in of_pattern:
            for problem in examine_pattern(pattern, context):
                yield problem, None
    for problem in corpus.problems:
        yield problem, corpus.owner_of(problem.place.path)
    for examine_corpus in of_corpus:
        for problem in examine_corpus(corpus, context):
            yield problem, corpus.owner_of(problem.place.path)
