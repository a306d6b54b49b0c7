"""Questions about the response: what answers each, what leaves it open, and no wrong answer on real postmortems."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.builders import BEGIN, action_item, incident
from tests.builders import corpus as made_corpus
from tests.conftest import BODY, FRONT_MATTER

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.response.answer import Answer, Area, Basis, Question
from postmortems.analyse.response.card import response_card
from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState
from postmortems.model.postmortem import Postmortem
from postmortems.pipeline import run_pipeline
from postmortems.read.postmortem import read_postmortem
from postmortems.render.words.response import response_words
from postmortems.settings import Settings

ROOT = Path(__file__).parents[2]
PATH = "postmortems/2026/01-checkout/postmortem.md"


def document(body: str = BODY, matter: str = FRONT_MATTER) -> Postmortem:
    return read_postmortem(PATH, (matter + body).encode(), Settings())


def answer(question: Question, postmortem: Postmortem, *others: Postmortem) -> Answer:
    analysis = Analysis(made_corpus(postmortem, *others), Settings(), date(2026, 11, 20))
    (found,) = (each for each in response_card(postmortem, analysis) if each.question is question)
    return found


def told(action: str) -> Postmortem:
    """The sound postmortem with these words in the timeline, between detection and mitigation."""
    return document(BODY.replace("| 14:45 |", f"| 14:30 | {action} | |\n| 14:45 |"))


def test_the_questions_come_in_their_order_and_a_near_miss_has_none() -> None:
    postmortem = document()
    analysis = Analysis(made_corpus(postmortem), Settings(), date(2026, 11, 20))
    card = response_card(postmortem, analysis)
    assert [each.question for each in card] == list(Question)
    assert Counter(question.area for question in Question) == {Area.PEOPLE: 5, Area.PROCESS: 5, Area.TOOLING: 5}
    assert response_card(incident("a", kind="near-miss"), analysis) == ()
    drill = incident("a", kind="drill")
    assert len(response_card(drill, Analysis(made_corpus(drill), Settings(), date.max))) == 15


def test_what_files_never_tell_is_always_a_question() -> None:
    asked = [Question.OTHER_RESPONDERS, Question.PREPARED, Question.FEW_PAGED, Question.RIGHT_TEAM,
             Question.WORKING_HOURS, Question.STATUS_KEPT, Question.COULD_COMMUNICATE, Question.TOOLS_WORKED]  # fmt: skip
    assert [answer(question, document()) for question in asked] == [Answer(question) for question in asked]


POSTED = """
A post appears on our status page
Blog and status page are kept up to date
Comms posted an update to the status page
First update on the status page
Incident declared through statuspage.io.
Notice posted to the public status page
Posted on the status page
Public status page updated
Resolution message posted to the [status page](https://status.acme.example/).
Status page entry created
Status page entry set to resolved
Status page updated
Status page updated to Investigating
Status page updated: major outage
Support posts an update to our status page
The [status page](https://status.acme.example/) was updated to show that there was a degradation in service.
We post an incident on our public status page
We updated our status page, and traffic falls
""".strip().split("\n")

IN_DOUBT = """
A reader reports that a post appears on the status page
AWS posted an update on the status page
AWS posts an entry on the status page
AWS status page updated: they see it, too
By the status page of Stripe all is well
Customers ask for an update on the status page
Discussed whether we post an update on the status page
Draft of an update on the status page prepared
Entry on the status page: none
First update on the status page rejected by legal
GitHub: update on the status page
Incident on our status page closed from yesterday
Nobody posts to the status page: it is broken
Status page is down
Status page not updated
Status page opened in a browser
Status page set to read-only
Status page updated by AWS
Status page updated with yesterday's maintenance
Status page updated, says AWS
Status page updated by the vendor
Status page updated for another incident
Support asked to update the status page
The provider's status page was updated
The status page could not be updated
The status page should be updated
TODO: update the status page
Update on the status page of Cloudflare
Update to the status page waits for approval
Updated status page template
We decide to update the status page
We forget to update the status page
We read the status page
We saw an update on the status page
We try to post to the status page, and get an error
We updated the status page of the lab
""".strip().split("\n")


@pytest.mark.parametrize("words", POSTED)
def test_an_entry_that_says_that_the_status_page_was_updated_is_an_answer(words: str) -> None:
    found = answer(Question.PUBLIC_STATUS, told(words))
    assert (found.says, found.basis) == (True, Basis.STATUS_EVENT)
    assert [(each.quote, each.place.line, each.event) for each in found.evidence] == [(words, 27, 2)]


@pytest.mark.parametrize("words", IN_DOUBT)
def test_any_other_word_on_a_status_page_leaves_the_question_open(words: str) -> None:
    found = answer(Question.PUBLIC_STATUS, told(words))
    assert (found.says, found.basis, len(found.evidence)) == (None, Basis.STATUS_LINK, 1)


def test_what_was_done_may_be_behind_a_comma() -> None:
    for action, says in (("Pool enlarged, status page updated", True), ("AWS told us: status page updated", None)):
        postmortem = document(BODY.replace("Pool enlarged", action))
        assert answer(Question.PUBLIC_STATUS, postmortem).says is says
    assert answer(Question.PUBLIC_STATUS, told("AWS sees it, status page updated")).says is None


def test_an_entry_before_the_incident_is_about_another_one() -> None:
    before = document(BODY.replace("| 2026-03-02 14:20 |", "| 2026-03-02 09:00 | Status page updated | |\n| 14:20 |"))
    assert before.timeline.events[0].text == "Status page updated"
    assert answer(Question.PUBLIC_STATUS, before) == Answer(Question.PUBLIC_STATUS)


@pytest.mark.parametrize(
    ("owner", "source", "says", "basis"),
    [
        ("Acme", "https://status.acme.example/incidents/x1", True, Basis.STATUS_ENTRY),
        ("Acme", "https://acmestatus.com/incidents/x1", True, Basis.STATUS_ENTRY),
        ("Acme Cloud", "https://status.cloud.acme.example/incident/x/1", True, Basis.STATUS_ENTRY),
        ("Acme", "https://acme.statuspage.io/incidents/x1", True, Basis.STATUS_ENTRY),
        ("Payments", "https://status.stripe.com/incidents/x1", None, Basis.STATUS_LINK),
        ("Stripe integrations", "https://status.stripe.com/incidents/x1", None, Basis.STATUS_LINK),
        ("Acme Cloud", "https://status.acme-cloud.example/incidents/x1", True, Basis.STATUS_ENTRY),
        ("Acme", "https://status.cloud.acme.co.uk/incidents/x1", True, Basis.STATUS_ENTRY),
        ("Data", "https://status.datadoghq.com/incidents/x1", None, Basis.STATUS_LINK),
        ("IT", "https://status.gitlab.com/incidents/x1", None, Basis.STATUS_LINK),
        ("Cloud", "https://status.cloud.google.com/incidents/x1", None, Basis.STATUS_LINK),
        ("Acme", "https://status.acme.example/", None, None),
        ("Acme", "https://status.acme.example/history", None, None),
        ("Acme", "https://status.acme.example/en-us/incidents/", None, None),
        ("Acme", "https://acme.example/blog/status-of-things", None, None),
        ("Acme", "https://[broken", None, None),
    ],
)
def test_a_source_is_an_answer_where_the_status_page_is_the_owners(
    owner: str, source: str, says: bool | None, basis: Basis | None
) -> None:
    found = answer(Question.PUBLIC_STATUS, incident("a", owner=owner, sources=[source]))
    assert (found.says, found.basis) == (says, basis)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("https://jira.acme.example/browse/INC-42", True),
        ("https://github.com/acme/incidents/issues/42", True),
        ("https://gitlab.com/acme/incident/-/issues/42", True),
        ("https://app.incident.io/acme/incidents/42", True),
        ("https://github.com/redis/redis/issues/42", None),
        ("https://jira.acme.example/browse/OPS-42", None),
        ("https://acme.example/blog/incidents/2024", None),
        ("https://acme.pagerduty.com/incidents/Q1", True),
        ("https://www.pagerduty.com/blog/incidents/review", None),
    ],
)
def test_a_ticket_is_one_of_a_tracker_of_incidents(source: str, says: bool | None) -> None:
    assert answer(Question.TICKET, incident("a", sources=[source])).says is says


def with_items(*items: ActionItem, name: str = "a", **matter: Any) -> Postmortem:
    return replace(incident(name, **matter), actions=ActionList(items))


DONE, DROPPED, UNKNOWN = ActionState.DONE, ActionState.DROPPED, ActionState.UNKNOWN


@pytest.mark.parametrize(
    ("items", "says", "words", "without"),
    [
        ([], None, "no action item is listed", []),
        ([action_item("[Owner] Fix X", is_sample=True)], None, "no action item is listed", []),
        ([action_item("A", owner="Kim"), action_item("B", owner="Kim")], True, "all 2", []),
        ([action_item("A", owner="Kim")], True, "the only one", []),
        ([action_item("A", owner="Kim"), action_item("B", DROPPED)], True, "the only one", []),
        ([action_item("A", owner="Kim"), action_item("B", DONE)], True, "the only one, done ones excluded", []),
        ([action_item("A", owner="Kim"), action_item("B"), action_item("C", UNKNOWN), action_item("D", DONE)],
         False, "2 of 3 action items without an owner, done ones excluded", ["B", "C"]),
        ([action_item("A"), action_item("B", owner="Kim")], False, "1 of 2 action items without an owner", ["A"]),
        ([action_item("A", DONE, owner="Kim"), action_item("B", DONE, owner="Kim")], True, "all 2", []),
        ([action_item("A", DONE, owner="Kim"), action_item("B", DONE)], None, "all action items are done or dropped", []),
        ([action_item("A", DROPPED)], None, "all action items are done or dropped", []),
    ],
)  # fmt: skip
def test_each_action_item_needs_an_owner_but_what_is_done_or_dropped(
    items: list[ActionItem], says: bool | None, words: str, without: list[str]
) -> None:
    found = answer(Question.ACTIONS_OWNED, with_items(*items))
    assert (found.says, response_words(found)) == (says, words)
    assert [each.quote for each in found.evidence] == without


def test_the_author_says_whether_it_is_a_repeat_and_a_suspicion_is_a_question() -> None:
    first = incident("a", owner="X", root_cause="leak")
    later = BEGIN.replace(month=4)
    declared = answer(Question.NO_REPEAT, incident("b", later, owner="X", repeat_of=["2024/a"]), first)
    assert (declared.says, declared.evidence[0].postmortem) == (False, first)
    denied = incident("b", later, owner="X", root_cause="leak", not_repeat_of=[{"id": "2024/a", "reason": "another"}])
    assert answer(Question.NO_REPEAT, denied, first).says is True
    suspected = answer(Question.NO_REPEAT, incident("b", later, owner="X", root_cause="leak"), first)
    assert (suspected.says, suspected.basis) == (None, Basis.REPEAT_SUSPECTED)
    dangling = incident("b", later, repeat_of=["2020/gone"], not_repeat_of=[{"id": "2024/a", "reason": "another"}])
    assert answer(Question.NO_REPEAT, dangling, first) == Answer(Question.NO_REPEAT)
    assert answer(Question.NO_REPEAT, first) == Answer(Question.NO_REPEAT)


PREVENT = {"kind": ActionKind.PREVENT}


@pytest.mark.parametrize(
    ("item", "published", "is_open"),
    [
        (action_item("Cap it", **PREVENT), "2024-02-20", True),
        (action_item("Cap it", ActionState.DONE, done=date(2024, 6, 1), **PREVENT), "2024-02-20", True),
        (action_item("Cap it", ActionState.DONE, done=date(2024, 3, 1), **PREVENT), "2024-02-20", False),
        (action_item("Cap it", ActionState.DONE, **PREVENT), "2024-02-20", False),
        (action_item("Cap it", ActionState.UNKNOWN, **PREVENT), "2024-02-20", False),
        (action_item("Cap it", **PREVENT), "2024-05-20", False),
        (action_item("Tell all", kind=ActionKind.DOCS), "2024-02-20", False),
    ],
    ids=["open", "done later", "done before", "done one day", "unknown", "not yet promised", "would not prevent"],
)
def test_work_that_was_open_when_it_started(item: ActionItem, published: str, is_open: bool) -> None:
    first = with_items(item, owner="X", root_cause="leak", published_on=published)
    repeat = incident("b", BEGIN.replace(month=4), owner="X", repeat_of=["2024/a"])
    found = answer(Question.NO_OPEN_PREVENTION, repeat, first)
    assert (found.says, [each.item for each in found.evidence]) == ((False, [item]) if is_open else (None, []))
    alike = answer(
        Question.NO_OPEN_PREVENTION, incident("b", BEGIN.replace(month=4), owner="Y", root_cause="leak"), first
    )
    assert (alike.says, [each.item for each in alike.evidence]) == (None, [item] if is_open else [])


@pytest.mark.parametrize(
    ("by", "words", "says", "basis"),
    [
        ("alert", "x", True, Basis.DETECTED_BY),
        ("customer", "x", False, Basis.DETECTED_BY),
        ("staff", "x", False, Basis.DETECTED_BY),
        ("customer", "The first page goes out", None, Basis.ALERTS_TOO),
        ("third-party", "Alerts fire", None, Basis.ALERTS_TOO),
        ("customer", "Status page says degraded; the home page loads slowly", False, Basis.DETECTED_BY),
        ("customer", "On-call paged", None, Basis.ALERTS_TOO),
        ("staff", "Pingdom meldet einen Ausfall", None, Basis.ALERTS_TOO),
        ("staff", "監視システムが障害を検知", None, Basis.ALERTS_TOO),
    ],
)
def test_detected_by_tells_whether_monitoring_alerted(by: str, words: str, says: bool | None, basis: Basis) -> None:
    body = f"\n## Timeline\n\n- 2026-03-02 14:21 UTC - {words}\n"
    found = answer(Question.MONITORING_ALERTED, document(body, FRONT_MATTER.replace(": alert", f": {by}")))
    assert (found.says, found.basis, found.evidence[0].place.line) == (says, basis, 11)


def test_without_a_timeline_people_may_have_had_an_alert() -> None:
    matter = FRONT_MATTER.replace(": alert", ": staff")
    found = answer(Question.MONITORING_ALERTED, document("\n## Timeline\n\nAt 14:23 the alert fired.\n", matter))
    assert (found.says, found.basis, len(found.evidence)) == (None, Basis.DETECTED_BY, 1)
    assert answer(Question.MONITORING_ALERTED, document("", FRONT_MATTER)).says is True


def test_where_nobody_says_what_detected_it_nothing_is_concluded() -> None:
    postmortem = document(matter=FRONT_MATTER.replace("detected_by: alert\n", ""))
    assert answer(Question.MONITORING_ALERTED, postmortem) == Answer(Question.MONITORING_ALERTED)


FOLLOWED = """
Failover by hand, following the checkout failover runbook
Following the runbook, workers restarted and queue drained
Guided by our playbook, traffic is moved
On-call follows the runbook for full disks
Primary failed over per the database failover playbook.
Replica rebuilt according to the [replica runbook](https://wiki.example/r)
Restart per runbook
The runbook was followed to the letter
We follow the runbook for full disks
""".strip().split("\n")

NOT_KNOWN_TO_GUIDE = """
A new runbook is written
A runbook is complete, and Kibana is repaired
According to the runbook a restart takes an hour
According to the runbook nothing can be done
According to the team it needs a runbook
Escalated per the runbook
Follow the runbook
Followed by an update of the runbook
Followed the runbook, which made it worse
Following an outdated runbook
Following the outage the runbook is rewritten
Following the runbook did nothing
Following the runbook, the primary is restarted: no effect
Incident commander follows the incident response playbook
No runbook changes needed
Nobody follows the runbook
On-call is paged per runbook
Failover planned per the runbook
Per runbook: call the vendor
Restart ordered per runbook
The maintenance runbook is followed
Restart skipped, as per the runbook
Restarting is forbidden per runbook
Runbook followed up to step 4, which is missing
Support follows the customer communication playbook
The deployment runbook is followed to release the fix
The restore runbook was followed in the March drill
The runbook is followed, latency stays high
The runbook should be followed
The runbook was followed in vain
The team follows up with runbook changes
Tried to follow the runbook
We did not follow the runbook
With the playbook of the first window
""".strip().split("\n")

LACKING = """
A runbook did not exist
No procedure for its recovery existed
No runbook covers connection leaks
No runbook for the pool existed
There is no documented recovery playbook
There was no runbook for emptying the pool, so each step was discussed.
There was no runbook for this
""".strip().split("\n")

NOT_KNOWN_TO_BE_LACKING = """
If there is no runbook, call the vendor
It is not so that there was no runbook
No doubt the runbook exists
No engineer knew a runbook existed
No link to the runbook existed
No one knew a runbook existed
No playbook for media exists
No runbook link exists in the alert
No runbook step describes the failover
There is no runbook for the other region
There is no runbook for a full disk
There is no runbook for checkout in the other region
There is no runbook owner
No runbook describes how to order a pool
There was no runbook for the pool of the build server
There was no runbook for this team
There is no single runbook
There was no up-to-date runbook
There was no runbook change needed
There was no runbook for this, but the wiki had the steps
There were no runbooks missing
""".strip().split("\n")


@pytest.mark.parametrize("words", FOLLOWED)
def test_an_entry_that_follows_a_runbook_is_an_answer(words: str) -> None:
    found = answer(Question.RUNBOOK_GUIDED, told(words))
    assert (found.says, found.basis, found.evidence[0].event) == (True, Basis.RUNBOOK_FOLLOWED, 2)


@pytest.mark.parametrize("words", NOT_KNOWN_TO_GUIDE)
def test_any_other_word_on_a_runbook_leaves_the_question_open(words: str) -> None:
    found = answer(Question.RUNBOOK_GUIDED, told(words))
    assert (found.says, found.basis) == (None, Basis.RUNBOOK_NAMED)


def test_a_link_to_a_runbook_is_shown_and_answers_nothing() -> None:
    link = "Pool enlarged, see [here](https://wiki.example/runbooks/pool)"
    found = answer(Question.RUNBOOK_GUIDED, told(link))
    assert (found.says, found.basis, found.evidence[0].event) == (None, Basis.RUNBOOK_LINKED, 2)
    late = document(BODY.replace("Leak fixed", link))
    assert answer(Question.RUNBOOK_GUIDED, late).basis is not Basis.RUNBOOK_LINKED


def lacking(words: str) -> Postmortem:
    return document(BODY.replace("The dashboard did not show the leak.", words))


@pytest.mark.parametrize("words", LACKING)
def test_a_text_that_says_that_there_was_none_is_an_answer(words: str) -> None:
    found = answer(Question.RUNBOOK_GUIDED, lacking(words))
    assert (found.says, found.basis) == (False, Basis.RUNBOOK_LACKING)
    assert [(each.quote, each.place.line) for each in found.evidence] == [(words, 59)]


@pytest.mark.parametrize("words", NOT_KNOWN_TO_BE_LACKING)
def test_a_text_that_may_speak_of_another_one_is_none(words: str) -> None:
    assert answer(Question.RUNBOOK_GUIDED, lacking(words)).says is None


def test_one_that_was_followed_and_one_that_was_not_there_are_no_answer() -> None:
    both = document(
        BODY.replace("The dashboard did not show the leak.", "There was no runbook for this").replace(
            "| 14:45 |", "| 14:30 | Restart per runbook | |\n| 14:45 |"
        )
    )
    found = answer(Question.RUNBOOK_GUIDED, both)
    assert (found.says, found.basis, len(found.evidence)) == (None, Basis.RUNBOOK_NAMED, 2)


def test_a_runbook_that_set_it_off_or_came_after_did_not_guide_the_mitigation() -> None:
    before = BODY.replace("Requests queue", "Clean-up following the runbook; requests queue")
    after = BODY.replace("| 16:00 | Leak", "| 2026-03-03 10:00 | Following the runbook, leak")
    for body in (before, after):
        assert answer(Question.RUNBOOK_GUIDED, document(body)).says is None
    endless = FRONT_MATTER.replace("mitigated_at: 2026-03-02T14:45:00Z", "mitigated_at: unknown").replace(
        "resolved_at: 2026-03-02T16:00:00Z", "resolved_at: unknown"
    )
    assert "unknown" in endless
    followed = BODY.replace("| 14:45 |", "| 14:30 | Restart per runbook | |\n| 14:45 |")
    assert answer(Question.RUNBOOK_GUIDED, document(followed)).says is True
    assert answer(Question.RUNBOOK_GUIDED, document(followed, endless)).says is None


def test_no_answer_on_our_own_postmortems_is_wrong() -> None:
    run = run_pipeline(ROOT / "docs", Settings.model_validate({"corpus": "sample"}), date(2026, 11, 20))
    questions = (Question.PUBLIC_STATUS, Question.MONITORING_ALERTED, Question.RUNBOOK_GUIDED)
    read = [line.split() for line in (ROOT / "tests/analyse/response.verdicts.txt").read_text("utf-8").splitlines()]
    verdicts = {words[-1]: dict(zip(questions, words, strict=False)) for words in read if words[0] != "#"}
    assert verdicts.keys() == {postmortem.id for postmortem in run.corpus.postmortems}
    right: Counter[Question] = Counter()
    wrong: list[tuple[str, Question]] = []
    for postmortem in run.corpus.postmortems:
        for each in response_card(postmortem, run.analysis):
            if each.question in questions and each.says is not None:
                is_right = verdicts[postmortem.id][each.question] == ("yes" if each.says else "no")
                right[each.question] += is_right
                wrong += [] if is_right else [(postmortem.id, each.question)]
    assert wrong == []
    assert right == {Question.PUBLIC_STATUS: 13, Question.MONITORING_ALERTED: 18, Question.RUNBOOK_GUIDED: 1}


@pytest.mark.parametrize(
    "text",
    [
        "post " * 2000,
        "there was no runbook for " + "a- " * 2000,
        "no a- " * 2000,
        "follow x" * 3000,
        "restart per x " * 900 + "runbook for " + "x " * 900,
        "no runbook " * 1000,
        "following the " * 1500,
        "](" * 4000,
        "a" * 50_000,
    ],
)
def test_long_texts_cost_no_more_than_their_length(text: str) -> None:
    assert answer(Question.RUNBOOK_GUIDED, told(text)).says is None
    assert answer(Question.PUBLIC_STATUS, told(text)).says is None
