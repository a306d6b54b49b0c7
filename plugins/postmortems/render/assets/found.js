/*
 * The list of what filters find where there are too many incidents for one page: from the site's compact index
 * (docs/guide/data.md), in copies of the row that the page holds as a specimen. Text from the index only ever becomes
 * text; addresses are put together from encoded ids.
 */

const MOST = 200; // rows for one answer
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const BADGES = { drill: "Drill", "near-miss": "Near miss", draft: "Draft", "in-review": "In review" };
const ID = "%7Bid%7D"; // where an id belongs in the template's addresses

/**
 * The list of index.js that is made from the data file named by `main`.
 * @param {HTMLElement} main
 * @param {Map<string, HTMLInputElement>} choiceOf  the checkboxes by `group=value`
 * @param {(text: string) => string} fold
 */
export async function read(main, choiceOf, fold) {
  const reply = await fetch(main.dataset.index);
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
  const index = await reply.json();
  const template = main.querySelector("template");
  const incidents = index.postmortems.map((row) => {
    const facts = factsOf(row, index, template.dataset);
    const keys = [
      `severity=${facts.severity}`,
      `owner=${facts.owner}`,
      `status=${facts.status}`,
      ...facts.states.map((state) => `state=${state}`),
      ...facts.patterns.flatMap((one) => [`pattern=${one.id}`, `family=${one.family}`]),
      ...facts.services.map((one) => `service=${one.slug}`),
    ];
    const texts = [facts.title, facts.owner, facts.root_cause, facts.trigger, facts.summary];
    texts.push(...facts.services.map((one) => one.name), ...facts.patterns.map((one) => one.title));
    return {
      facts,
      choices: new Set(keys.map((key) => choiceOf.get(key)).filter(Boolean)),
      text: fold(texts.filter(Boolean).join(" ")),
      month: facts.day?.slice(0, 7) ?? "",
      drawn: Boolean(facts.day) && facts.kind === "incident",
      path: decodeURI(new URL(facts.address, location.href).pathname),
    };
  });
  return { incidents, show: (found) => show(found, incidents, main, choiceOf) };
}

/** @returns {any} one row of the index with its names instead of their places in lists */
function factsOf(row, index, addresses) {
  const one = Object.fromEntries(index.fields.map((name, place) => [name, row[place]]));
  const lengths = [one.to_detect_seconds, one.to_mitigate_seconds, one.to_recover_seconds];
  const over = one.target_seconds === null ? 0 : Math.max(0, one.to_detect_seconds - one.target_seconds);
  const states = { over, open: one.open_actions, overdue: one.overdue_actions, unknown: lengths.includes(null) };
  return {
    ...one,
    address: addressOf(addresses.postmortem, one.id),
    severity: index.severities[one.severity],
    weight: Math.min((one.severity ?? 3) + 1, 4),
    owner: index.owners[one.owner],
    status: index.statuses[one.status],
    kind: index.kinds[one.kind],
    root_cause: index.root_causes[one.root_cause],
    services: one.services.map((place) => index.services[place]).map(([slug, name]) => ({ slug, name })),
    patterns: one.patterns
      .map((place) => index.patterns[place])
      .map(([id, title, family]) => ({
        id,
        title,
        family: index.families[family],
        address: family === null ? null : addressOf(addresses.pattern, id),
      })),
    over,
    states: Object.keys(states).filter((state) => states[state]),
  };
}

/** Lists what is found in place of the years, newest first, and says how many; null brings the years back. */
function show(found, incidents, main, choiceOf) {
  main.querySelector(".pm-byyear").hidden = Boolean(found);
  main.querySelector(".pm-found").hidden = !found?.size;
  const parts = main.querySelector(".pm-parts");
  parts.replaceChildren();
  if (!found) return "";
  const inYear = Map.groupBy(found, ({ month }) => month.slice(0, 4) || "Year unknown");
  const ofYear = Map.groupBy(incidents, ({ month }) => month.slice(0, 4) || "Year unknown");
  const specimen = main.querySelector("template").content.querySelector(".pm-part");
  let room = MOST;
  for (const [year, members] of inYear) {
    if (room <= 0) break;
    const part = specimen.cloneNode(true);
    const [name, note] = part.querySelectorAll("h2 span");
    name.textContent = year;
    note.textContent = `${members.length} of ${ofYear.get(year).length} found`;
    const shown = members.slice(0, room);
    const rows = shown.map(({ facts, month }, place) => {
      return rowOf(facts, month === shown[place - 1]?.month, part.querySelector(".pm-row"), choiceOf);
    });
    part.querySelector(".pm-list").replaceChildren(...rows);
    parts.append(part);
    room -= shown.length;
  }
  const rest = found.size - MOST;
  const words = rest > 0 ? `The newest ${MOST} are listed, ${rest} more are found. Choose more, or open a year.` : "";
  main.querySelector(".pm-rest").textContent = words;
  return `${found.size} of ${incidents.length} found${rest > 0 ? `, ${MOST} shown` : ""}`;
}

