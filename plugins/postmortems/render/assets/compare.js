/*
 * Two or three incidents side by side, as the address says: `?ids=2026/03-a,2025/01-b`. Facts and times come from the
 * compact index; impact, cause, fix, what helped and action items from the incidents' own pages. All of it is put into
 * the page as text.
 *
 * The theme runs this again whenever it has put the page in place (navigation.instant).
 */
(() => {
  "use strict";

  const MOST = 3;
  const LONGEST = 400; // characters of a point

  /** @type {any} */
  const page = document.querySelector("#compare[data-index]");
  if (!page) return;
  const state = page.querySelector("[data-state]");
  const root = new URL(page.dataset.root, location.href);
  const helped = new Set(page.dataset.helped.split("\n").map(plain));

  function plain(text) {
    return text.replace(/¶/g, "").replace(/\s+/g, " ").trim();
  }

  /** @returns {any} an element with text, never markup */
  function made(name, values = {}, ...children) {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  }

  const unknown = (words = "unknown") => made("span", { className: "pm-unknown", textContent: words });

  /** The ids in the address; a comma within one is written %2C. */
  function asked() {
    const ids = (new URLSearchParams(location.search).get("ids") ?? "").split(",").map((id) => {
      try {
        return decodeURIComponent(id.trim());
      } catch {
        return id.trim();
      }
    });
    return [...new Set(ids)].filter(Boolean);
  }

  /** A length of time as words/formats.py prints it: `45 s`, `4 min 20 s`, `17 h 32 min`, `3 d 1 h`. */
  function lengthWords(length) {
    const seconds = Math.round(length);
    const [minutes, hours, days] = [60, 3_600, 86_400].map((size) => Math.floor(seconds / size));
    const two = (first, rest) => [first, rest].filter((words) => !words.startsWith("0 ")).join(" ");
    if (!seconds) return "0 min";
    if (minutes < 10) return two(`${minutes} min`, `${seconds % 60} s`);
    if (minutes < 60) return `${minutes} min`;
    if (hours < 72) return two(`${hours} h`, `${minutes % 60} min`);
    return two(`${days} d`, `${hours % 24} h`);
  }

  const dayWords = (day) =>
    new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });

  /** The incidents of the index with these ids, and the ids that nothing has. */
  function incidentsOf(index, ids) {
    const rows = new Map(index.postmortems.map((row) => [row[index.fields.indexOf("id")], row]));
    const known = ids
      .filter((id) => rows.has(id))
      .map((id) => {
        const row = Object.fromEntries(index.fields.map((field, place) => [field, rows.get(id)[place]]));
        const path = index.address.replace("{id}", () => id.split("/").map(encodeURIComponent).join("/"));
        return {
          ...row,
          href: `${new URL(path, root)}`,
          severity: index.severities[row.severity] ?? null,
          owner: index.owners[row.owner] ?? null,
          root_cause: index.root_causes[row.root_cause] ?? null,
          services: row.services.map((place) => index.services[place][1]),
          patterns: row.patterns.map((place) => index.patterns[place][1]),
        };
      });
    return { known, missing: ids.filter((id) => !rows.has(id)) };
  }

  /** What an incident's own page says; null where it cannot be loaded. */
  async function told(incident) {
    try {
      const reply = await fetch(incident.href);
      if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
      const own = new DOMParser().parseFromString(await reply.text(), "text/html");
      const cells = [...own.querySelectorAll(".pm-icf > div")].map((cell) => [
        plain(cell.querySelector("dt")?.textContent ?? ""),
        plain(cell.querySelector("dd > span[dir]")?.textContent ?? ""),
      ]);
      const actions = [...own.querySelectorAll(".pm-actions > li")].map((item) => ({
        state: plain(item.querySelector(".pm-state")?.textContent ?? ""),
        text: plain(item.querySelector(".pm-act-what")?.textContent ?? ""),
        href: item.id ? `${incident.href}#${item.id}` : incident.href,
      }));
      return { brief: Object.fromEntries(cells), helped: sectionOf(own), actions };
    } catch (error) {
      console.error(error);
      return null;
    }
  }

  /** The points of the section that says what helped. */
  function sectionOf(own) {
    const heading = [...own.querySelectorAll(".md-content :is(h2, h3, h4)")].find(({ textContent }) => {
      return helped.has(plain(textContent));
    });
    const points = [];
    for (
      let next = heading?.nextElementSibling;
      next && !/^H[1-6]$/.test(next.tagName);
      next = next.nextElementSibling
    ) {
      const items = next.querySelectorAll("li");
      for (const item of items.length ? items : [next]) points.push(plain(item.textContent));
    }
    return points.filter(Boolean);
  }

  function svg(name, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
    element.append(...children);
    return element;
  }

  /** A phase as an area; none where one of its ends is unknown. */
  function area(look, from, to, scale) {
    if (from === null || to === null || to <= from) return [];
    const width = Math.max((to - from) * scale, 1.5);
    return svg("rect", { class: `pm-seg--${look}`, x: from * scale, y: 0, width, height: 18 });
  }

  /** The phases of each incident, on one scale: as long as the longest. */
  function phases(incidents) {
    const ends = incidents.map((each) => each.to_recover_seconds ?? each.to_mitigate_seconds ?? 0);
    const most = Math.max(...ends);
    if (!most) return null;
    const [width, scale] = [900, 900 / most];
    const bars = incidents.map((each) => {
      const { to_detect_seconds: detect, to_mitigate_seconds: mitigate, to_recover_seconds: recover } = each;
      const shapes = [
        area("dark", 0, detect, scale),
        area("act", detect, mitigate, scale),
        area("rec", mitigate, recover, scale),
      ].flat();
      const look = { viewBox: `0 0 ${width} 18`, preserveAspectRatio: "none", "aria-hidden": "true" };
      const name = made("b", { textContent: each.title, dir: "auto" });
      const words = made("span", { className: "pm-note", textContent: ` ${phaseWords(each)}` });
      return made("li", {}, name, words, svg("svg", { class: "pm-compare__bar", ...look }, ...shapes));
    });
    const key = [
      ["dark", "undetected"],
      ["act", "responding"],
      ["rec", "recovering"],
    ].map(([look, words]) => {
      const box = { viewBox: "0 0 14 12", width: 14, height: 12, "aria-hidden": "true" };
      const swatch = svg("rect", { class: `pm-seg--${look}`, x: 1, y: 1, width: 12, height: 10 });
      return made("span", {}, svg("svg", box, swatch), ` ${words}`);
    });
    const scaled = made("span", { textContent: `full width: ${lengthWords(most)}; unknown phases are blank` });
    return made(
      "figure",
      { className: "pm-figure" },
      made("figcaption", { textContent: "Phases on one scale" }),
      made("ol", { className: "pm-compare__phases" }, ...bars),
      made("p", { className: "pm-key" }, ...key, scaled),
    );
  }

  function phaseWords({ to_detect_seconds: detect, to_mitigate_seconds: mitigate, to_recover_seconds: recover }) {
    return [
      ["detected", detect],
      ["mitigated", mitigate],
      ["resolved", recover],
    ]
      .map(([name, seconds]) =>
        seconds === null
          ? `${name} unknown`
          : seconds
            ? `${name} after ${lengthWords(seconds)}`
            : `${name} immediately`,
      )
      .join(", ");
  }

  /** One value or several; those that all incidents share are bold. */
  function values(of, incidents, none = "none listed") {
    return (incident) => {
      const own = of(incident);
      if (!own.length) return unknown(none);
      const parts = own.flatMap((value, place) => {
        const isShared = incidents.length > 1 && incidents.every((other) => of(other).includes(value));
        return [place ? ", " : "", made(isShared ? "b" : "span", { textContent: value, dir: "auto" })];
      });
      return made("span", {}, ...parts);
    };
  }

  const text = (value, words) => (value ? made("span", { textContent: value, dir: "auto" }) : unknown(words));
  const length = (seconds) => (seconds === null ? unknown() : text(lengthWords(seconds)));

  function points(list, words) {
    if (!list.length) return unknown(words);
    const shown = list
      .slice(0, 12)
      .map((point) =>
        made("li", { textContent: point.slice(0, LONGEST) + (point.length > LONGEST ? "…" : ""), dir: "auto" }),
      );
    if (list.length > 12) shown.push(made("li", { textContent: `${list.length - 12} more` }));
    return made("ul", {}, ...shown);
  }

  function actions(list) {
    if (!list.length) return unknown("none listed");
    const shown = list.slice(0, 20).map(({ state, text, href }) => {
      return made(
        "li",
        {},
        made("span", { className: "pm-note", textContent: `${state} ` }),
        made("a", { href, textContent: text, dir: "auto" }),
      );
    });
    if (list.length > 20) shown.push(made("li", { textContent: `${list.length - 20} more` }));
    return made("ul", {}, ...shown);
  }

  /** The table: a row a question, a column an incident. */
  function table(incidents, pages) {
    const own = (of) => (incident) => {
      const told = pages.get(incident);
      return told ? of(told) : unknown("page could not be loaded");
    };
    const rows = [
      ["Impact", own(({ brief }) => text(brief.Impact, "not stated"))],
      ["Cause", own(({ brief }) => text(brief.Cause, "not stated"))],
      ["Fix", own(({ brief }) => text(brief.Fix, "not stated"))],
      ["Root cause", values(({ root_cause }) => (root_cause ? [root_cause] : []), incidents, "unknown")],
      ["Trigger", ({ trigger }) => text(trigger, "not stated")],
      ["Patterns", values(({ patterns }) => patterns, incidents)],
      ["Services", values(({ services }) => services, incidents)],
      ["Owner", values(({ owner }) => (owner ? [owner] : []), incidents, "no owner")],
      ["Detected after", ({ to_detect_seconds: seconds }) => length(seconds)],
      ["Mitigated after", ({ to_mitigate_seconds: seconds }) => length(seconds)],
      ["Resolved after", ({ to_recover_seconds: seconds }) => length(seconds)],
      ["What helped", own(({ helped }) => points(helped, "not stated"))],
      ["Action items", own((told) => actions(told.actions))],
    ];
    const heads = incidents.map((incident) => {
      const facts = [incident.severity ?? "severity unknown", incident.day ? dayWords(incident.day) : "date unknown"];
      const name = made("a", { href: incident.href, textContent: incident.title, dir: "auto" });
      return made(
        "th",
        { scope: "col" },
        name,
        made("span", { className: "pm-note", textContent: facts.join("\u00a0· ") }),
      );
    });
    const body = rows.map(([name, cell]) => {
      const cells = incidents.map((incident) => {
        const element = made("td", {}, cell(incident));
        element.dataset.name = incident.title;
        return element;
      });
      return made("tr", {}, made("th", { scope: "row", textContent: name }), ...cells);
    });
    const corner = made("td");
    return made(
      "table",
      { className: "pm-compare__table" },
      made("caption", { className: "pm-vh", textContent: "Incidents side by side" }),
      made("thead", {}, made("tr", {}, corner, ...heads)),
      made("tbody", {}, ...body),
    );
  }

  function say(...words) {
    state.replaceChildren(made("p", {}, ...words));
    state.hidden = !words.length;
  }

  async function show() {
    const ids = asked();
    if (!ids.length) return state.querySelector("[data-unscripted]").remove();
    say("Loading …");
    try {
      const reply = await fetch(page.dataset.index);
      if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
      const { known, missing } = incidentsOf(await reply.json(), ids);
      const incidents = known.slice(0, MOST);
      const own = await Promise.all(incidents.map(told));
      const notes = [
        ...missing.map((id) => `No postmortem has the id “${id}”.`),
        ...(known.length > MOST ? [`Only the first ${MOST} of ${known.length} are compared.`] : []),
      ];
      say(...(notes.length ? [notes.join(" ")] : []));
      if (!incidents.length) return;
      const pages = new Map(incidents.map((incident, place) => [incident, own[place]]));
      const shared = made("p", { className: "pm-note", textContent: "Bold: the same in all." });
      page.append(
        ...[phases(incidents), table(incidents, pages), incidents.length > 1 ? shared : null].filter(Boolean),
      );
    } catch (error) {
      console.error(error);
      say("The incidents could not be loaded. Comparing needs a web server.");
    }
  }

  show();
})();
