/*
 * The bar above a long list: as words are typed and menus chosen, the list shows what has them, and the address says
 * so. `data-find` marks what is found, with the numbers of its values among the checkboxes; `data-part` what goes when
 * nothing in it is left; its `data-text` counts for all that is in it.
 *
 * The theme runs this again whenever it has put such a page in place (navigation.instant).
 */
(() => {
  "use strict";

  /** A count as the pages write it: `12,000`. */
  const grouped = new Intl.NumberFormat("en").format;

  /** @type {HTMLFormElement | null} */
  const bar = document.querySelector("form[data-find-bar][hidden]");
  if (!bar) return;
  const page = bar.closest(".pm");
  /** @returns {any[]} */
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];

  /** Text without case and accents. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const field = bar.elements["text"];
  const said = bar.querySelector("[role=status]");
  const active = bar.querySelector(".pm-active");
  const choices = all("[type=checkbox][value]", bar);
  const groups = [...new Set(choices.map((choice) => choice.name))];
  const items = all("[data-find]").map((element) => ({
    element,
    text: fold(`${element.textContent} ${element.closest("[data-text]")?.dataset.text ?? ""}`),
    choices: new Set(element.dataset.find.split(" ").map((number) => choices[number])),
  }));
  const parts = all("[data-part]").map((element) => {
    const note = element.querySelector("[data-count]");
    const inside = items.filter((item) => element.contains(item.element));
    return { element, note, words: note?.textContent, isOpen: element.open, inside };
  });
  const whole = said.textContent;
  const numbers = new Map(choices.map((choice) => [choice, choice.parentElement.querySelector(".pm-n")]));
  const atFirst = new Map([...numbers.values()].map((number) => [number, number.textContent]));

  /** What the bar asks for, as the address has it. */
  const asked = () => new URLSearchParams([...new FormData(bar)].filter(([, value]) => `${value}`.trim()));

  /** The bar as the address says. */
  function follow() {
    const wanted = new URLSearchParams(location.search);
    field.value = wanted.get("text") ?? "";
    for (const choice of choices) choice.checked = wanted.has(choice.name, choice.value);
    show();
  }

  /** The address as the bar says. */
  function lead() {
    const query = `${asked()}`;
    history.replaceState(history.state, "", (query ? `?${query}` : location.pathname) + location.hash);
    show();
  }

  /** The list as the bar says. */
  function show() {
    const terms = fold(field.value).trim().split(/\s+/);
    const chosen = groups.map((group) => choices.filter(({ name, checked }) => name === group && checked));
    const isAsked = Boolean(field.value.trim()) || chosen.some((group) => group.length);
    const left = new Map(choices.map((choice) => [choice, 0]));
    let found = 0;
    for (const item of items) {
      const failed = chosen.filter((group) => group.length && !group.some((choice) => item.choices.has(choice)));
      const hasWords = terms.every((term) => item.text.includes(term));
      item.isFound = hasWords && !failed.length;
      item.element.hidden = !item.isFound;
      found += Number(item.isFound);
      if (!hasWords || failed.length > 1) continue;
      for (const choice of item.choices) {
        if (choice && (!failed.length || failed[0][0].name === choice.name)) left.set(choice, left.get(choice) + 1);
      }
    }
    for (const { element, note, words, isOpen, inside } of parts) {
      const number = inside.filter((item) => item.isFound).length;
      element.hidden = inside.length > 0 && !number;
      if ("open" in element) element.open = isAsked ? number > 0 : isOpen;
      if (note) note.textContent = isAsked ? `${grouped(number)} of ${grouped(inside.length)}` : words;
    }
    said.textContent = isAsked ? `${grouped(found)} of ${grouped(items.length)}` : whole;
    page.querySelector("[data-nothing]").hidden = found > 0;
    for (const rest of all("[data-unfiltered]")) rest.hidden = isAsked;
    for (const [choice, number] of numbers) {
      number.textContent = isAsked ? grouped(left.get(choice)) : atFirst.get(number);
      choice.parentElement.classList.toggle("is-none", isAsked && !left.get(choice));
    }
    for (const menu of all(".pm-menu", bar)) {
      const number = menu.querySelectorAll("[value]:checked").length;
      const title = menu.querySelector("summary");
      title.dataset.name ??= title.textContent;
      title.textContent = number ? `${title.dataset.name} · ${number}` : title.dataset.name;
      menu.classList.toggle("is-on", number > 0);
    }
    if (!active) return;
    active.hidden = !chosen.some((group) => group.length);
    active.replaceChildren(...choices.filter((choice) => choice.checked).map(chip));
  }

  /** What is chosen, as a link to the list without it. */
  function chip(choice) {
    const link = document.createElement("a");
    const query = asked();
    query.delete(choice.name, choice.value);
    link.href = `?${query}`;
    link.className = "pm-on";
    link.append(choice.parentElement.querySelector("bdi").cloneNode(true));
    link.setAttribute("aria-label", `Without ${link.textContent}`);
    return link;
  }

  // A link to this page with another query needs no reload; with navigation.instant the theme would undo it.
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    history.replaceState(history.state, "", link.search || location.pathname);
    follow();
    field.focus();
  });
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("change", ({ target }) => target.value && target.type === "checkbox" && lead());
  bar.addEventListener("input", ({ target }) => {
    if (target === field) return lead();
    if (target.type !== "search") return;
    for (const option of all("label", target.parentElement)) {
      option.hidden = !fold(option.textContent).includes(fold(target.value.trim()));
    }
  });
  const opener = bar.querySelector(".pm-filters__open");
  opener?.addEventListener("click", () => {
    opener.setAttribute("aria-expanded", `${opener.getAttribute("aria-expanded") === "false"}`);
  });
  // A menu closes when the reader turns elsewhere.
  document.addEventListener("click", ({ target }) => {
    for (const menu of all(".pm-menu[open]", bar)) if (!menu.contains(target)) menu.open = false;
  });
  bar.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".pm-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  bar.autocomplete = "off"; // the address says what is checked
  bar.hidden = false;
  follow();
})();
