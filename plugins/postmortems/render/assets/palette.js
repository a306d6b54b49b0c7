/*
 * The palette of commands: a page by a few letters of its name. Patterns and services come from data/index/years.json,
 * which is asked for when the palette opens first; incidents and open action items from data/index.json or, where these
 * are many, from the files of the years: the newest until somebody types, then all.
 */

const ROOT = new URL("../../", import.meta.url);
const MOST = 40;
const AT_FIRST = 8; // incidents, before somebody types
const WHOLE = 300; // incidents that one file may as well bring

/**
 * @typedef {{ kind: string, name: string, note: string, href: string, text: string, order: number }} Entry
 */

/** A count as the pages write it: `12,000`. */
const grouped = new Intl.NumberFormat("en").format;

/** Text without case and accents. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @returns {any} an element with text, never markup */
function made(name, values = {}, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}

const list = made("ul", { className: "pm-palette__list", id: "pm-palette-list", role: "listbox", ariaLabel: "Pages" });
const field = made("input", {
  type: "text",
  role: "combobox",
  placeholder: "Incident, pattern, service or action item",
  ariaLabel: "Go to",
  ariaAutoComplete: "list",
  ariaExpanded: "true",
  autocomplete: "off",
  spellcheck: false,
});
field.setAttribute("aria-controls", list.id);
const said = made("p", { className: "pm-palette__said", role: "status" });
const dialog = made("dialog", { className: "pm-palette", ariaLabel: "Go to" }, field, list, said);

const dayWords = (day) =>
  day &&
  new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/** What has been asked for, by its address below the root. @type {Map<string, Promise<any>>} */
const files = new Map();
let chosen = 0;
let turn = 0;

/** @returns {Promise<any>} a file, or what was made of it, read once */
function read(path, made = async (found) => found) {
  const get = async () => {
    const reply = await fetch(new URL(path, ROOT));
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
    return made(await reply.json());
  };
  if (!files.has(path)) files.set(path, get());
  return files.get(path);
}

/** @returns {Entry} */
function entry(kind, name, note, path, order) {
  return { kind, name, note, href: `${new URL(path, ROOT)}`, text: fold(`${name} ${note}`), order };
}

/** @returns {Promise<Entry[]>} everything, or no more than the newest incidents */
async function entries(isEverything) {
  const { names, years } = await read("data/index/years.json", named);
  let [total, needed] = [0, []];
  for (const { file, postmortems } of years) {
    if (isEverything || total < AT_FIRST) needed.push(file);
    total += postmortems;
  }
  if (total <= WHOLE) needed = ["data/index.json"];
  return [...names, ...(await Promise.all(needed.map((file) => read(file, incidents)))).flat()];
}

/** The patterns that have a page and the services, as entries, and the files of the years. */
async function named({ address, patterns, services, years }) {
  const suffix = address.slice(address.indexOf("{id}") + 4).replace(/^\/index/, "");
  const known = patterns.filter(([, , family]) => family !== null);
  const names = [
    ...known.map(([id, title]) => entry("Pattern", title, "", `patterns/${encodeURIComponent(id)}${suffix}`, 0)),
    ...services.map(([slug, name]) => entry("Service", name, "", `services/${encodeURIComponent(slug)}${suffix}`, 1)),
  ];
  return { names, years };
}

/** The incidents and the open action items of an index. */
async function incidents(index) {
  const place = Object.fromEntries(index.fields.map((field, number) => [field, number]));
  const pathOf = (row) => {
    const id = row[place.id].split("/").map(encodeURIComponent).join("/");
    return index.address.replace("{id}", () => id);
  };
  return [
    ...index.postmortems.map((row) => {
      const severity = index.severities[row[place.severity]] ?? "";
      const note = [severity, dayWords(row[place.day])].filter(Boolean).join("\u00a0· ");
      return entry("Incident", row[place.title], note, pathOf(row), 2);
    }),
    ...index.open_actions.map(([postmortem, id, text, owner]) => {
      return entry("Action item", text, owner ?? "", `${pathOf(index.postmortems[postmortem])}#a-${id}`, 3);
    }),
  ];
}

/** A number that is lower the better an entry answers; null if it does not. */
function rank({ text, order }, terms) {
  let sum = order;
  for (const term of terms) {
    if (!text.includes(term)) return null;
    sum += text.startsWith(term) ? 0 : text.includes(` ${term}`) ? 4 : 12;
  }
  return sum;
}

async function answer() {
  const mine = ++turn;
  try {
    const terms = fold(field.value).trim().split(/\s+/).filter(Boolean);
    const all = await entries(terms.length > 0);
    if (mine !== turn) return;
    const found = all
      .map((entry) => ({ entry, rank: terms.length ? rank(entry, terms) : entry.order === 2 ? 0 : null }))
      .filter(({ rank }) => rank !== null)
      .sort((one, other) => one.rank - other.rank);
    const shown = found.slice(0, terms.length ? MOST : AT_FIRST);
    list.replaceChildren(...shown.map(({ entry }, number) => option(entry, number)));
    choose(0);
    said.textContent = !terms.length
      ? "Newest incidents. ↑ ↓ to move, Enter to open, Esc to close"
      : !found.length
        ? "Nothing found"
        : found.length > shown.length
          ? `First ${grouped(shown.length)} of ${grouped(found.length)}`
          : `${grouped(found.length)} found`;
  } catch (error) {
    console.error(error);
    files.clear();
    said.textContent = "The index could not be loaded. It needs a web server.";
  }
}

function option({ kind, name, note, href }, number) {
  const words = [kind, name, note].map((textContent) => made("span", { textContent }));
  words[1].dir = "auto";
  const item = made("li", { id: `pm-palette-${number}`, role: "option", ariaSelected: "false" }, ...words);
  item.dataset.href = href;
  return item;
}

/** Marks an option as the one that Enter opens. */
function choose(number) {
  const count = list.children.length;
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = count ? (number + count) % count : 0;
  const option = list.children[chosen];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function go(option, isNewTab) {
  const href = option?.dataset.href;
  if (!href) return;
  dialog.close();
  if (isNewTab) open(href, "_blank", "noopener");
  else location.assign(href);
}

field.addEventListener("input", answer);
dialog.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 };
  if (event.isComposing) return;
  if (event.key in moves) choose(moves[event.key]);
  else if (event.key === "Enter") go(list.children[chosen], event.ctrlKey || event.metaKey);
  else return event.stopPropagation(); // the theme has keys of its own
  event.preventDefault();
  event.stopPropagation();
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay in focus
list.addEventListener("click", (event) => go(event.target.closest("li"), event.ctrlKey || event.metaKey));
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());

/** Opens the palette, or closes it. */
export function toggle() {
  if (dialog.open) return dialog.close();
  document.body.append(dialog);
  field.value = "";
  dialog.showModal();
  answer();
}
