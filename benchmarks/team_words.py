"""The words of the made-up team: a company that delivers parcels, its services and teams, and how it calls what failed.

Mechanisms, events and sentences are those of `vocabulary`; here stands what makes one incident unlike another.
"""

from __future__ import annotations

from typing import NamedTuple

SITE = "Parcelwise incidents"


class Team(NamedTuple):
    """An owner, and the people who write its postmortems."""

    name: str
    people: tuple[str, ...]


class TeamService(NamedTuple):
    """A service: its owner, what it does, how often it fails, how soon that shows and how long it lasts, as factors."""

    name: str
    owner: str
    description: str
    weight: float
    notice: float
    last: float
    noticed_by: tuple[int, int, int, int]
    """How often an alert, a customer, staff and a third party notice first."""


TEAMS = (
    Team("checkout-team", ("Ada Berg", "Bo Chen")),
    Team("payments-team", ("Carla Dietz", "Deniz Ekin")),
    Team("tracking-team", ("Emil Falk", "Farah Gill")),
    Team("depot-team", ("Goro Hara", "Hanne Iversen")),
    Team("customer-team", ("Ines Jansen", "Jonas Kaya")),
    Team("platform-team", ("Kira Lund", "Luca Moretti", "Mina Novak")),
)

SERVICES = (
    TeamService("checkout", "checkout-team", "Takes orders from the shop", 3, 0.8, 0.7, (80, 12, 6, 2)),
    TeamService("pricing", "checkout-team", "Prices a parcel by weight, way and day", 1.5, 1, 0.8, (60, 25, 12, 3)),
    TeamService("payments-gateway", "payments-team", "Charges cards and refunds them", 2.5, 0.6, 0.8, (85, 6, 4, 5)),
    TeamService("order-ledger", "payments-team", "Keeps every order and its money", 1.8, 1, 2.6, (70, 10, 18, 2)),
    TeamService("tracking-api", "tracking-team", "Tells where a parcel is", 3, 0.9, 0.8, (70, 22, 6, 2)),
    TeamService("notifications", "tracking-team", "Sends mails and messages", 1.5, 4, 1.2, (24, 64, 8, 4)),
    TeamService("route-planner", "depot-team", "Plans the tours of the night", 1.5, 1.4, 2.2, (55, 5, 36, 4)),
    TeamService("depot-scanner", "depot-team", "Reads labels at the belt", 2.4, 7, 1.3, (14, 4, 78, 4)),
    TeamService("label-printer", "depot-team", "Prints labels at the counter", 1, 2, 0.7, (40, 20, 38, 2)),
    TeamService("customer-accounts", "customer-team", "Signs customers in", 1.5, 0.8, 0.8, (75, 18, 5, 2)),
    TeamService("search", "customer-team", "Finds shops and parcel points", 1, 1.2, 0.9, (65, 25, 8, 2)),
    TeamService("event-bus", "platform-team", "Carries messages between all services", 2.2, 0.9, 1.8, (78, 2, 18, 2)),
)

