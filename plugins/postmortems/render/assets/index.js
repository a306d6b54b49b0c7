/*
 * The filters above a list of incidents. The address says what is chosen; this script makes the page follow: rows,
 * pictures, and beside every choice the number it would leave. A list too long for its page is made by results.js.
 *
 * The theme runs this anew whenever it has put such a page in place (navigation.instant), so nothing in it outlives
 * its page.
 */
(() => {
  "use strict";

  /**
   * An incident as filters see it: its checkboxes, its folded text, its month (2024-03; empty is unknown), whether
   * pictures count it (they leave drills and near misses out), and the path of its postmortem.
   * @typedef {{ choices: Set<HTMLInputElement>, text: string, month: string, drawn: boolean, path: string }} Incident
   *
   * A list that can show some of its incidents, and says how many; null is the list as it came.
   * @typedef {{ incidents: Incident[], show: (found: Set<Incident> | null) => string }} List
   *
   * What a group, or the free text, asks for.
   * @typedef {{ group: string, holds: (incident: Incident) => boolean }} Condition
   */

  /** @returns {any} */
  const first = (selector, within = document) => within.querySelector(selector);
  /** @returns {any[]} */
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];

  const form = first("form.pm-filters[hidden]");
  if (!form) return;

  const { src } = /** @type {any} */ (document.currentScript);
  const page = form.closest(".pm-index");
  const main = first("#list");
  const field = form.elements.text;
  const said = first(".pm-count");
  const choices = all("[type=checkbox]", form);
  const choiceOf = new Map(choices.map((choice) => [`${choice.name}=${choice.value}`, choice]));
  const groups = new Set(all("[data-group]").map((field) => field.dataset.group));
  const numbers = new Map(choices.map((choice) => [choice, first(".pm-n", choice.parentElement)]));
  const atFirst = new Map([said, ...numbers.values()].map((element) => [element, element.textContent]));
  const marks = all(".pm-mark:not([data-tally])");
  const tallies = all("[data-tally]").map((element) => {
    const label = first("title", element) ?? element;
    const [words, before, total, after] = /^(.*?: |)(\d*)(.*)$/.exec(label.textContent);
    return { element, label, words, before, total, after, number: 0 };
  });
  const lanes = new Set(tallies.map(({ element }) => element.dataset.tally.split("|")[0]));
  const narrow = matchMedia("(max-width: 59.9375em)");

  /** Text without case and accents. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** Where a link leads; the theme makes some of them absolute. */
  const pathOf = (link) => decodeURI(new URL(link.getAttribute("href"), location.href).pathname);

  /** What the address asks for and no postmortem here has, as [group, value]. */
  let missing = [];
  /** The query that the page shows. */
  let followed = null;
  /** The list, once there is one. @type {Promise<List> | null} */
  let list = first("template", main) ? null : Promise.resolve(listed());
  let turn = 0;

  /** All that is asked for, as the address has it. */
  const wanted = () => [...new FormData(form), ...missing].filter(([, value]) => value.trim());

  /** The form as the address says. */
  function follow() {
    if (location.search === followed) return;
    followed = location.search;
    const asked = new URLSearchParams(followed);
    for (const choice of choices) choice.checked = asked.has(choice.name, choice.value);
    field.value = asked.get("text") ?? "";
    missing = [...asked].filter((pair) => groups.has(pair[0]) && !choiceOf.has(pair.join("=")));
    for (const choice of all(".pm-fmore :checked")) {
      const more = choice.closest("details");
      more.before(choice.parentElement);
      first("summary", more).textContent = `${all(".pm-filter", more).length} more`;
    }
    answer();
  }

  /** The address as the form says: a new step in the history, or the same one while somebody types. */
  function lead(typed = false) {
    const url = new URL(location.href);
    for (const name of [...groups, "text"]) url.searchParams.delete(name);
    for (const [name, value] of wanted()) url.searchParams.append(name, value);
    if (url.search === followed) return;
    history[typed && history.state?.typed ? "replaceState" : "pushState"]({ typed }, "", url);
    followed = url.search;
    answer();
  }

  /** Makes the page follow. A later question overtakes one that waits for data. */
  async function answer() {
    const mine = ++turn;
    const asked = conditions();
    for (const clear of all(".pm-clear")) clear.hidden = !asked.length;
    try {
      if (asked.length) list ??= import(`${new URL("results.js", src)}`).then(({ read }) => read(main, rowsIn));
      const made = await list;
      if (mine !== turn) return;
      const [found, left] = asked.length ? judge(made.incidents, asked) : [null, new Map()];
      said.textContent = made?.show(found) || atFirst.get(said);
      tell(found, left);
    } catch (error) {
      console.error(error);
      list = null;
      if (mine === turn) said.textContent = "The incidents could not be loaded.";
    }
  }

  /** @returns {Condition[]} one for each group that asks for something; one of a group's values is enough */
  function conditions() {
    return [...Map.groupBy(wanted(), ([name]) => name)].map(([group, pairs]) => {
      const those = pairs.map((pair) => choiceOf.get(pair.join("=")));
      const terms = fold(pairs[0][1]).trim().split(/\s+/);
      const isText = (incident) => terms.every((term) => incident.text.includes(term));
      const isChosen = (incident) => those.some((choice) => incident.choices.has(choice));
      return { group, holds: group === "text" ? isText : isChosen };
    });
  }

  /** @returns {[Set<Incident>, Map<any, number>]} what is found, and what each choice leaves of the other groups */
  function judge(incidents, asked) {
    const found = new Set();
    const left = new Map(choices.map((choice) => [choice, 0]));
    for (const incident of incidents) {
      const [failed, another] = asked.filter(({ holds }) => !holds(incident));
      if (another) continue;
      if (!failed) found.add(incident);
      for (const choice of incident.choices) {
        if (!failed || failed.group === choice.name) left.set(choice, left.get(choice) + 1);
      }
    }
    return [found, left];
  }

  /** Makes all but the list follow. */
  function tell(found, left) {
    for (const [choice, number] of numbers) {
      number.textContent = left.get(choice) ?? atFirst.get(number);
      choice.parentElement.classList.toggle("is-none", left.get(choice) === 0);
    }
    first(".pm-nothing").hidden = !found || found.size > 0;
    first(".pm-missing").textContent = missing.map((pair) => `None here has the ${pair.join(" “")}”.`).join(" ");
    const query = `${new URLSearchParams(wanted())}`;
    for (const link of all(".pm-years a, .pm-part__more, a[data-tally]")) {
      const [, path, anchor] = /^([^?#]*)[^#]*(.*)$/.exec(link.getAttribute("href"));
      link.setAttribute("href", path + (query && `?${query}`) + anchor);
    }
    const paths = new Set([...(found ?? [])].map((incident) => incident.path));
    for (const mark of marks) {
      stepBack(mark, Boolean(found) && !paths.has(pathOf(mark)));
    }
    count(found);
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
      for (const lane of incident.drawn ? ["*", lanes.has(severity) ? severity : "Other"] : []) {
        for (const period of ["", incident.month.slice(0, 4), incident.month]) {
          counts.set(`${lane}|${period}`, (counts.get(`${lane}|${period}`) ?? 0) + 1);
        }
      }
    }
    for (const tally of tallies) {
      const { element, label, words, before, total, after } = tally;
      tally.number = found ? (counts.get(element.dataset.tally) ?? 0) : total;
      const ofAll = `${tally.number} of ${total}`;
      const figure = after ? ofAll : tally.number || "none";
      label.textContent = !found || !total ? words : label === element ? figure : before + ofAll + after;
    }
    for (const picture of all("svg.pm-chart")) {
      const cells = tallies.filter(({ element, label }) => element !== label && picture.contains(element));
      const most = Math.max(4, ...cells.map(({ number }) => number)); // as in charts/density.py
      for (const { element, number } of cells) {
        first("rect", element).setAttribute("class", `pm-heat pm-heat--${Math.ceil((5 * number) / most)}`);
        first("text", element)?.replaceChildren(number || "");
        stepBack(element, !+number);
      }
    }
  }

  /** The rows of a list and their incidents; `boxes` are the checkboxes that the rows number. */
  function rowsIn(root, boxes = choices) {
    const values = boxes.map((box) => choiceOf.get(`${box.name}=${box.value}`));
    return all(".pm-row[data-filters]", root).map((row) => {
      const month = first("time", row)?.dateTime.slice(0, 7) ?? "";
      const incident = {
        choices: new Set(row.dataset.filters.split(" ").flatMap((number) => values[number] ?? [])),
        text: fold(`${first(".pm-row__what", row).textContent} ${row.dataset.words}`),
        month,
        drawn: Boolean(month) && !("apart" in row.dataset),
        path: pathOf(first(".pm-row__title", row)),
      };
      return { row, incident };
    });
  }

  /** @returns {List} of this page, by year or month */
  function listed() {
    const parts = all(".pm-part", main).map((element) => {
      const note = first(".pm-h2-note", element);
      return { element, note, words: note.textContent, rows: rowsIn(element) };
    });
    const incidents = parts.flatMap(({ rows }) => rows.map(({ incident }) => incident));
    const show = (found) => {
      for (const { element, note, words, rows } of parts) {
        let [shown, month] = [0, ""];
        for (const { row, incident } of rows) {
          row.hidden = found && !found.has(incident);
          if (row.hidden) continue;
          first(".pm-row__month", row)?.classList.toggle("pm-row__month--again", month === incident.month);
          [shown, month] = [shown + 1, incident.month];
        }
        element.hidden = !shown;
        element.open = found || !narrow.matches || element === parts[0].element;
        note.textContent = found ? `${shown} of ${rows.length} shown` : words;
      }
      return found && `${found.size} of ${incidents.length} shown`;
    };
    return { incidents, show };
  }

  let pause;
  form.addEventListener("submit", (event) => (event.preventDefault(), lead(true)));
  form.addEventListener("change", ({ target }) => target.type === "checkbox" && lead());
  form.addEventListener("reset", () => setTimeout(() => ((missing = []), lead(), field.focus())));
  form.addEventListener("input", ({ target }) => {
    if (target === field) {
      clearTimeout(pause);
      pause = setTimeout(lead, 150, true);
    } else if (target.type === "search") {
      for (const option of all(".pm-filter", target.parentElement)) {
        option.hidden = !fold(option.textContent).includes(fold(target.value.trim()));
      }
    }
  });

  const { pathname } = location;
  const gone = new AbortController();
  const moved = () => {
    if (!form.isConnected) gone.abort();
    else if (location.pathname === pathname) follow();
  };
  addEventListener("popstate", moved, { signal: gone.signal });
  // A link to this page with another query needs no reload; with navigation.instant the theme would undo it.
  const clicked = (event) => {
    const link = event.target.closest("a");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !form.isConnected) return;
    if (link?.pathname !== pathname || link.search === location.search) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(null, "", link.href);
    moved();
  };
  addEventListener("click", clicked, { capture: true, signal: gone.signal });

  form.autocomplete = "off"; // the address says what is checked: a browser must not restore it when a reader comes back
  const fields = first(".pm-fgroups");
  fields.open = !narrow.matches;
  narrow.addEventListener("change", () => (fields.open ||= !narrow.matches), { signal: gone.signal });
  form.hidden = false;
  follow();
})();
