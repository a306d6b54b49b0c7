"""All rules over everything that was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime

from postmortems.check.registry import BY_NAME, RULES, find_rule, suggest_rule
from postmortems.check.rule import Context, Insight, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level, Problem
from postmortems.settings import RuleLevel, SettingProblem, Settings


def check_corpus(
    corpus: Corpus,
    settings: Settings,
    insight: Insight,
    today: date,
    now: datetime | None = None,
    only: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong, weighed by the settings, sorted by place, each thing once.

    `now` is the clock, which only a test gives; `only` are the files that are asked about, None for all.
    """
    context = Context(corpus, settings, insight, today, now or datetime.now(UTC))
    chosen = chosen_levels(settings)
    examining = [rule for rule in RULES if chosen.get(rule.name) is not RuleLevel.OFF]
    found: dict[Diagnostic, None] = {}
    for problem, in_draft in _problems(context, examining, only):
        if only is not None and problem.place.path not in only:
            continue
        rule = BY_NAME[problem.rule]
        if level := _weigh(problem, rule, chosen.get(rule.name), in_draft=in_draft):
            one = Diagnostic(rule.code, rule.name, level, problem.place, problem.message, problem.help)
            found.setdefault(one)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def chosen_levels(settings: Settings) -> dict[str, RuleLevel]:
    """The levels that the settings give to rules, by name. Where a rule has both, its name outweighs its code."""
    by_code_first = sorted(settings.levels.items(), key=lambda item: item[0] in BY_NAME)
    return {rule.name: level for key, level in by_code_first if (rule := find_rule(key))}


def unknown_rules(settings: Settings) -> tuple[SettingProblem, ...]:
    """The keys of `levels` that name no rule."""
    return tuple(
        SettingProblem(f"levels.{key}", f"no rule has this name or code; {suggest_rule(key)}")
        for key in settings.levels
        if find_rule(key) is None
    )


def fails(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a run with these diagnostics fails: on an error, when strict on a warning too; on the calendar never."""
    refused = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return any(one.level in refused and not BY_NAME[one.rule].follows_calendar for one in diagnostics)


def _problems(context: Context, rules: list[Rule], only: Collection[str] | None) -> Iterator[tuple[Problem, bool]]:
    """Every problem that reading or a rule found, and whether it stands in a draft.

    With `only`, no other postmortem or pattern is examined; what concerns the corpus may still be said of any file.
    """
    corpus = context.corpus
    of_postmortem = [rule.examine_postmortem for rule in rules if rule.examine_postmortem]
    of_pattern = [rule.examine_pattern for rule in rules if rule.examine_pattern]
    of_corpus = [rule.examine_corpus for rule in rules if rule.examine_corpus]
    for postmortem in corpus.postmortems:
        if only is not None and postmortem.path not in only:
            continue
        in_draft = postmortem.is_draft
        for problem in postmortem.problems:
            yield problem, in_draft
        if not postmortem.body.lines:
            continue  # The file could not be read: that it lacks every section would be no news.
        for examine in of_postmortem:
            for problem in examine(postmortem, context):
                yield problem, in_draft
    for pattern in corpus.patterns:
        if only is not None and pattern.path not in only:
            continue
        for problem in pattern.problems:
            yield problem, False
        for examine_pattern in of_pattern:
            for problem in examine_pattern(pattern, context):
                yield problem, False
    for problem in corpus.problems:
        yield problem, False
    for examine_corpus in of_corpus:
        for problem in examine_corpus(corpus, context):
            owner = corpus.by_path.get(problem.place.path)
            yield problem, owner is not None and owner.is_draft


def _weigh(problem: Problem, rule: Rule, chosen: RuleLevel | None, *, in_draft: bool) -> Level | None:
    """The level of one problem, or None where its rule is off.

    What the settings choose outweighs the rule; a draft may have parts missing whatever the settings choose.
    """
    if chosen is RuleLevel.OFF:
        return None
    level = Level(chosen.value) if chosen else problem.level or rule.level
    softened = in_draft and rule.softened_in_drafts and not problem.even_in_drafts
    return Level.WARNING if softened and level is Level.ERROR else level
