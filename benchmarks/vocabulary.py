"""The words that made-up incidents are put together from.

Names in braces are filled in by `incident.Incident.words`. The sentences speak of systems, never of people, so that
they pass the rules on language whatever is drawn.
"""

from __future__ import annotations

from typing import NamedTuple


class PatternWords(NamedTuple):
    """A way of failing: its page's name, title and family."""

    id: str
    title: str
    family: str


PATTERNS = (
    PatternWords("database-issues", "Database issues", "database"),
    PatternWords("deployment-problems", "Deployment problems", "deployment"),
    PatternWords("monitoring-failures", "Monitoring failures", "monitoring"),
    PatternWords("capacity-limits", "Capacity limits", "capacity"),
    PatternWords("configuration-changes", "Configuration changes", "configuration"),
    PatternWords("hidden-dependencies", "Hidden dependencies", "dependency"),
    PatternWords("network-failures", "Network failures", "network"),
    PatternWords("retry-storms", "Retry storms", "capacity"),
    PatternWords("expired-credentials", "Expired credentials", "security"),
    PatternWords("schema-migrations", "Schema migrations", "database"),
    PatternWords("cache-stampedes", "Cache stampedes", "dependency"),
    PatternWords("alert-noise", "Alert noise", "monitoring"),
)


class Cause(NamedTuple):
    """A root cause: its counted label, what readers see of it, its mechanism, and its leading pattern."""

    label: str
    headline: str
    mechanism: str
    pattern: str