HEADLINES = {
    "connection pool exhaustion": (
        "{service} refuses requests when its connection pool runs dry",
        "{service} waits for connections that never come back",
        "Slow answers of {dependency} use up the connections of {service}",
    ),
    "lock queue behind a migration": (
        "{service} writes wait behind a migration",
        "A new column stops {service} for {span} minutes",
        "A migration of {store} queues every write of {service}",
    ),
    "replication lag": (
        "{service} shows stale data",
        "A bulk job leaves the replicas of {service} {span} minutes behind",
        "{service} reads yesterday's state from a lagging replica",
    ),
    "missing index": (
        "Slow queries bring {service} to a crawl",
        "A new filter makes {service} read whole tables",
        "{service} times out on the largest customers",
    ),
    "incompatible release order": (
        "{service} rejects messages of {dependency} after its release",
        "A field that {service} does not know stops its consumers",
        "Two releases of {service} and {dependency} meet in the wrong order",
    ),
    "incomplete rollback": (
        "Rolling back {service} leaves half of it on the new version",
        "{service} runs in two versions after a rollback",
        "Workers of {service} miss the rollback and write the new format",
    ),
    "untested feature flag": (
        "A feature flag sends {service} down an unfinished path",
        "{service} answers with empty pages behind a new flag",
        "A flag for {percent} % of users takes {service} down for all",
    ),
    "invalid configuration value": (
        "{service} starts with a limit of zero",
        "A value without a unit turns {service} off",
        "{service} takes a timeout of {factor} milliseconds for {factor} seconds",
    ),
    "certificate expiry": (
        "{service} cannot talk to {dependency}: the certificate has expired",
        "An expired certificate cuts {service} off",
        "Certificate of an internal name runs out and stops {service}",
    ),
    "expired access key": (
        "{service} loses access to {store}",
        "A rotated key reaches the vault and not {service}",
        "{service} fails on half of its instances after a key rotation",
    ),
    "disk full": (
        "{service} stops when a log disk is full",
        "Debug logs fill the disk under {service}",
        "{service} loses its queue to a full disk",
    ),
    "memory leak": (
        "{service} is killed and restarted in turn",
        "{service} runs out of memory every {span} minutes",
        "Memory of {service} grows until the whole group restarts",
    ),
    "thread pool starvation": (
        "{service} hangs although its hosts are idle",
        "Health checks of {service} starve behind slow calls",
        "All threads of {service} wait for {dependency}",
    ),
    "quota reached": (
        "{dependency} turns {service} away at its quota",
        "{service} meets a quota that stands in no dashboard",
        "Growth carries {service} over the limit of {dependency}",
    ),
    "retry amplification": (
        "Retries keep {service} down after {dependency} has recovered",
        "{service} multiplies its own load {factor} times",
        "Three layers of retries flood {dependency}",
    ),
    "reconnect storm": (
        "{service} is overrun by returning clients",
        "Clients reconnect all at once and take {service} down",
        "A short break of {service} ends in a wave of reconnects",
    ),
    "cache stampede": (
        "An emptied cache exposes {store}",
        "{service} asks {store} for everything at once",
        "A changed key format empties the cache of {service}",
    ),
    "stale cache entry": (
        "{service} serves outdated entries",
        "{service} keeps an entry that {dependency} has withdrawn",
        "A lost invalidation leaves {service} with old data",
    ),
    "name resolution failure": (
        "{service} cannot resolve internal names",
        "A resolver drops the long answer that {service} needs",
        "{service} forgets where {dependency} is",
    ),
    "packet loss between zones": (
        "{service} times out between two zones",
        "A faulty link loses {percent} % of the packets of {service}",
        "{service} reaches {store} from one zone only",
    ),
    "undeclared start-up dependency": (
        "{service} cannot start without {dependency}",
        "{service} and {dependency} wait for each other after a restart",
        "A restart of {service} hangs on a call that no diagram shows",
    ),
    "shared queue": (
        "A backlog elsewhere delays {service}",
        "A batch job stands in front of {service} in the shared queue",
        "{service} is {span} minutes late behind another team's import",
    ),
    "alert on the wrong signal": (
        "{service} loses requests while every light is green",
        "{percent} % of the requests to {service} vanish unseen",
        "{service} fails for an hour that no graph shows",
    ),
    "muted alert": (
        "The warning of {service} goes to a channel that is muted",
        "A muted alert hides the full queue of {service}",
        "{service} had warned, in a channel that nobody reads at night",
    ),
}
"""How a title may begin, by the label of the root cause."""

OCCASIONS = (
    "on the evening of the sale", "in the northern depots", "after the failover test", "at the end of the month",
    "during the weekly release", "for parcels to Switzerland", "on the first cold morning", "in the second zone",
    "while the importer ran", "for accounts older than ten years", "at the change of shifts", "in the afternoon peak",
    "after the node replacement", "for business customers", "on the Monday after the holidays", "in the web shop",
    "for returns", "at the counter", "during the network maintenance", "for express parcels",
)  # fmt: skip
"""What tells two incidents with one headline apart."""

TRIGGERS = (
    "the weekly release", "a scheduled key rotation", "the summer sale", "the nightly import", "a failover test",
    "the end of the month", "a node replacement", "a library upgrade", "the first working day after the holidays",
    "a routine restart", "an import by a large customer", "a change of the rate limit", "a network maintenance",
    "the switch to a new label format", "a load test", "the move of a depot",
)  # fmt: skip

DIFFERENT = (
    "another store; the limit that was set then has held",
    "the alert of then fired this time, and the fault was in its runbook",
    "that one came from a deployment, this one from growth",
    "other instances, on hosts that the action of then did not cover",
    "the same words, but the mechanism of then is gone",
)
"""Why an incident with the root cause of an earlier one is no repeat of it."""

SAVED = (
    "The canary group of {service} stopped the roll-out at the first errors, before the second group was touched.",
    "The limit on waiting requests in front of {store} shed the load that would have taken it down.",
    "The pair that was on call for the sale had the graph of `{metric}` open and saw the slope.",
    "A read-only copy of {store}, made for a rehearsal the day before, answered in its place.",
    "The depot had printed the tours of the night on paper, as it does before each maintenance.",
    "The release was held back for an unrelated review, and with it the change that would have failed.",
)
"""What kept a near miss from becoming an incident."""

NONE_SAVED = "Of luck there was little: had it happened two hours later, in the evening peak, nothing would have held."


