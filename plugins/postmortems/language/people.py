"""Nouns that are people or teams, and those that only look like it.

Much software is named after people: operators, drivers, handlers, schedulers, controllers, monitors, clients, agents
and users stand for programs as often as not. They are people here only where a word beside them says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from postmortems.language.function_words import word_list
from postmortems.language.given_names import given_names


class Certainty(Enum):
    """Certainty that a noun is a person.

    `DOUBTFUL` is enough for verbs of which only people are capable; `NAMED`, a capitalised word that nobody knows, only
    for those of them that are never said of a program, either.
    """

    SURE = auto()
    DOUBTFUL = auto()
    NAMED = auto()


PART_OF_A_GROUP = word_list(
    "all any both each either few half many member members more most one several some three two"
)
"""Words of a part of a group: *one of our engineers*, *members of the team*."""

ON_DUTY = word_list("call duty shift")
"""Words that make a person of an operator: *the operator on shift*."""

_PEOPLE = word_list(
    """
    administrator administrators admins analyst analysts anybody anyone apprentice apprentices approver approvers
    architect architects auditor auditors author authors boss ceo chap ciso clerk clerks coder coders colleague
    colleagues commander consultant consultants contractor contractors contributor contributors coworker coworkers
    crew cto dba dbas department departments designer designers dev developer developers devops devs director
    directors electrician electricians employee employees engineer engineers everybody everyone executive executives
    expert experts folk folks founder founders freelancer freelancers guy guys human humans integrator integrators
    intern interns junior juniors lad lads lead leadership leads maintainer maintainers man management men newcomer
    newcomers officer officers on-call on-callers oncall person predecessor predecessors programmer programmers qa
    rep representative representatives reps responder responders reviewer reviewers rookie scientist scientists
    secops somebody someone specialist specialists squad squads sre sres staff student students supplier suppliers
    sysadmin sysadmins team teammate teammates teams tech technician technicians techs temp temps tester testers
    trainee trainees trainer vendor vendors volunteer volunteers vp whoever woman women
    """
)
_DOUBTFUL = word_list(
    """
    admin group hire individual individuals manager managers member members operator operators ops owner owners
    people shift supervisor support
    """
)
_ONLY_WITH = {
    "agent": word_list("call-centre customer helpdesk service-desk support"),
    "group": word_list("infrastructure"),
}
"""The words beside a noun that is a program without them."""

_MADE_SURE_BY = {
    "admin": word_list("database network new system systems"),
    "group": word_list("billing database engineering network operations platform release working"),
    "hire": word_list("new recent"),
    "manager": word_list(
        "account change delivery duty engineering incident on-call product project release shift team"
    ),
    "member": word_list("crew staff team"),
    "operator": word_list("data-centre day duty human night on-call plant shift weekend"),
    "ops": word_list("database it network"),
    "owner": word_list("code product process"),
    "shift": word_list("day early late morning night on-call weekend"),
    "supervisor": word_list("engineering on-call shift team"),
    "support": word_list("customer level line technical tier"),
}
"""The words beside a doubtful noun that make it people."""

_COMPANIES = word_list(
    "bank carrier carriers company consultancy contractor customer hoster partner provider supplier vendor"
)
"""Companies whose people a doubtful noun is: "the hosting company's operators"."""

_PERSONAL = word_list(
    """
    absent-minded ambitious arrogant attentive bored careful careless clueless clumsy competent complacent
    conscientious diligent distracted dutiful exhausted experienced forgetful hasty ill-prepared impatient
    inattentive incompetent inept inexperienced irresponsible junior lazy negligent overconfident overeager
    overworked panicking reasonable reckless senior skilled sleepy sloppy stubborn tired unqualified untrained
    vigilant
    """
)
"""Adjectives of people only: they make people of a doubtful noun."""

_MACHINES = word_list(
    "acme ai auto automated automatic bot dns forest gitlab http llm mdns microsoft ms ocsp synthetic virtual"
)
"""Words that make a program of a person: *the OCSP responder*, *the automated reviewer*, *Microsoft Teams*."""

_SOFTWARE = word_list(
    """
    airflow akamai alertmanager android ansible apache argo argocd aurora aws azure backstage bazel bigquery bind
    bitbucket calico cassandra ceph chef chrome cilium circleci clickhouse cloudflare cloudfront cloudwatch
    cockroachdb confluence consul coredns curl datadog debian dependabot django docker dynamodb elasticsearch envoy
    etcd excel fastly firefox flink flux gerrit git github gitlab google grafana haproxy hazelcast helm heroku
    influxdb instana ios istio jaeger jenkins jira kafka karpenter keycloak kibana kinesis kubelet kubernetes lambda
    let linkerd linux logstash loki mailchimp memcached microsoft mimir mongodb mysql nagios netlify newrelic nginx
    nomad okta openshift opsgenie oracle outlook packer pagerduty pingdom postfix postgres postgresql prometheus
    pulsar puppet python rabbitmq rails redis redshift renovate route53 rundeck s3 salesforce salt selenium sentry
    shopify sidekiq slack snowflake solr sonarqube spark spinnaker splunk squid statuspage stripe systemd tableau
    tempo terraform thanos tomcat traefik twilio ubuntu unbound varnish vault vercel vitess windows zabbix zapier
    zendesk zookeeper zoom
    """
)
"""Software that is well known, in whose name something is done."""

_NO_NAME = re.compile(
    r"(?:.*(?:able|bot|cy|db|ful|hood|ics|ing|ism|ity|less|like|logy|ment|ness|ory|ous|ql|ship|sion|sql|sys|tion|ture|ware)"
    r"|.*[\d_.-].*|.{1,2}|.*[^s]s)$"
)
"""Endings of capitalised words that are hardly somebody's name: "Monitoring", "Alerts", "Traffic-Manager"."""