CAUSES = (
    Cause(
        "connection pool exhaustion",
        "{service} refuses requests when its connection pool runs dry",
        "Each request held a connection to {store} while it waited for {dependency}. With {limit} connections and "
        "answers that took {factor} times as long as usual, the pool was used up within {span} minutes.",
        "database-issues",
    ),
    Cause(
        "lock queue behind a migration",
        "{service} writes wait behind a migration",
        "The migration asked for an exclusive lock on a table with {limit} thousand rows and stood behind a long "
        "report. Every later statement of {service} queued behind it, although {store} itself was idle.",
        "schema-migrations",
    ),
    Cause(
        "replication lag",
        "{service} shows stale data",
        "A bulk job wrote to {store} {factor} times faster than the replicas apply changes. Reads of {service} go to "
        "the replicas, so users saw the state of {span} minutes before.",
        "database-issues",
    ),
    Cause(
        "missing index",
        "Slow queries bring {service} to a crawl",
        "A new filter scans {limit} thousand rows for each request. On the test data it answered at once; in "
        "production it occupied every core of {store} within {span} minutes.",
        "database-issues",
    ),
    Cause(
        "incompatible release order",
        "{service} rejects messages of the newer {dependency}",
        "The release of {dependency} began to send a field that the running version of {service} treats as an error. "
        "Both were tested together, but they were rolled out {span} minutes apart.",
        "deployment-problems",
    ),
    Cause(
        "incomplete rollback",
        "Rolling back {service} leaves half of it on the new version",
        "The rollback covered the stateless part of {service} and not its workers. For {span} minutes two versions "
        "wrote different formats to {store}, and each took the entries of the other for damaged.",
        "deployment-problems",
    ),
    Cause(
        "untested feature flag",
        "A feature flag sends {service} down an unfinished path",
        "The flag had been off since the path was built {factor} months before. Switched on, it called {dependency} "
        "once an item instead of once a request, {limit} times for a usual basket.",
        "configuration-changes",
    ),
    Cause(
        "invalid configuration value",
        "{service} starts with a limit of zero",
        "A value without a unit was read as zero, and {service} took zero as its limit on requests to {dependency}. "
        "The validation step checks that the key is present, not that its value makes sense.",
        "configuration-changes",
    ),
    Cause(
        "certificate expiry",
        "{service} cannot talk to {dependency}: the certificate has expired",
        "The certificate for the internal name of {dependency} was issued by hand {factor} years ago and is not in "
        "the inventory that renews the others. {service} closes a connection that it cannot verify.",
        "expired-credentials",
    ),
    Cause(
        "expired access key",
        "{service} loses access to {store}",
        "The key's rotation wrote the new value to the vault, while {service} reads it only at its start. When the "
        "old key was withdrawn {span} minutes later, {limit} instances still used it.",
        "expired-credentials",
    ),
    Cause(
        "disk full",
        "{service} stops when a log disk is full",
        "Debug logging of one component wrote {limit} megabytes a minute to the disk that {service} shares with its "
        "queue. Writes to the queue failed first, and with them every order that waited for a receipt.",
        "capacity-limits",
    ),
    Cause(
        "memory leak",
        "{service} is killed and restarted in turn",
        "Each reconnect to {dependency} left a buffer behind. After {limit} reconnects an instance reached its memory "
        "limit; since all had started together, they were stopped within {span} minutes of each other.",
        "capacity-limits",
    ),
    Cause(
        "thread pool starvation",
        "{service} hangs although its hosts are idle",
        "Calls to {dependency} share {limit} threads with the health check. As soon as all waited, the health check "
        "timed out and the load balancer moved the traffic to the next instance, which met the same end.",
        "capacity-limits",
    ),
    Cause(
        "quota reached",
        "{dependency} turns {service} away at its quota",
        "Traffic had grown by {percent} % in a quarter and reached the quota of {limit} requests a second, which "
        "stands in no dashboard. Beyond it {dependency} answers with an error that {service} took for final.",
        "capacity-limits",
    ),
    Cause(
        "retry amplification",
        "Retries keep {service} down after {dependency} has recovered",
        "Three layers retried three times each, so that one request became up to twenty-seven. {dependency} came "
        "back after {span} minutes and was met by {factor} times its usual load.",
        "retry-storms",
    ),
    Cause(
        "reconnect storm",
        "{service} is overrun by returning clients",
        "After a short break {limit} thousand clients reconnected within a minute, each fetching its whole state "
        "from {store}. The clients wait a fixed time between attempts, so they came in waves.",
        "retry-storms",
    ),
    Cause(
        "cache stampede",
        "An emptied cache exposes {store}",
        "The cache in front of {store} was emptied by a change of its key format. {limit} instances asked for the "
        "same entries at once, and {store} answered {factor} times slower than the cache's own time limit.",
        "cache-stampedes",
    ),
    Cause(
        "stale cache entry",
        "{service} serves an outdated price list",
        "The entry is refreshed when {dependency} announces a change, and the announcement was lost. Nothing else "
        "ends the life of the entry, so {percent} % of the answers were {span} minutes old and growing older.",
        "cache-stampedes",
    ),
    Cause(
        "name resolution failure",
        "{service} cannot resolve internal names",
        "A resolver dropped answers above a size that the record of {dependency} reached with its {limit}th address. "
        "{service} does not keep the last good answer and failed as soon as its own {span} minutes had passed.",
        "network-failures",
    ),
    Cause(
        "packet loss between zones",
        "{service} times out between two zones",
        "A faulty link lost {percent} % of the packets between two zones. Health checks are small and got through; "
        "answers of {store} are large and did not.",
        "network-failures",
    ),
    Cause(
        "undeclared start-up dependency",
        "{service} cannot start without {dependency}",
        "{service} reads its routes from {dependency} when it starts. Nobody needed to know, until both were "
        "restarted in the same window and each waited for the other.",
        "hidden-dependencies",
    ),
    Cause(
        "shared queue",
        "A backlog elsewhere delays {service}",
        "{service} shares a queue with a batch job of another team. A batch of {limit} thousand entries stood in "
        "front of all that users were waiting for, and the queue knows no priority.",
        "hidden-dependencies",
    ),
    Cause(
        "alert on the wrong signal",
        "{service} loses requests while every light is green",
        "The error rate is computed from answers, and requests that are dropped before {service} have none. Losses "
        "of {percent} % looked like a quiet evening.",
        "monitoring-failures",
    ),
    Cause(
        "muted alert",
        "The warning of {service} goes to a channel that is muted",
        "The alert had fired {limit} times in a month without consequence and was muted for a migration. It fired "
        "again when {store} reached its limit, {span} minutes before users felt it.",
        "alert-noise",
    ),
)

TRIGGERS = (
    "the weekly release", "a scheduled rotation", "a marketing campaign", "the nightly batch", "a failover test",
    "the end of the month", "a node replacement", "a library upgrade", "the first working day after a holiday",
    "a routine restart", "an import by a large customer", "a change of the rate limit",
)  # fmt: skip

