/*
 * The filters above a list of incidents. The address says what is chosen; this script makes the page follow: rows,
 * and beside every choice the number it would leave. Pictures follow by index_picture.js, which is told what is found;
 * a list too long for its page is made by results.js.
 *
 * The theme runs this anew whenever it has put such a page in place (navigation.instant), so nothing in it outlives
 * its page.
 */
(() => {
  "use strict";

  /** A count as the pages write it: `12,000`. */
  const grouped = new Intl.NumberFormat("en").format;

  /**
   * An incident as filters see it: its checkboxes, its folded text, its month (2024-03; empty is unknown), whether
   * figures count it (they leave drills and near misses out), the path of its postmortem, and how many seconds it
   * lasted: until resolved, or at least until mitigated; neither if unknown.
   * @typedef {{ choices: Set<HTMLInputElement | string>, text: string, month: string, counted: boolean, path: string,
   *   lasted?: string, atLeast?: string }} Incident
   *
   * A list that can show some of its incidents, and says how many; null is the list as it came.
   * @typedef {{ incidents: Incident[], show: (found: Set<Incident> | null) => string }} List
   *
   * What a group, or the free text, asks for; `names` are its values in words.
   * @typedef {{ group: string, names: string[], holds: (incident: Incident) => boolean }} Condition
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
  const menus = all(".pm-menu", form);
  const groups = new Set(menus.map((menu) => menu.dataset.group));
  const opener = first(".pm-filters__open", form);
  const active = first(".pm-active", form);
  const numbers = new Map(choices.map((choice) => [choice, first(".pm-n", choice.parentElement)]));
  const atFirst = new Map([said, ...numbers.values()].map((element) => [element, element.textContent]));
  const narrow = matchMedia("(max-width: 59.9375em)");

  /** Text without case and accents. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** Where a link leads; the theme makes some of them absolute. */
  const pathOf = (link) => decodeURI(new URL(link.getAttribute("href"), location.href).pathname);

  /** A value as [group, value]: its checkbox, or the text of it where that is one of the rare ones. */
  const valueOf = (pair) => choiceOf.get(pair.join("=")) ?? pair.join("=");

  /** What the address asks for and has no checkbox here, as [group, value]. */
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
    showAsked(asked);
    try {
      if (asked.length) list ??= import(`${new URL("results.js", src)}`).then(({ read }) => read(main, rowsIn));
      const made = await list;
      if (mine !== turn) return;
      const [found, left, without] = asked.length ? judge(made.incidents, asked) : [null, new Map(), new Map()];
      said.textContent = made?.show(found) || atFirst.get(said);
      tell(found, left);
      sayNothing(found, without);
    } catch (error) {
      console.error(error);
      list = null;
      if (mine === turn) said.textContent = "Could not load the incidents. Reload the page to try again.";
    }
  }

  /** @returns {Condition[]} one for each group that asks for something; one of a group's values is enough */
  function conditions() {
    return [...Map.groupBy(wanted(), ([name]) => name)].map(([group, pairs]) => {
      const names = pairs.map(nameOf);
      const those = pairs.map(valueOf);
      const terms = fold(pairs[0][1]).trim().split(/\s+/);
      const isText = (incident) => terms.every((term) => incident.text.includes(term));
      const isChosen = (incident) => those.some((choice) => incident.choices.has(choice));
      return { group, names, holds: group === "text" ? isText : isChosen };
    });
  }

  /** @returns {string} a value that is asked for, in words */
  function nameOf([group, value]) {
    const choice = choiceOf.get(`${group}=${value}`);
    if (choice) return first("input + span", choice.parentElement).textContent.trim();
    return group === "text" ? `“${value.trim()}”` : `${group} “${value}”`;
  }

  /** The address without some of what it asks for. */
  function without(isDropped) {
    const url = new URL(location.href);
    url.hash = "";
    for (const name of [...groups, "text"]) url.searchParams.delete(name);
    for (const pair of wanted()) if (!isDropped(pair)) url.searchParams.append(...pair);
    return `${url.pathname}${url.search}`;
  }

  /** A link that drops some of what is asked for. */
  function dropping(words, isDropped, look = "") {
    const link = document.createElement("a");
    const name = document.createElement("bdi");
    name.textContent = words;
    link.append(name);
    link.href = without(isDropped);
    link.className = look;
    return link;
  }

  /** Menus with what is chosen in them, and the chips of all that is. */
  function showAsked(asked) {
    for (const menu of menus) {
      const number = all(":checked", menu).length;
      const summary = first("summary", menu);
      summary.textContent = summary.textContent.split(" · ")[0] + (number ? ` · ${number}` : "");
      menu.classList.toggle("is-on", number > 0);
    }
    const pairs = wanted();
    opener.textContent = pairs.length ? `Filter · ${pairs.length}` : "Filter";
    const chips = pairs.map((pair) => {
      const chip = dropping(nameOf(pair), (other) => `${other}` === `${pair}`, "pm-on");
      chip.setAttribute("aria-label", `Drop ${chip.textContent}`);
      return chip;
    });
    active.replaceChildren(...chips, ...(chips.length ? [dropping("clear", () => true, "pm-clear")] : []));
    active.hidden = !asked.length;
  }

  /**
   * @returns {[Set<Incident>, Map<any, number>, Map<Condition, number>]} what is found, what each choice leaves of the
   *   other groups, and what there would be without each condition
   */
  function judge(incidents, asked) {
    const found = new Set();
    const left = new Map(choices.map((choice) => [choice, 0]));
    const without = new Map(asked.map((condition) => [condition, 0]));
    for (const incident of incidents) {
      const [failed, another] = asked.filter(({ holds }) => !holds(incident));
      if (another) continue;
      if (!failed) found.add(incident);
      else without.set(failed, without.get(failed) + 1);
      for (const choice of incident.choices) {
        if (!failed || failed.group === choice.name) left.set(choice, left.get(choice) + 1);
      }
    }
    return [found, left, without];
  }

  /** Where nothing is found: what was asked for, and what dropping a part of it would leave. */
  function sayNothing(found, without) {
    const isNothing = Boolean(found) && !found.size;
    first(".pm-nothing").hidden = !isNothing;
    for (const element of all(".pm-picture, .pm-howto, .pm-row--head")) element.hidden = isNothing;
    if (!isNothing) return;
    const asked = [...without].map(([condition, number]) => ({
      ...condition,
      words: condition.names.join(" or "),
      number,
    }));
    const text = asked.map(({ words }) => words).join(" and ");
    first(".pm-nothing__what").textContent = `No postmortem has ${text}.`;
    const rest =
      asked.length > 1
        ? asked.map(({ words, number }) => `without ${words} there ${number === 1 ? "is" : "are"} ${grouped(number)}`)
        : [];
    const sentence = rest.join("; ");
    const links =
      asked.length > 1 ? asked.map(({ group, words }) => dropping(`Drop ${words}`, ([name]) => name === group)) : [];
    links.push(dropping(asked.length > 1 ? "Clear all" : "Show all postmortems", () => true));
    first(".pm-nothing__without").replaceChildren(
      sentence && `${sentence[0].toUpperCase()}${sentence.slice(1)}. `,
      ...links.flatMap((link, place) => (place ? ["\u00a0· ", link] : [link])),
    );
  }

  /** Makes all but the list follow. */
  function tell(found, left) {
    for (const [choice, number] of numbers) {
      number.textContent = left.get(choice) ?? atFirst.get(number);
      choice.parentElement.classList.toggle("is-none", left.get(choice) === 0);
    }
    const query = `${new URLSearchParams(wanted())}`;
    for (const link of all(".pm-years a, .pm-part__more, a[data-tally]")) {
      const [, path, anchor] = /^([^?#]*)[^#]*(.*)$/.exec(link.getAttribute("href"));
      link.setAttribute("href", path + (query && `?${query}`) + anchor);
    }
    form.dispatchEvent(new CustomEvent("pm-found", { detail: found }));
  }

  /** The rows of a list and their incidents; `boxes` are the checkboxes that the rows number. */
  function rowsIn(root, boxes = choices) {
    const keys = boxes.map((box) => `${box.name}=${box.value}`);
    const values = keys.map((key) => choiceOf.get(key) ?? key); // rare ones have no checkbox
    return all(".pm-row[data-filters]", root).map((row) => {
      const month = first("time", row)?.dateTime.slice(0, 7) ?? "";
      const incident = {
        choices: new Set([
          ...row.dataset.filters.split(" ").flatMap((number) => values[number] ?? []),
          ...[...new URLSearchParams(row.dataset.others)].map(valueOf),
        ]),
        text: fold(`${first(".pm-row__what", row).textContent} ${row.dataset.words}`),
        month,
        counted: !("apart" in row.dataset),
        lasted: row.dataset.lasted,
        atLeast: row.dataset.atLeast,
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
          first("time > b", row)?.classList.toggle("is-again", month === incident.month);
          [shown, month] = [shown + 1, incident.month];
        }
        element.hidden = !shown;
        element.open = found || !narrow.matches || element === parts[0].element;
        note.textContent = found ? `${grouped(shown)} of ${grouped(rows.length)}` : words;
      }
      return found && `${grouped(found.size)} of ${grouped(incidents.length)}`;
    };
    return { incidents, show };
  }

  let pause;
  form.addEventListener("submit", (event) => (event.preventDefault(), lead(true)));
  form.addEventListener("change", ({ target }) => target.type === "checkbox" && lead());
  form.addEventListener("input", ({ target }) => {
    if (target === field) {
      clearTimeout(pause);
      pause = setTimeout(lead, 150, true);
    } else if (target.type === "search") {
      const sought = fold(target.value.trim());
      for (const option of all(".pm-choice", target.parentElement)) {
        option.hidden = !fold(option.textContent).includes(sought);
        option.classList.toggle("is-found", sought !== "");
      }
    }
  });
  opener.addEventListener("click", () => {
    opener.setAttribute("aria-expanded", opener.getAttribute("aria-expanded") === "false");
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
    for (const menu of narrow.matches ? [] : menus) menu.open &&= menu.contains(event.target);
    const link = event.target.closest("a");
    if (event.ctrlKey || event.metaKey || event.shiftKey || !form.isConnected) return;
    if (link?.pathname !== pathname || link.search === location.search) return;
    event.preventDefault();
    event.stopPropagation();
    const isOurs = active.contains(link) || first(".pm-nothing").contains(link);
    history.pushState(null, "", link.href);
    moved();
    if (isOurs && !narrow.matches) field.focus();
  };
  addEventListener("click", clicked, { capture: true, signal: gone.signal });

  form.autocomplete = "off"; // the address says what is checked: a browser must not restore it when a reader comes back
  form.addEventListener("keydown", ({ key, target }) => {
    const menu = key === "Escape" && target.closest(".pm-menu[open]");
    if (!menu) return;
    menu.open = false;
    first("summary", menu).focus();
  });
  form.hidden = false;
  follow();
})();