class Guidance(NamedTuple):
    """What a pattern's page says of it in its own words: a lede, and one sentence below each heading."""

    lede: str
    looks: str
    notice: str
    helps: str
    prevent: str


PATTERNS = {
    "database-issues": Guidance(
        "The store is up, and still nothing gets through: connections, locks or queries are the narrow place.",
        "Services with nothing in common but the store slow down within the same minute.",
        "Watch waiting connections and the oldest transaction, not only the load of the hosts.",
        "End the oldest transaction or the job that holds it; raise limits only once you know what waits.",
        "Give every statement and every transaction a time limit, in the client and in the store.",
    ),
    "deployment-problems": Guidance(
        "Something was rolled out, or back, and the parts no longer agree with each other.",
        "Errors begin in one group of instances and follow the order of the roll-out.",
        "Mark every deployment on every graph, and compare the new group with the old one.",
        "Take the whole change back, workers and jobs included, before you look for the cause.",
        "Roll out in steps with a pause, and rehearse the way back with the data that the new version writes.",
    ),
    "monitoring-failures": Guidance(
        "It failed for a while before anybody knew, because what was measured is not what users meet.",
        "Support writes first, and every dashboard is green.",
        "Count what arrives and what leaves, and probe from outside.",
        "Believe the reports, and look at raw logs until the graphs are mended.",
        "Test each alert by causing what it is for, at least once a quarter.",
    ),
    "capacity-limits": Guidance(
        "A limit that nobody watched was reached: disks, memory, threads, or somebody else's quota.",
        "It works until it does not: no slope in the errors, but a step.",
        "Alert on the time that is left, at the pace of the worst day.",
        "Shed the load that is missed least, then make room.",
        "Write down every limit with its owner, how near it is, and how long it takes to raise it.",
    ),
    "configuration-changes": Guidance(
        "A value or a flag changed what the code does everywhere at once.",
        "All instances fail within seconds of each other, without a deployment.",
        "Show changes of configuration beside deployments, on the same line.",
        "Put the last value back; what it meant can be found out later.",
        "Validate values, not only keys, and let them out in steps like code.",
    ),
    "hidden-dependencies": Guidance(
        "A service needed another one that no diagram shows.",
        "A restart that should be harmless hangs, or a failure elsewhere arrives hours later.",
        "Trace a request and a start-up once a month, and compare with the diagram.",
        "Find out who waits for whom, and start them by hand in that order.",
        "Make services start without each other, with the last good answer.",
    ),
    "network-failures": Guidance(
        "Packets, names or zones: the way between healthy services was broken.",
        "Small requests pass and large ones do not, or one zone sees another world.",
        "Measure loss and the size of answers between all zones, not only whether a port opens.",
        "Take the traffic out of the affected zone, and leave it out until loss is zero.",
        "Keep the last good answer of the resolver, and rehearse the loss of each zone.",
    ),
    "retry-storms": Guidance(
        "What should have helped callers through a short failure kept the failure going.",
        "Load is a multiple of usual while nothing gets done, long after the first cause is gone.",
        "Count attempts beside requests: more than two a request is a storm.",
        "Stop the callers, not the service; let them back by steps.",
        "Retry in one layer only, with a budget, and with jitter.",
    ),
    "expired-credentials": Guidance(
        "A certificate or a key ended on its day, and something still used it.",
        "It fails to the second, on all instances or on those that started after the rotation.",
        "Keep one inventory of everything that ends, and alert a month before.",
        "Put a new one in place by hand first, and find out afterwards why it was not renewed.",
        "Let machines renew, and let services read keys again without a restart.",
    ),
    "schema-migrations": Guidance(
        "A change of a table stopped those who read and write it.",
        "Writes stand still behind one statement that waits for another one.",
        "Look at the head of the lock queue before and during each migration.",
        "Cancel the migration; it is the one thing in the queue that can wait.",
        "Give each migration a lock timeout of seconds, and try it on a copy with the data of production.",
    ),
    "cache-stampedes": Guidance(
        "What the cache kept from the store came back all at once, or never left when it should have.",
        "The store is at its limit minutes after a release that only changed keys.",
        "Watch the hit rate, and the age of the oldest entry.",
        "Let one caller fill each entry while the others wait or get the old one.",
        "Warm a new key format up beside the old one, and give every entry an end.",
    ),
    "alert-noise": Guidance(
        "The warning was there, among many others that meant nothing.",
        "The log of the pager shows the right alert, hours before the incident was opened.",
        "Count alerts that led to nothing, and delete what never led to anything.",
        "Look at what was muted this week before you look anywhere else.",
        "Let a mute end by itself, after a day at most.",
    ),
}