DOMAINS = (
    "checkout", "search", "billing", "catalogue", "identity", "shipping", "messaging", "reporting", "media", "pricing",
)  # fmt: skip
PARTS = ("api", "worker", "gateway", "store", "scheduler", "stream")
STORES = (
    "the primary database", "the session store", "the order ledger", "the object store", "the event log",
    "the document index",
)  # fmt: skip
DEPENDENCIES = (
    "the address service", "the payment provider", "the flag service", "the token service", "the tax calculator",
    "the mail relay", "the image resizer", "the stock service",
)  # fmt: skip
AUTHORS = ("Ada Berg", "Bo Chen", "Carla Dietz", "Deniz Ekin", "Emil Falk", "Farah Gill", "Goro Hara", "Hanne Iversen")

SUMMARIES = (
    "For {minutes} minutes {percent} % of the requests to {service} failed or took longer than users wait.",
    "{service} was degraded for {minutes} minutes; at the worst moment {percent} % of its requests were turned away.",
    "Users of {service} met errors for {minutes} minutes, first in one region, then in all of them.",
    "Between the first error and the end of the impact {service} lost {percent} % of its traffic.",
)
ENDINGS = (
    "It ended when the change was taken back and the load let in again by steps.",
    "Moving the traffic away from the affected instances ended the impact; the repair itself took longer.",
    "A larger limit bought the time to remove the cause.",
    "Restarting in small groups, with a pause after each, brought it back.",
    "Shedding the least important load let {store} catch up.",
)

EVENTS = (
    ("Error rate of {service} passes {percent} %", "On-call paged"),
    ("Queue in front of {store} holds {limit} thousand entries", "Consumers doubled"),
    ("Latency of {dependency} is normal again, that of {service} is not", "Look moved to {service} itself"),
    ("Dashboards of {service} stop updating", "Raw logs read on two hosts"),
    ("First customers write to support", "Status page says degraded"),
    ("Two instances leave the load balancer", "Held out of rotation for a look"),
    ("The last change before the errors is found", "Its rollback prepared"),
    ("A restart of one instance helps for {span} minutes", "Noted as no solution"),
    ("Memory of {service} grows again after the restart", ""),
    ("{dependency} reports no fault of its own", "Its request log compared with ours"),
    ("`{metric}` reaches its limit of {limit}", "Limit raised for one group of instances"),
    ("The raised limit holds in the first group", "Applied to the second group"),
    ("Support reports that orders arrive twice", "Duplicate check switched on"),
    ("A second team joins, since {store} is theirs", "Roles handed out"),
    ("Traffic of one region is back at its usual level", ""),
    ("Backlog begins to shrink", "Status page says recovering"),
    ("A false trail: the clock of one host is off", "Corrected, without effect on the errors"),
)
STARTED = (
    "Requests of {service} begin to fail",
    "{trigger} begins, and {service} slows down",
    "First errors in the log",
)
DETECTED = {
    "alert": ("Alert `{metric}` fires", "On-call paged"),
    "customer": ("A customer reports errors of {service}", "Support calls on-call"),
    "staff": ("A colleague notices that {service} is slow", "Asked in the incident channel"),
    "third-party": ("{dependency} asks about unusual traffic", "Incident opened"),
}
MITIGATED = (
    ("Users reach {service} again", "Rollback in place"),
    ("Error rate below one in a thousand", "Load let in by steps"),
    ("Traffic served by the other zone", "Affected zone drained"),
)
RESOLVED = (
    ("Cause removed, backlog worked off", "Incident closed"),
    ("All instances run the repaired version", "Status page says resolved"),
    ("{store} back at its usual load", "Extra capacity removed, incident closed"),
)

