"""All rules, in one visible list.

Maintainers: the list is in order of code, and a code is never given twice; where a rule is retired, its line becomes
a comment that says since when. Taken by rules that are still to come: PM011, PM105, PM205, PM206, PM208, PM301 to
PM303, PM402 to PM405, PM502 to PM507, PM702, PM703, PM706, PM801, PM802, PM901 to PM903.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.check.rule import Rule
from postmortems.check.rules import (
    active_html,
    blaming_language,
    broken_artifact_link,
    counterfactual,
    dangling_repeat,
    duplicate_key,
    duplicate_number,
    empty_section,
    empty_timeline,
    invalid_timeline_json,
    invalid_value,
    invalid_yaml,
    leftover_template_text,
    misplaced_file,
    missing_field,
    missing_front_matter,
    missing_section,
    moments_out_of_order,
    no_action_items,
    path_leaves_the_folder,
    repeated_section,
    time_in_the_future,
    time_without_zone,
    timeline_goes_back,
    unknown_field,
    unknown_pattern,
    unreadable_file,
    unreadable_time,
)
from postmortems.model.spelling import did_you_mean

RULES: tuple[Rule, ...] = (
    unreadable_file.RULE,
    missing_front_matter.RULE,
    invalid_yaml.RULE,
    duplicate_key.RULE,
    missing_field.RULE,
    unknown_field.RULE,
    invalid_value.RULE,
    time_without_zone.RULE,
    misplaced_file.RULE,
    duplicate_number.RULE,
    missing_section.RULE,
    empty_section.RULE,
    leftover_template_text.RULE,
    repeated_section.RULE,
    empty_timeline.RULE,
    unreadable_time.RULE,
    timeline_goes_back.RULE,
    moments_out_of_order.RULE,
    invalid_timeline_json.RULE,
    time_in_the_future.RULE,
    unknown_pattern.RULE,
    dangling_repeat.RULE,
    no_action_items.RULE,
    blaming_language.RULE,
    counterfactual.RULE,
    broken_artifact_link.RULE,
    path_leaves_the_folder.RULE,
    active_html.RULE,
)

BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}
_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}


def find_rule(code_or_name: str) -> Rule | None:
    """The rule with this code (`PM101`, `pm101`) or name (`missing-section`)."""
    word = code_or_name.strip()
    return _BY_CODE.get(word.upper()) or BY_NAME.get(word.lower())


def suggest_rule(code_or_name: str) -> str:
    """A hint for a word that is neither a code nor a name."""
    known = _BY_CODE if code_or_name.strip()[:2].upper() == "PM" else BY_NAME
    return did_you_mean(code_or_name.strip(), known) or f"the rules are PM001 to {max(_BY_CODE)}, see the guide"
