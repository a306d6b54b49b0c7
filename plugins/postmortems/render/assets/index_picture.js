/*
 * The picture above a list of incidents: its title, its marks and its numbers are those of what the filters find.
 * index.js tells the form of the filters what that is, by an event; null is everything.
 */
(() => {
  "use strict";

  /** A count as the pages write it: `12,000`. */
  const grouped = new Intl.NumberFormat("en").format;

  /** @returns {any} */
  const first = (selector, within = document) => within.querySelector(selector);
  /** @returns {any[]} */
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];

  const form = first("form.pm-filters[hidden]");
  if (!form) return;

  const page = form.closest(".pm-index");
  const marks = all(".pm-mark");
  const tallies = all("[data-tally]").map((element) => {
    const label = first("title", element) ?? element;
    const [words, before, total, after] = /^(.*?: |)([\d,]*)(.*)$/.exec(label.textContent);
    return { element, label, words, before, total: Number(total.replaceAll(",", "")), after, number: 0 };
  });
  const claim = [".pm-claim__all", ".pm-claim__of"].map((name) => first(name, page)).filter(Boolean);
  const claimAtFirst = claim.map((element) => element.textContent);
  const lanes = new Set(tallies.map(({ element }) => element.dataset.tally.split("|")[0]));

  /** Where a link leads; the theme makes some of them absolute. */
  const pathOf = (link) => decodeURI(new URL(link.getAttribute("href"), location.href).pathname);

  form.addEventListener("pm-found", ({ detail: found }) => {
    const paths = new Set([...(found ?? [])].map((incident) => incident.path));
    for (const mark of marks) stepBack(mark, Boolean(found) && !paths.has(pathOf(mark)));
    const words = found ? claimOf([...found].filter(({ counted }) => counted)) : claimAtFirst;
    claim.forEach((element, place) => (element.textContent = words[place]));
    count(found);
  });

  /** What the picture shows of some incidents, as duration_claim in pages/index_list.py says it of all. */
  function claimOf(incidents) {
    const known = incidents.flatMap(({ lasted }) => (lasted ? [+lasted] : [])).sort((one, other) => one - other);
    const atLeast = incidents.flatMap(({ lasted, atLeast }) => (!lasted && atLeast ? [+atLeast] : []));
    const rests = `${grouped(known.length)} of ${grouped(incidents.length)} known`;
    const middle = known.length < 3 ? null : median(known, atLeast);
    if (middle === null) {
      const counted = `${grouped(incidents.length)} ${incidents.length === 1 ? "incident" : "incidents"}`;
      return [counted, incidents.length ? `too few known durations for a median (${rests})` : ""];
    }
    const longer = known.filter((seconds) => seconds > 86400).length;
    const rest = longer ? `${grouped(longer)} took longer than a day` : `the longest took ${duration(known.at(-1))}`;
    return [`Half were resolved within ${duration(middle)}; ${rest}`, rests];
  }

  /** The median by the estimate of Kaplan and Meier, as in analyse/survival.py; null if too many are not known. */
  function median(known, atLeast) {
    let [survival, risk] = [1, known.length + atLeast.length];
    const passed = (seconds) => atLeast.filter((bound) => bound < seconds).length;
    for (const [place, seconds] of known.entries()) {
      risk = known.length - place + atLeast.length - passed(seconds);
      survival *= 1 - 1 / risk;
      if (survival > 0.5 + 1e-9) continue;
      const next = known[place + 1];
      return survival > 0.5 - 1e-9 && next !== undefined ? (seconds + next) / 2 : seconds;
    }
    return null;
  }

  /** A duration in its two largest units, as duration_words in words/formats.py gives it. */
  function duration(length) {
    const seconds = Math.round(length);
    const [minutes, hours, days] = [60, 3600, 86400].map((unit) => Math.floor(seconds / unit));
    if (!seconds || (seconds >= 600 && minutes < 60)) return `${minutes} min`;
    if (seconds < 60) return `${seconds} s`;
    const both = (large, name, small, other) => `${large} ${name}${small ? ` ${small} ${other}` : ""}`;
    if (minutes < 60) return both(minutes, "min", seconds % 60, "s");
    return hours < 72 ? both(hours, "h", minutes % 60, "min") : both(days, "d", hours % 24, "h");
  }

  /** A link in a picture to nothing found gets faint, and out of the way. */
  function stepBack(link, isOut) {
    link.classList.toggle("is-out", isOut);
    link.setAttribute("aria-hidden", isOut);
    link.setAttribute("tabindex", isOut ? -1 : 0);
  }

  /** Numbers and cells in pictures, each of a lane and a period (charts/tally.py). */
  function count(found) {
    const counts = new Map();
    for (const incident of found ?? []) {
      const severity = [...incident.choices].find((choice) => choice.name === "severity")?.value;
      for (const lane of incident.counted && incident.month ? ["*", lanes.has(severity) ? severity : "Other"] : []) {
        for (const period of ["", incident.month.slice(0, 4), incident.month]) {
          counts.set(`${lane}|${period}`, (counts.get(`${lane}|${period}`) ?? 0) + 1);
        }
      }
    }
    for (const tally of tallies) {
      const { element, label, words, before, total, after } = tally;
      tally.number = found ? (counts.get(element.dataset.tally) ?? 0) : total;
      const ofAll = `${grouped(tally.number)} of ${grouped(total)}`;
      const figure = after ? ofAll : tally.number ? grouped(tally.number) : "none";
      label.textContent = !found || !total ? words : label === element ? figure : before + ofAll + after;
    }
    for (const picture of all("svg.pm-chart")) {
      const cells = tallies.filter(({ element, label }) => element !== label && picture.contains(element));
      const most = Math.max(4, ...cells.map(({ number }) => number)); // as in charts/density.py
      for (const { element, number } of cells) {
        first("path", element).setAttribute("class", `pm-heat--${Math.ceil((5 * number) / most)}`);
        first("text", element)?.replaceChildren(number ? grouped(number) : "");
        stepBack(element, !+number);
      }
    }
  }
})();
