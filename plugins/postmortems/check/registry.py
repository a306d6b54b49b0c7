"""All rules, in one visible list.

Maintainers: the list is in order of code, and a code is never given twice; where a rule is retired, its line becomes
a comment that says since when.
"""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.check.rule import Rule
from postmortems.check.rules import (
    action_that_is_a_wish,
    action_without_due_date,
    action_without_owner,
    active_artifact,
    active_html,
    ambiguous_time,
    blaming_language,
    broken_artifact_link,
    comment_in_value,
    counterfactual,
    dangling_repeat,
    detected_at_start,
    dropped_action_without_reason,
    duplicate_key,
    duplicate_number,
    empty_section,
    empty_timeline,
    event_outside_incident,
    excluded_by_mkdocs,
    human_detection_without_detect_action,
    impact_without_a_number,
    incident_without_postmortem,
    invalid_timeline_json,
    invalid_value,
    invalid_yaml,
    large_artifact,
    leftover_template_text,
    misplaced_file,
    missed_detection_target_unexplained,
    missing_field,
    missing_front_matter,
    missing_section,
    moment_missing_from_timeline,
    moments_out_of_order,
    no_action_items,
    only_mitigating_actions,
    outside_resource,
    overcomplex_markup,
    overdue_action,
    overdue_postmortem,
    path_leaves_the_folder,
    pattern_without_guidance,
    pattern_without_incident,
    personal_data,
    repeated_section,
    secret_in_text,
    severity_below_impact,
    shifted_timeline,
    single_cause,
    skipped_heading_level,
    time_in_the_future,
    time_without_zone,
    time_zone_not_stated,
    timeline_goes_back,
    unchecked_zensical_site,
    undeclared_repeat,
    unfinished_text,
    unknown_action_state,
    unknown_field,
    unknown_pattern,
    unknown_service,
    unknown_zone,
    unreadable_file,
    unreadable_time,
    unsure_import,
    unused_artifact,
    unused_waiver,
)
from postmortems.text.spelling import did_you_mean

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
    unknown_service.RULE,
    comment_in_value.RULE,
    missing_section.RULE,
    empty_section.RULE,
    leftover_template_text.RULE,
    repeated_section.RULE,
    skipped_heading_level.RULE,
    unfinished_text.RULE,
    empty_timeline.RULE,
    unreadable_time.RULE,
    timeline_goes_back.RULE,
    moments_out_of_order.RULE,
    moment_missing_from_timeline.RULE,
    event_outside_incident.RULE,
    invalid_timeline_json.RULE,
    time_zone_not_stated.RULE,
    time_in_the_future.RULE,
    ambiguous_time.RULE,
    unknown_zone.RULE,
    shifted_timeline.RULE,
    detected_at_start.RULE,
    impact_without_a_number.RULE,
    missed_detection_target_unexplained.RULE,
    human_detection_without_detect_action.RULE,
    severity_below_impact.RULE,
    unknown_pattern.RULE,
    single_cause.RULE,
    pattern_without_guidance.RULE,
    pattern_without_incident.RULE,
    undeclared_repeat.RULE,
    dangling_repeat.RULE,
    no_action_items.RULE,
    action_without_owner.RULE,
    action_without_due_date.RULE,
    overdue_action.RULE,
    dropped_action_without_reason.RULE,
    only_mitigating_actions.RULE,
    action_that_is_a_wish.RULE,
    unknown_action_state.RULE,
    blaming_language.RULE,
    counterfactual.RULE,
    broken_artifact_link.RULE,
    unused_artifact.RULE,
    large_artifact.RULE,
    path_leaves_the_folder.RULE,
    active_html.RULE,
    outside_resource.RULE,
    active_artifact.RULE,
    overcomplex_markup.RULE,
    secret_in_text.RULE,
    personal_data.RULE,
    unsure_import.RULE,
    overdue_postmortem.RULE,
    incident_without_postmortem.RULE,
    unused_waiver.RULE,
    excluded_by_mkdocs.RULE,
    unchecked_zensical_site.RULE,
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
    # A letter for a figure is the slip that is easiest to make, and looks like several codes.
    figures = code_or_name.strip().upper().translate(str.maketrans("OIL", "011"))
    if figures in _BY_CODE:
        return f'did you mean "{figures}"?'
    return did_you_mean(code_or_name.strip(), known) or f"the rules are PM001 to {max(_BY_CODE)}, see the guide"