FACTORS = (
    "The limit of {limit} was set when {service} had a tenth of today's load, and nothing reports how near it is.",
    "{dependency} has no time limit of its own, so a slow answer occupied {service} for as long as it lasted.",
    "The test environment holds one hundredth of the data, too little for this to appear.",
    "The release went to all instances within {span} minutes, faster than the error rate is computed.",
    "The runbook named a dashboard that was replaced in the spring.",
    "{service} and its neighbours share a connection limit, which spread the shortage to calls that were healthy.",
    "The alert looks at averages, in which {percent} % of failed requests disappear.",
    "{trigger} came at the busiest hour of the week.",
    "The health check of {service} does not touch {store}, so broken instances stayed in rotation.",
    "Access to {store} needed an approval from a team in another time zone.",
    "Two earlier warnings of this kind were closed as noise.",
)
GAPS = (
    "`{metric}` existed and was not alerted on; it crossed its limit {span} minutes before the first page.",
    "The page waits for five bad minutes in a row, and the errors came in bursts.",
    "Nothing compares the number of requests with that of the same hour a week before.",
    "The alert of {service} was there, but among {limit} others.",
)
TECHNICAL = (
    "{percent} % of the requests to {service} failed at the peak, {limit} a second.",
    "The median answer of {service} took {factor} times as long as usual.",
    "No stored data was lost; {limit} messages were delivered twice and then removed.",
    "{store} ran at {percent} % of its usual throughput for {span} minutes.",
)
BUSINESS = (
    "About {limit} users could not finish what they had begun; most came back within the hour.",
    "Support received {factor} times its usual number of requests.",
    "The cost is not known: the figures for that hour cannot be told from those of {trigger}.",
    "Partners were informed after {span} minutes, within what the contracts ask for.",
)
WELL = (
    "The rollback took {span} minutes, as rehearsed.",
    "The status page was changed before the second report arrived.",
    "One channel and one list of open questions kept four teams on the same facts.",
    "The limit on waiting requests kept {store} alive, although {service} was not.",
    "The graph of `{metric}` showed the cause at a glance once it was opened.",
    "The duplicate check, built after an earlier incident, saved the ledger from repair by hand.",
)
IMPROVE = (
    "It took {span} minutes to find out which change had gone out last; the list is in three places.",
    "The tool for shedding load needs a role that on-call does not have.",
    "Nothing in the runbook says when to stop looking and take the change back.",
    "The dashboard of {dependency} is open to one team only.",
    "Messages to customers waited for a text that could stand ready.",
    "The restart order of {service} and {dependency} is written nowhere.",
)
DROPPED = (
    "the component is retired next quarter",
    "covered by the new limit, which makes it needless",
    "the cost, measured, exceeds the risk",
)
ACTIONS = (
    ("prevent", "Give calls to {dependency} a time limit of {factor} seconds"),
    ("prevent", "Separate the connections of {service} from those of its neighbours"),
    ("prevent", "Roll {service} out in three groups with a pause after each"),
    ("prevent", "Refuse a configuration whose limits are zero or without a unit"),
    ("prevent", "Add jitter to the retries of {service}"),
    ("prevent", "Load the test environment with a tenth of the production data"),
    ("detect", "Alert on `{metric}` at 80 % of its limit"),
    ("detect", "Compare the requests of {service} with the same hour a week before"),
    ("detect", "Probe {service} from outside once a minute"),
    ("detect", "Page on bursts: two bad minutes within ten"),
    ("mitigate", "Let on-call shed load without a second approval"),
    ("mitigate", "Keep the last good answer of {dependency} for an hour"),
    ("mitigate", "Build a switch that turns off the least important calls"),
    ("process", "Show the last ten changes on one page"),
    ("process", "Ask for the restart order in every design review"),
    ("docs", "Rewrite the runbook of {service} around its dashboards of today"),
    ("docs", "Write down the quotas of {dependency} and who raises them"),
    ("learn", "Rehearse the loss of {store} with both teams"),
    ("learn", "Walk new colleagues through this incident"),
)
LESSONS = (
    "A limit that nobody watches is a date in the calendar that nobody knows.",
    "What protects a service from its callers has to be tried while it is not needed.",
    "An average hides exactly the users who suffer most.",
    "The way back deserves as many tests as the way forward.",
    "Recovery is a load of its own: plan where it lands.",
    "Two teams that share a queue share its worst hour as well.",
    "An alert that fires every week teaches everybody to wait.",
)
GUIDANCE = {
    "What it looks like": (
        "The first sign is rarely in the component that fails: callers slow down, queues grow, and the failing part "
        "looks idle.",
        "Errors come in bursts and look like chance until they are laid over the list of changes.",
        "One instance is affected, then its neighbours, in the order in which they take over its load.",
    ),
    "How to notice it": (
        "Watch the distance to the limit and how fast it shrinks, not only the moment when it is reached.",
        "Count what arrives and what leaves; a difference is a finding even where every answer is a success.",
        "Alert on the oldest entry that waits, not on how many there are.",
    ),
    "What helps": (
        "Take away load first, in the order of what users miss least, and look for the cause afterwards.",
        "Take back the last change when it is cheap to do so; whether it was the cause can be found out later.",
        "Bring instances back in small groups, with a pause in which the caches fill.",
    ),
    "How to prevent it": (
        "Give every call a time limit and every queue a length, and decide what happens at both.",
        "Roll out in steps that are longer than the time in which the monitoring sees a fault.",
        "Rehearse the loss of each dependency once a year, at an hour when everybody is awake.",
    ),
}