/** A copy of the specimen for one incident; parts/row.html is what it copies. */
function rowOf(facts, isAgain, specimen, choiceOf) {
  const row = specimen.cloneNode(true);
  const part = (name) => row.querySelector(`.pm-${name}`);

  if (facts.day) {
    const time = row.querySelector("time");
    time.dateTime = facts.day;
    time.firstChild.textContent = MONTHS[facts.day.slice(5, 7) - 1];
    time.firstChild.classList.toggle("pm-row__month--again", isAgain);
    time.lastChild.textContent = ` ${Number(facts.day.slice(8))}`;
  } else part("row__day").replaceChildren(muted("unknown"));

  part("sev").className = `pm-sev pm-sev--${facts.weight}`;
  part("sev").textContent = facts.severity ?? "severity unknown";

  const title = part("row__title");
  title.href = facts.address;
  title.textContent = facts.title;
  if (facts.title.length > 100) title.title = facts.title;

  const [badge] = row.querySelectorAll(".pm-badge");
  const badges = [facts.kind, facts.status].filter((one) => BADGES[one]).map((one) => filled(badge, BADGES[one]));
  for (const one of row.querySelectorAll(".pm-badge")) one === badge ? one.replaceWith(...badges) : one.remove();

  const [meta, more] = [part("row__meta"), part("more")];
  const names = facts.services.map((one) => one.name);
  const owner = facts.owner && filled(meta.querySelector("b"), facts.owner);
  const hidden = names.length > 2 && filled(more, `and ${names.length - 2} more`);
  const pieces = [owner, owner && names.length && " · ", names.slice(0, 2).join(", "), hidden && " ", hidden];
  meta.replaceChildren(...pieces.filter(Boolean));

  const chips = part("chips");
  chips.replaceChildren(...facts.patterns.map((one) => chipOf(one, chips.firstElementChild, choiceOf)));

  drawStrip(part("row__strip"), facts);

  const isAtLeast = facts.to_recover_seconds === null && facts.to_mitigate_seconds !== null;
  if (!isAtLeast) part("row__dur .pm-unknown").remove();
  put(part("row__dur b"), facts.to_recover_seconds ?? facts.to_mitigate_seconds);
  put(part("row__det b"), facts.to_detect_seconds);
  if (facts.over) part("row__det .pm-over").textContent = `${words(facts.over)} over`;
  else part("row__det .pm-over").remove();

  const [label, overdue] = [part("row__act .pm-lab"), part("row__act .pm-over")];
  part("row__act").replaceChildren(label, " ", ...actionsOf(facts, part("row__act b"), overdue));
  return row;
}

/** How far an incident's action items are, as the lists of pages say it. */
function actionsOf(facts, bold, overdue) {
  const { actions, open_actions: open, overdue_actions: late, unknown_actions: unknown } = facts;
  if (!actions) return [muted("none listed")];
  if (unknown === actions) return [muted(`${actions} ${actions === 1 ? "item" : "items"}, state unknown`)];
  const said = [];
  if (open) said.push(filled(bold, open), " open");
  if (late) said.push(" ", filled(overdue, `${late} overdue`));
  if (unknown) said.push(open ? " " : "", muted(`${unknown} unknown`));
  return said.length ? said : [`${actions} closed`];
}

/** A pattern as a chip, with the mark that its family has among the filters; without a page it is no link. */
function chipOf(pattern, specimen, choiceOf) {
  const chip = pattern.address ? specimen.cloneNode(true) : document.createElement("span");
  const mark = choiceOf.get(`family=${pattern.family}`)?.parentElement.querySelector("svg");
  chip.className = "pm-chip";
  if (pattern.address) chip.href = pattern.address;
  const name = document.createElement("span");
  name.textContent = pattern.title;
  chip.replaceChildren(...[mark?.cloneNode(true), name].filter(Boolean));
  return chip;
}

/** The moments on a log axis, as charts/strip.py draws them. */
function drawStrip(place, facts) {
  const along = (seconds) => Math.log(Math.min(Math.max(seconds, 60), 2_592_000) / 60) / Math.log(43_200);
  const at = (seconds) => Number((6 + 164 * along(seconds)).toFixed(1));
  const lengths = { det: facts.to_detect_seconds, mit: facts.to_mitigate_seconds, res: facts.to_recover_seconds };
  const ends = [lengths.mit, lengths.res].filter((one) => one !== null);
  if (lengths.det === null && !ends.length) return place.replaceChildren(muted("no moments known"));
  for (const [name, seconds] of Object.entries(lengths)) {
    const shape = place.querySelector(`.pm-s-${name}`);
    if (seconds === null) shape.remove();
    else if (name === "det") shape.setAttribute("d", `M${at(seconds)} 5V19`);
    else shape.setAttribute("cx", at(seconds));
  }
  place.querySelector(".pm-s-det")?.classList.toggle("is-over", facts.over > 0);
  const run = place.querySelector(".pm-run");
  const [begin, end] = [at(lengths.det), at(Math.max(...ends))].sort((one, other) => one - other);
  if (lengths.det === null || !ends.length) run.remove();
  else run.setAttribute("d", `M${begin} 12H${end}`);
}

/** A length of time as words, as render/words/formats.py says it. */
function words(length) {
  const seconds = Math.round(length);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const pair = (many, unit, few, small) => (few ? `${many} ${unit} ${few} ${small}` : `${many} ${unit}`);
  if (!seconds) return "at once";
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 10) return pair(minutes, "min", seconds % 60, "s");
  if (minutes < 60) return `${minutes} min`;
  return hours < 72 ? pair(hours, "h", minutes % 60, "min") : pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function put(place, seconds) {
  if (seconds === null) place.replaceWith(muted("unknown"));
  else place.textContent = words(seconds);
}

function muted(text) {
  const span = document.createElement("span");
  span.className = "pm-unknown";
  span.textContent = text;
  return span;
}

function filled(specimen, text) {
  const element = specimen.cloneNode(true);
  element.textContent = text;
  return element;
}

function addressOf(pattern, id) {
  return pattern.replace(ID, () => id.split("/").map(encodeURIComponent).join("/"));
}
