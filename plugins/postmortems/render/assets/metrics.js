/*
 * The filters of the metrics page: team, severity and year. The tiles and the panels are counted again from the
 * incidents that are left, by the rules of `analyse/statistics.py`, `survival.py`, `poisson.py` and `year_change.py`,
 * in the words of `render/words`; a test compares both. What is not counted again says so.
 *
 * The theme runs this again whenever it has put such a page in place (navigation.instant).
 */
(() => {
  "use strict";

  /** A count as the pages write it: `12,000`. */
  const grouped = new Intl.NumberFormat("en").format;

  /** @type {any} */
  const page = document.querySelector(".pm-tiles:not([data-ready])")?.closest(".pm-metrics");
  if (!page) return;
  page.querySelector(".pm-tiles").dataset.ready = "";

  /** A link to a fold opens it. */
  const reveal = (hash) => {
    const fold =
      hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("details.pm-sec");
    if (fold) fold.open = true;
  };
  page.addEventListener("click", (event) => reveal(event.target.closest("a")?.hash ?? ""));
  reveal(location.hash);

  /** @type {any} */
  const form = page.querySelector("form.pm-choose");
  if (!form) return;
  /** @returns {any[]} */
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];

  /**
   * An incident in numbers, null where unknown; `actions`, `latest` and `before` are action items by status.
   * @typedef {{ quarter: number?, severity: number?, owner: number?, detect: number?, recover: number?,
   *   atLeast: number?, late: number?, repeat: number?, actions: Counts, latest: Counts, before: Counts }} Incident
   * @typedef {{ done: number, open: number, overdue: number, dropped: number, unknown: number }} Counts
   * @typedef {{ n: number, missing: number, censored: number, median: number?, low: number?, high: number? }} Summary
   */
  const counts = (words) => {
    const [done = 0, open = 0, overdue = 0, dropped = 0, unknown = 0] = words ? words.split(".").map(Number) : [];
    return { done, open, overdue, dropped, unknown };
  };
  const sum = (all) =>
    all.reduce(
      (total, one) => Object.fromEntries(Object.keys(total).map((key) => [key, total[key] + one[key]])),
      counts(""),
    );
  /** @returns {Incident[]} */
  const read = (text) =>
    text.split(" ").map((line) => {
      const cells = Object.assign(Array(11).fill(""), line.split(","));
      const [quarter, severity, owner, detect, recover, atLeast, late, repeat] = cells.map((cell) =>
        cell === "" ? null : Number(cell),
      );
      const [actions, latest, before] = cells.slice(8).map(counts);
      return { quarter, severity, owner, detect, recover, atLeast, late, repeat, actions, latest, before };
    });
  /** Of many incidents they are in a file, which is fetched once something is chosen. */
  let incidents = form.dataset.incidents ? read(form.dataset.incidents) : null;
  const thisQuarter = Number(form.dataset.this);
  const isSample = form.dataset.sample === "1";

  // Figures.

  const Z = 1.959963984540054;

  /** The ranks, from 1, between which the true median lies with at least 95 % confidence; null below six. */
  const ranks = (n) => {
    let rank = 0;
    let below = 1n;
    let term = 1n;
    const whole = 2n ** BigInt(n);
    while (40n * below <= whole) {
      rank += 1;
      term = (term * BigInt(n - rank + 1)) / BigInt(rank);
      below += term;
    }
    return rank ? [rank, n + 1 - rank] : null;
  };

  /** The number of ascending values that are at most `value`. */
  const upTo = (values, value) => values.filter((one) => one <= value).length;

  /** The median by the estimate of Kaplan and Meier. */
  const survivalMedian = (known, censored) => {
    let [survival, passed, atRisk] = [1, 0, known.length + censored.length];
    for (const bound of [...censored, null]) {
      const until = bound === null ? known.length : upTo(known, bound);
      const over = until - passed;
      const needed = survival > 0.5 ? Math.ceil(atRisk * (1 - 0.5 / survival) - atRisk * 1e-9) : 0;
      if (needed > 0 && needed <= over) {
        const first = passed + needed - 1;
        const left = (survival * (atRisk - needed)) / atRisk;
        return Math.abs(left - 0.5) <= 1e-9 && first + 1 < known.length
          ? (known[first] + known[first + 1]) / 2
          : known[first];
      }
      survival *= atRisk ? (atRisk - over) / atRisk : 1;
      passed = until;
      atRisk -= over + 1;
    }
    return null;
  };

  /** The value of a rank among known and censored ones, each of these as short as it can have been. */
  const ranked = (known, censored, rank) => [...known, ...censored].sort((one, other) => one - other)[rank - 1];

  /** @returns {Summary} */
  const summary = (members, key) => {
    const ascending = (values) => values.filter((value) => value !== null).sort((one, other) => one - other);
    const known = ascending(members.map((incident) => incident[key]));
    const censored = key === "recover" ? ascending(members.map((incident) => incident.atLeast)) : [];
    const n = known.length;
    const found = { n, missing: members.length - n, censored: censored.length, median: null, low: null, high: null };
    if (n < 3) return found;
    const middle = n % 2 ? known[(n - 1) / 2] : (known[n / 2 - 1] + known[n / 2]) / 2;
    found.median = censored.length ? survivalMedian(known, censored) : middle;
    const bounds = ranks(n + censored.length);
    if (bounds) {
      found.low = ranked(known, censored, bounds[0]);
      found.high = bounds[1] <= n ? known[bounds[1] - 1] : null;
    }
    return found;
  };

  /** Wilson's interval of a share; null below six. */
  const wilson = (part, of) => {
    if (of < 6) return null;
    const [share, square] = [part / of, Z * Z];
    const middle = share + square / (2 * of);
    const half = Z * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
    const whole = 1 + square / of;
    return [part ? (middle - half) / whole : 0, part < of ? (middle + half) / whole : 1];
  };

  /** The chance that a Poisson variable with this mean is `count` or less. */
  const atMost = (count, mean) => {
    let term = Math.exp(-mean);
    let total = term;
    for (let k = 1; k <= count; k += 1) total += term *= mean / k;
    return count < 0 ? 0 : Math.min(1, total);
  };

  const halve = (isBelow, low, high) => {
    for (let step = 0; step < 100; step += 1) {
      const middle = (low + high) / 2;
      if (isBelow(middle)) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };

  /** Garwood's interval of a count. */
  const garwood = (count) => [
    count ? halve((mean) => 1 - atMost(count - 1, mean) < 0.025, 0, count) : 0,
    halve((mean) => atMost(count, mean) > 0.025, count, count + 8 * Math.sqrt(count + 1) + 8),
  ];

  // Words.

  const even = (value) => {
    const below = Math.floor(value);
    return value - below === 0.5 ? below + (below % 2) : Math.round(value);
  };
  const units = (value, size, unit, rest) => `${Math.floor(value / size)} ${unit}${rest ? ` ${rest}` : ""}`;
  const duration = (value) => {
    const seconds = even(value);
    if (seconds === 0) return "0 min";
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 600 && seconds % 60) return units(seconds, 60, "min", `${seconds % 60} s`);
    if (seconds < 3600) return units(seconds, 60, "min", "");
    const minutes = Math.floor(seconds / 60);
    if (minutes < 72 * 60) return units(minutes, 60, "h", minutes % 60 ? `${minutes % 60} min` : "");
    const hours = Math.floor(minutes / 60);
    return units(hours, 24, "d", hours % 24 ? `${hours % 24} h` : "");
  };
  const between = (low, high) => {
    if (high === null) return `at least ${duration(low)}`;
    const [first, last] = [duration(low), duration(high)];
    const [number, ...unit] = first.split(" ");
    if (last.split(" ").length === 2 && last.endsWith(` ${unit.join(" ")}`))
      return first === last ? last : `${number}–${last}`;
    return `${first} to ${last}`;
  };
  const percents = (bounds) => (bounds ? `${even(bounds[0] * 100)}–${even(bounds[1] * 100)} %` : "too few");
  const middle = (found) =>
    found.median === null
      ? found.low === null
        ? "too few"
        : `at least ${duration(found.low)}`
      : duration(found.median);
  const made = (found) => {
    const rest = found.missing - found.censored;
    const unknown = rest ? `; ${grouped(rest)} unknown` : "";
    if (found.median === null) return `${grouped(found.n)} known${unknown}`;
    const bounds = found.censored ? `, ${grouped(found.censored)} of them lower bounds` : "";
    const interval = found.low === null ? "" : `, 95 % interval ${between(found.low, found.high)}`;
    return `median of ${grouped(found.n + found.censored)}${bounds}${interval}${unknown}`;
  };

  /** The same with each number held to its unit. */
  const unbroken = (words) => words.replace(/(\d) (?=(?:s|min|h|d)\b)/g, "$1\u00a0");

  /** The verdict on two figures with their intervals, each as [words, low, high]; an interval of null is too few. */
  const verdict = (now, then, more, less) => {
    if (now[1] === null || then[1] === null) return ["Too few to compare with the year before", false];
    const words = `${now[0]}, was ${then[0]}`;
    if (now[1] <= then[2] && then[1] <= now[2]) return [`No clear change: ${words}`, false];
    return [`${now[1] > then[2] ? more : less} than the year before: ${words}`, true];
  };
  const lengthOf = (found) => [middle(found), found.low, found.high ?? Infinity];
  const shareOf = (part, of, due = "") => [
    `${grouped(part)} of ${grouped(of)}${due}`,
    ...(wilson(part, of) ?? [null, null]),
  ];

  // What is chosen.

  const value = (name) => form.elements[name].value;
  const left = () =>
    incidents.filter(
      ({ severity, owner, quarter }) =>
        (value("severity") === "" || severity === Number(value("severity"))) &&
        (value("owner") === "" || owner === Number(value("owner"))) &&
        (value("year") === "" || (quarter !== null && Math.floor(quarter / 4) === Number(value("year")))),
    );
  const within = (members, from, to) =>
    members.filter(({ quarter }) => quarter >= from && quarter < to && quarter !== null);

  /** The texts of a tile: its number, what it is made of, and its verdict with whether that is a change. */
  const tiles = (members) => {
    const isYear = value("year") !== "";
    const [now, then] = [
      within(members, thisQuarter - 4, thisQuarter),
      within(members, thisQuarter - 8, thisQuarter - 4),
    ];
    const told = (words) =>
      isSample
        ? ["Sample: years are not compared", false]
        : isYear
          ? ["One year is chosen: nothing to compare", false]
          : words;
    const length = (key) => {
      const found = summary(members, key);
      const change = verdict(lengthOf(summary(now, key)), lengthOf(summary(then, key)), "Longer", "Shorter");
      return [found.median === null ? "Too few" : duration(found.median), made(found), ...told(change)];
    };
    const repeats = (some) => some.filter(({ repeat }) => repeat).length;
    const overdue = (key) => {
      const due = sum(members.map((incident) => incident[key]));
      const of = due.done + due.overdue;
      return of > due.unknown ? shareOf(due.overdue, of, " due") : ["", null, null];
    };
    const actions = sum(members.map((incident) => incident.actions));
    const unknown = actions.unknown ? `; ${grouped(actions.unknown)} unknown` : "";
    const judged = members.filter(({ late }) => late !== null);
    const late = judged.filter(({ late }) => late).length;
    const total = actions.done + actions.open + actions.dropped + actions.unknown;
    const tells = actions.done + actions.overdue > actions.unknown;
    return {
      detect: length("detect"),
      recover: length("recover"),
      repeats: [
        `${grouped(repeats(members))} of ${grouped(members.length)}`,
        `declared; 95 % interval ${percents(wilson(repeats(members), members.length))}`,
        ...told(verdict(shareOf(repeats(now), now.length), shareOf(repeats(then), then.length), "More", "Less")),
      ],
      overdue: isSample
        ? [
            `${grouped(actions.done)} of ${grouped(total)} done`,
            `${grouped(actions.unknown)} unknown${tells ? "" : ": no rate"}`,
            "",
            false,
          ]
        : [
            `${grouped(actions.overdue)}`,
            `of ${grouped(actions.open)} open${unknown}`,
            ...told(verdict(overdue("latest"), overdue("before"), "More", "Less")),
          ],
      incidents: [...frequency(members, now.length, then.length, told)],
      target: [
        judged.length ? `${grouped(judged.length - late)} of ${grouped(judged.length)}` : "Unknown",
        `${grouped(late)} over target; ${grouped(members.length - judged.length)} unknown or no target`,
        "",
        false,
      ],
    };
  };

  /** Incidents per quarter: of the quarters that are over, from the first incident's on, or of those of a year. */
  const frequency = (members, now, then, told) => {
    const dated = members.map(({ quarter }) => quarter).filter((quarter) => quarter !== null);
    const year = value("year") === "" ? null : 4 * Number(value("year"));
    const first = year ?? dated.reduce((least, quarter) => Math.min(least, quarter), thisQuarter);
    const last = year === null ? thisQuarter : Math.min(year + 4, thisQuarter);
    const whole = last - first;
    if (whole < 1)
      return ["Too few", "no quarter is over", ...told(["Too few to compare with the year before", false])];
    const count = within(members, first, last).length;
    const [low, high] = garwood(count).map((bound) => bound / whole);
    const digits = high >= 20 ? 0 : 1;
    const interval = `${low.toFixed(digits)}–${high.toFixed(digits)}`;
    const change =
      whole >= 8
        ? verdict([`${grouped(now)}`, ...garwood(now)], [`${grouped(then)}`, ...garwood(then)], "More", "Fewer")
        : ["Too few to compare with the year before", false];
    const quarters = whole === 1 ? "1 whole quarter" : `${grouped(whole)} whole quarters`;
    return [(count / whole).toFixed(1), `95 % interval ${interval}; ${grouped(count)} in ${quarters}`, ...told(change)];
  };

  // The page.

  const shown = all(".pm-tile").map((tile) => {
    const parts = [".pm-tile__n", ".pm-tile__of", ".pm-tile__v"].map((name) => tile.querySelector(name));
    const picture = tile.querySelector(".pm-tile__p");
    return { key: tile.dataset.tile, parts, picture, atFirst: parts.map((part) => [part.textContent, part.className]) };
  });
  const figures = all(".is-counted figure.pm-lengths").map((figure) => ({
    figure,
    key: figure.closest("section").querySelector("h2").id === "detection" ? "detect" : "recover",
    caption: figure.querySelector(".pm-lengths__words"),
    atFirst: [...figure.querySelector(".pm-lengths__words").childNodes],
    severity: figure.dataset.severity === "" ? null : Number(figure.dataset.severity),
    dots: all(".pm-mark[data-at]", figure).map((dot) => ({ dot, at: Number(dot.dataset.at) })),
  }));
  const titles = all("h2[data-counted]").map((title) => ({ title, atFirst: title.textContent }));
  const said = form.querySelector("[role=status]");

  const fetched = async (address) => {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
    return reply.text();
  };

  /** The median and its interval of what is left, in place of those of periods. */
  const redraw = ({ figure }, found, isFiltered) => {
    for (const line of all(".is-chosen", figure)) line.remove();
    if (!isFiltered || found.median === null) return;
    const [ground, longest, floor, top, gutter] = figure.dataset.scale.split(" ").map(Number);
    const y = (seconds) =>
      gutter && seconds <= 60
        ? gutter
        : floor - (Math.log(Math.max(seconds, ground) / ground) / Math.log(longest / ground)) * (floor - top);
    for (const svg of all("svg.pm-chart", figure)) {
      const [, from, to] = /^M([\d.]+) [\d.]+H([\d.]+)/.exec(svg.querySelector(".pm-axis").getAttribute("d"));
      const draw = (name, css, attributes) => {
        const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
        shape.setAttribute("class", `${css} is-chosen`);
        for (const [key, written] of Object.entries(attributes)) shape.setAttribute(key, String(written));
        if (css === "pm-mband") svg.prepend(shape);
        else svg.append(shape);
      };
      if (found.low !== null) {
        const [high, low] = [found.high === null ? top : y(found.high), y(found.low)];
        draw("rect", "pm-mband", { x: from, y: high - 1, width: to - from, height: low - high + 2 });
      }
      draw("path", "pm-mline", { d: `M${from} ${y(found.median)}H${to}` });
    }
  };

  const update = async () => {
    try {
      incidents ??= read(await fetched(form.dataset.source));
    } catch (error) {
      console.error(error);
      said.textContent = "Could not load the incidents. Reload the page to try again.";
      return;
    }
    const isFiltered = ["owner", "severity", "year"].some((name) => value(name) !== "");
    const members = left();
    const found = new Set(members);
    const counted = isFiltered ? tiles(members) : {};
    page.classList.toggle("is-filtered", isFiltered);
    for (const { key, parts, picture, atFirst } of shown) {
      const [number, of, words, isChange] = counted[key] ?? [];
      const texts = isFiltered ? [number, of, words] : atFirst.map(([text]) => text);
      parts.forEach((part, place) => {
        part.textContent = unbroken(texts[place]);
        part.className = atFirst[place][1];
      });
      if (isFiltered) parts[2].classList.toggle("is-calm", !isChange);
      picture.hidden = isFiltered;
    }
    for (const panel of figures) {
      const { figure, key, caption, atFirst, severity, dots } = panel;
      const some = members.filter((incident) => incident.severity === severity);
      const its = summary(some, key);
      figure.hidden = isFiltered && !some.length;
      for (const { dot, at } of dots) dot.classList.toggle("is-out", !found.has(incidents[at]));
      redraw(panel, its, isFiltered);
      caption.replaceChildren(...atFirst);
      if (!isFiltered) continue;
      const judged = some.filter(({ late }) => late !== null);
      const lates =
        key === "detect" && judged.length
          ? [`${grouped(judged.filter(({ late }) => late).length)} of ${grouped(judged.length)} late`]
          : [];
      const median = its.median === null ? [] : [duration(its.median)];
      caption.textContent = unbroken([...lates, ...median, made(its).replace("95 % interval ", "")].join("\u00a0· "));
    }
    const words = `${grouped(members.length)} of ${grouped(incidents.length)} incidents`;
    for (const { title, atFirst } of titles)
      title.textContent = isFiltered ? `${title.dataset.counted}: ${words}` : atFirst;
    said.textContent = isFiltered ? `${words}. Parts marked “all incidents” do not follow the filters.` : "";
    const chosen = new URLSearchParams(
      [...new FormData(form)].map(([name, of]) => [name, String(of)]).filter(([, of]) => of),
    );
    for (const name of chosen.keys()) {
      const option = form.elements[name].selectedOptions[0];
      if (name !== "year") chosen.set(name, option.textContent);
    }
    history.replaceState(history.state, "", `${location.pathname}${chosen.size ? `?${chosen}` : ""}${location.hash}`);
  };

  const asked = new URLSearchParams(location.search);
  for (const select of all("select", form)) {
    const option = [...select.options].find((one) => one.value && one.textContent === asked.get(select.name));
    if (option) select.value = option.value;
  }
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (asked.size) update();
})();