_NOUNS = (*_PEOPLE, *_DOUBTFUL, *_ONLY_WITH, *(f"{noun}s" for noun in _ONLY_WITH))
SOMEONE = word_list("anyone he i one she they those we who") | frozenset(re.findall("[a-z]+", " ".join(_NOUNS)))
"""Words and parts of words of which a sentence about people holds one, unless it has a capital or an @."""


def certainty(
    words: Sequence[str], capital: bool, names: frozenset[str], things: frozenset[str] = frozenset()
) -> Certainty | None:
    """Certainty that a noun phrase means people: its words in lower case, the noun last.

    `capital` tells that the noun was written with one; `names` are further names of people, `things` those of services
    and the like, which never are. None is a thing.
    """
    noun, beside = words[-1], words[:-1]
    if beside and (beside[0] == "no" or not _MACHINES.isdisjoint(beside)):
        return None
    if noun in _PEOPLE:
        return None if noun == "teams" and capital and not beside else Certainty.SURE
    alone = noun.removesuffix("s")
    if alone in _ONLY_WITH and not _ONLY_WITH[alone].isdisjoint(beside):
        return Certainty.SURE
    if noun in _DOUBTFUL:
        sure = _MADE_SURE_BY.get(noun) or _MADE_SURE_BY.get(noun.removesuffix("s"), frozenset())
        is_sure = not (sure | _PERSONAL | _PEOPLE | _COMPANIES).isdisjoint(beside)
        return Certainty.SURE if is_sure else Certainty.DOUBTFUL
    if (capital and noun in names) or (beside and beside[-1] == "@"):
        return Certainty.SURE
    if not capital or noun in things or noun in _SOFTWARE:
        return None
    # A family name: only the given name before it tells.
    if noun in given_names() or (beside and beside[-1] in given_names()):
        return Certainty.SURE
    return None if beside or _NO_NAME.match(noun) else Certainty.NAMED
