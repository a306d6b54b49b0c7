"""Which nouns are people or teams, and which only look like it.

Much software is named after people: operators, drivers, handlers, schedulers, controllers, monitors, clients, agents
and users stand for programs as often as not. They are people here only where a word beside them says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from postmortems.check.language.function_words import word_list
from postmortems.check.language.given_names import given_names


class Certainty(Enum):
    """How sure it is that a noun is a person.

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
"""What makes a person of an operator: *the operator on shift*."""

_PEOPLE = word_list(
    """
    administrator administrators admins analyst analysts apprentice apprentices anybody anyone approver approvers
    architect architects author authors boss ceo ciso coder coders colleague colleagues commander consultant
    consultants contractor contractors contributor contributors coworker coworkers crew cto dba dbas department
    departments dev developer developers devops devs director directors employee employees engineer engineers
    everybody everyone expert experts human folk folks guy guys humans intern interns junior juniors lead leadership
    leads maintainer maintainers management newcomer newcomers on-call on-callers oncall person programmer
    programmers qa responder responders rookie reviewer reviewers scientist scientists secops somebody someone
    specialist specialists squad squads sre sres staff supplier suppliers sysadmin sysadmins team teammate teammates
    teams technician technicians tester testers trainee trainees vendor vendors vp whoever
    """
)
_DOUBTFUL = word_list(
    """
    admin group hire individual individuals manager managers member members operator operators ops owner owners
    people shift supervisor support
    """
)
_MADE_SURE_BY = {
    "admin": word_list("database network system systems"),
    "group": word_list("engineering operations working"),
    "hire": word_list("new recent"),
    "manager": word_list(
        "account change delivery duty engineering incident on-call product project release shift team"
    ),
    "member": word_list("crew staff team"),
    "operator": word_list("data-centre human on-call plant"),
    "ops": word_list("database it network"),
    "owner": word_list("code product process"),
    "shift": word_list("day early late morning night on-call weekend"),
    "supervisor": word_list("engineering on-call shift team"),
    "support": word_list("customer level line technical tier"),
}
"""The words beside a doubtful noun that make it people."""

_PERSONAL = word_list(
    """
    absent-minded ambitious arrogant attentive bored careful careless clueless competent complacent conscientious
    diligent distracted dutiful exhausted experienced hasty inattentive incompetent inexperienced irresponsible
    junior lazy negligent overconfident overworked panicking reasonable reckless senior skilled sleepy sloppy tired
    untrained unqualified vigilant
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
"""How capitalised words end that are hardly somebody's name: "Monitoring", "Alerts", "Traffic-Manager"."""


def certainty(
    words: Sequence[str], capital: bool, names: frozenset[str], things: frozenset[str] = frozenset()
) -> Certainty | None:
    """How sure it is that a noun phrase means people: its words in lower case, the noun last.

    `capital` tells that the noun was written with one; `names` are further names of people, `things` those of services
    and the like, which never are. None is a thing.
    """
    noun, beside = words[-1], words[:-1]
    if beside and (beside[0] == "no" or not _MACHINES.isdisjoint(beside)):
        return None
    if noun in _PEOPLE:
        return None if noun == "teams" and capital and not beside else Certainty.SURE
    if noun in _DOUBTFUL:
        sure = _MADE_SURE_BY.get(noun) or _MADE_SURE_BY.get(noun.removesuffix("s"), frozenset())
        is_sure = not (sure | _PERSONAL).isdisjoint(beside)
        return Certainty.SURE if is_sure else Certainty.DOUBTFUL
    if noun in names or (beside and beside[-1] == "@"):
        return Certainty.SURE
    if not capital or noun in things or noun in _SOFTWARE:
        return None
    # A family name: only the given name before it tells.
    if noun in given_names() or (beside and beside[-1] in given_names()):
        return Certainty.SURE
    return None if beside or _NO_NAME.match(noun) else Certainty.NAMED
