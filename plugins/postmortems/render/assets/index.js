/*
 * The filters above a list of incidents. The address says what is chosen; this script makes the page follow: the rows,
 * the pictures, and beside every choice the number that it would leave. A list that is too long for its page comes from
 * the site's data, once something is chosen (found.js).
 *
 * It stands in the content of its pages, where the theme runs it anew whenever it has put such a page in place
 * (navigation.instant). Hence the function around it all, and nothing in it outlives its page.
 */
(() => {
  "use strict";

  /**
   * An incident as filters see it.
   * @typedef {object} Incident
   * @property {Set<HTMLInputElement>} choices  the checkboxes that hold for it
   * @property {string} text  what free text looks into, folded
   * @property {string} month  such as "2024-03"; "" is unknown
   * @property {boolean} drawn  whether pictures count it: it is no drill, and its day is known
   * @property {string} address  of its postmortem, decoded
   *
   * A list of incidents that can show some of them, and says how many; null is the list as it came.
   * @typedef {{ incidents: Incident[], show: (found: Set<Incident> | null) => string }} List
   *
   * What a group, or the free text, asks for.
   * @typedef {{ group: string, holds: (one: Incident) => boolean }} Condition
   */

  /** @returns {any} */
  const first = (selector, within = document) => within.querySelector(selector);
  /** @returns {any[]} */
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];

  const form = first("form.pm-filters[hidden]");
  if (!form) return;

  const SHADES = 5; // as in charts/density.py
  const script = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const page = form.closest(".pm-index");
  const main = first("#list", page);
  const field = form.elements.text;
  const said = first(".pm-count", form);
  const choices = all("[type=checkbox]", form);
  const choiceOf = new Map(choices.map((one) => [`${one.name}=${one.value}`, one]));
  const groups = new Set(all("[data-group]").map((one) => one.dataset.group));
  const numbers = new Map(choices.map((one) => [one, first(".pm-n", one.parentElement)]));
  const atFirst = new Map([said, ...numbers.values()].map((one) => [one, one.textContent]));
  const marks = all(".pm-mark:not([data-tally])");
  const tallies = all("[data-tally]").map((element) => {
    const label = first("title", element) ?? element;
    const [, before, total, after] = /^(.*?: |)(\d*)(.*)$/.exec(label.textContent);
    return { element, label, before, total, after };
  });
  const lanes = new Set(tallies.map(({ element }) => element.dataset.tally.replace(/\|[\d-]*$/, "")));
  const narrow = matchMedia("(max-width: 59.9375em)");

  /** Text without case and accents. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** What the address asks for and no postmortem here has, as [group, value]. */
  let missing = [];
  /** The query that the page shows. */
  let followed = null;
  /** The list, once there is one. @type {Promise<List> | null} */
  let list = main.dataset.index ? null : Promise.resolve(listed());
  let turn = 0;

  /** All that is asked for, as in the address. */
  const wanted = () => [...new FormData(form), ...missing].filter(([, value]) => value.trim());

  /** The form as the address says. */
  function follow() {
    if (location.search === followed) return;
    followed = location.search;
    const asked = new URLSearchParams(followed);
    for (const one of choices) one.checked = asked.getAll(one.name).includes(one.value);
    field.value = asked.get("text") ?? "";
    missing = [...asked].filter(([name, value]) => groups.has(name) && !choiceOf.has(`${name}=${value}`));
    for (const more of all(".pm-fmore:has(:checked)")) more.open = true;
    answer();
  }

  /** The address as the form says: a new step in the history, or the same one while somebody types. */
  function lead(isTyping = false) {
    const url = new URL(location.href);
    for (const name of [...groups, "text"]) url.searchParams.delete(name);
    for (const [name, value] of wanted()) url.searchParams.append(name, value);
    if (url.search === followed) return;
    history[isTyping ? "replaceState" : "pushState"](history.state, "", url);
    followed = url.search;
    answer();
  }

  /** Makes the page follow. A later question overtakes one that still waits for data. */
  async function answer() {
    const mine = ++turn;
    const asked = conditions();
    for (const clear of all(".pm-clear")) clear.hidden = !asked.length;
    try {
      if (asked.length) list ??= import(`${new URL("found.js", script)}`).then(({ read }) => read(main, choiceOf, fold));
      const made = await list;
      if (mine !== turn) return;
      const [found, left] = asked.length ? judge(made.incidents, asked) : [null, new Map()];
      const words = made?.show(found);
      said.textContent = found ? words : atFirst.get(said);
      tell(found, left);
    } catch {
      list = null;
      if (mine === turn) said.textContent = "The incidents could not be loaded; the years list them, too.";
    }
  }

  /** @returns {Condition[]} one for each group that asks for something; one of a group's values is enough */
  function conditions() {
    const asked = new Map();
    for (const [name, value] of wanted()) asked.set(name, [...(asked.get(name) ?? []), value]);
    return [...asked].map(([group, values]) => {
      const terms = fold(values[0]).trim().split(/\s+/);
      if (group === "text") return { group, holds: (one) => terms.every((term) => one.text.includes(term)) };
      const those = values.map((value) => choiceOf.get(`${group}=${value}`));
      return { group, holds: (one) => those.some((choice) => one.choices.has(choice)) };
    });
  }

  /**
   * What is found, and how many incidents each choice would leave with all that the other groups ask for.
   * @param {Incident[]} incidents
   * @param {Condition[]} asked
   * @returns {[Set<Incident>, Map<HTMLInputElement, number>]}
   */
  function judge(incidents, asked) {
    const found = new Set();
    const left = new Map(choices.map((one) => [one, 0]));
    for (const one of incidents) {
      const [failed, another] = asked.filter(({ holds }) => !holds(one));
      if (another) continue;
      if (!failed) found.add(one);
      for (const choice of one.choices) {
        if (!failed || failed.group === choice.name) left.set(choice, left.get(choice) + 1);
      }
    }
    return [found, left];
  }

  /** Makes all but the list follow. @type {(found: Set<Incident> | null, left: Map<any, number>) => void} */
  function tell(found, left) {
    for (const [choice, number] of numbers) {
      number.textContent = left.get(choice) ?? atFirst.get(number);
      choice.parentElement.classList.toggle("is-none", left.get(choice) === 0);
    }
    first(".pm-nothing", page).hidden = !found || found.size > 0;
    first(".pm-missing", page).textContent = missing.map((one) => `None here has the ${one.join(" “")}”.`).join(" ");

    const query = `${new URLSearchParams(wanted())}`;
    for (const link of all(".pm-years a, .pm-part__more, a[data-tally]")) {
      const [, path, anchor] = /^([^?#]*)[^#]*(.*)$/.exec(link.getAttribute("href"));
      link.setAttribute("href", path + (query && `?${query}`) + anchor);
    }

    const addresses = new Set([...(found ?? [])].map((one) => one.address));
    for (const mark of marks) {
      const isOut = Boolean(found) && !addresses.has(decodeURIComponent(mark.getAttribute("href")));
      mark.classList.toggle("is-out", isOut);
      mark.setAttribute("aria-hidden", isOut);
      mark.setAttribute("tabindex", isOut ? -1 : 0);
    }
    count(found);
  }

  /** Numbers and cells in pictures, each of a lane and a period (charts/tally.py). */
  function count(found) {
    const counts = new Map();
    for (const one of found ?? []) {
      const severity = [...one.choices].find((choice) => choice.name === "severity")?.value;
      for (const lane of one.drawn ? ["*", lanes.has(severity) ? severity : "Other"] : []) {
        for (const period of ["", one.month.slice(0, 4), one.month]) {
          counts.set(`${lane}|${period}`, (counts.get(`${lane}|${period}`) ?? 0) + 1);
        }
      }
    }
    for (const { element, label, before, total, after } of tallies) {
      const number = found && total ? (counts.get(element.dataset.tally) ?? 0) : total;
      const isCell = label !== element;
      const words = found && after && total ? `${number} of ${total}` : number || (after ? "" : "none");
      label.textContent = before + words + (found && !isCell ? "" : after);
      if (!isCell) continue;
      const shade = Math.ceil((SHADES * number) / element.closest("svg").dataset.most);
      const figure = first("text", element);
      first("rect", element).setAttribute("class", `pm-heat pm-heat--${shade}`);
      figure?.setAttribute("class", `pm-t-heat${shade < 4 ? "" : " pm-t-heat--on"}`);
      figure?.replaceChildren(number);
      element.classList.toggle("is-out", !+number);
    }
  }

  /** @returns {List} that stands on the page, in parts by year or month */
  function listed() {
    const parts = all(".pm-part", main).map((element) => {
      const note = first(".pm-h2-note", element);
      const rows = all(".pm-row", element).map((row) => ({ row, incident: incidentOf(row) }));
      return { element, note, words: note.textContent, rows };
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
      return `${found?.size} of ${incidents.length} shown`;
    };
    return { incidents, show };
  }

  /** @returns {Incident} that a row shows */
  function incidentOf(row) {
    const month = first("time", row)?.dateTime.slice(0, 7) ?? "";
    return {
      choices: new Set(row.dataset.filters.split(" ").map((number) => choices[number])),
      text: fold(`${first(".pm-row__what", row).textContent} ${row.dataset.words}`),
      month,
      drawn: Boolean(month) && !("drill" in row.dataset),
      address: decodeURIComponent(first(".pm-row__title", row).getAttribute("href")),
    };
  }

  // Free text takes a step in the history when somebody begins to type, not with every letter.
  let isTyping = false;
  let pause;
  const typed = () => (lead(isTyping), (isTyping = true));
  const chosen = () => (clearTimeout(pause), (isTyping = false), lead());
  form.addEventListener("submit", (event) => (event.preventDefault(), typed()));
  form.addEventListener("change", (event) => event.target !== field && event.target.name && chosen());
  form.addEventListener("reset", () => setTimeout(() => ((missing = []), chosen(), field.focus())));
  form.addEventListener("input", ({ target }) => {
    if (target === field) {
      clearTimeout(pause);
      pause = setTimeout(typed, 150);
    } else if (target.matches(".pm-find")) {
      for (const one of all(".pm-filter", target.parentElement)) {
        one.hidden = !fold(one.textContent).includes(fold(target.value.trim()));
      }
    }
  });

  const address = location.pathname;
  const gone = new AbortController();
  const moved = () => (form.isConnected ? location.pathname === address && ((isTyping = false), follow()) : gone.abort());
  addEventListener("popstate", moved, { signal: gone.signal });
  // A link to this very page gives no sign but this one of the theme.
  const steps = window.location$?.subscribe(moved);
  gone.signal.addEventListener("abort", () => steps?.unsubscribe());

  const groupsFold = first(".pm-fgroups", form);
  groupsFold.open = !narrow.matches;
  narrow.addEventListener("change", () => (groupsFold.open ||= !narrow.matches), { signal: gone.signal });
  form.hidden = false;
  follow();
})();
