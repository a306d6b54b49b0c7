/*
 * Answers on the search page: the patterns that the page holds, incidents with the passage that tells most, facets with
 * counts, other pages last.
 */

const MOST_PATTERNS = 3;
const WORTH_TELLING = 0.6; // the share of the best pattern's score that another one needs
const COVERED = 0.5; // the share of what the best covers of a question that an incident has to cover, where
const ENOUGH = 10; // so many do
const MOST_PAGES = 3;
const STEP = 10; // incidents that are shown at first, and more of them each time
const MOST_SERVICES = 6;
const PASSAGE = 32; // words

/** A count as the pages write it: `12,000`. */
const grouped = new Intl.NumberFormat("en").format;

/** What was drawn last: facets that come after the next question has been asked are not drawn. */
let latest = null;

/** @returns {any} */
const first = (selector, within) => within.querySelector(selector);
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const bare = (word) =>
  word
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
const counted = (count, one, many) => `${grouped(count)} ${count === 1 ? one : many}`;

/**
 * Shows the answers, or the page as it was where there is no question; `words` say why there is none.
 * @param {HTMLElement} page
 * @param {any} found
 * @param {URLSearchParams} asked
 */
export async function draw(page, found, asked, words = "") {
  const [results, list, nothing, said] = [".pm-results", ".pm-allpatterns", ".pm-empty", "[role=status]"].map(
    (selector) => first(selector, page),
  );
  const hits = found ? await answers(found, asked) : null;
  results.hidden = !hits?.any;
  list.hidden = Boolean(found);
  nothing.hidden = !found || hits.any;
  if (!hits) {
    said.textContent = words || said.dataset.atFirst || "";
    return;
  }
  said.innerHTML = hits.said;
  if (!hits.any) return;
  const [facets, body] = [first(".pm-facets", results), first(".pm-found", results)];
  body.innerHTML = hits.html;
  first(".pm-hits--pat", body)?.append(...hits.patterns.map((pattern) => patternHit(page, pattern, hits.marked)));
  if (!hits.all.length) facets.hidden = true;
  else {
    latest = found;
    const values = await found.index.facets();
    if (latest === found) drawFacets(facets, { ...hits, facets: values }, asked);
  }
}

async function answers({ text, question, answers, index }, asked) {
  const best = answers.patterns[0]?.score ?? 0;
  const patterns = answers.patterns.slice(0, MOST_PATTERNS).filter(({ score }) => score >= best * WORTH_TELLING);
  const chosen = ["severity", "service", "year"]
    .map((name) => [name, asked.getAll(name)])
    .filter(([, values]) => values.length);
  const all = covering(answers.incidents);
  // The answers come first: what narrows them may be loaded after them.
  const facets = chosen.length ? await index.facets() : {};
  const holds = (id, known = facets, but = "") =>
    chosen.every(([name, values]) => name === but || values.some((value) => known[name]?.get(value)?.has(id)));
  const incidents = all.filter(({ id }) => holds(id));
  const shown = Math.min(incidents.length, Math.max(STEP, Number(asked.get("shown")) || 0));
  const pages = answers.pages.slice(0, MOST_PAGES);
  const loaded = await Promise.all(
    [patterns, incidents.slice(0, shown), pages].map((some) => Promise.all(some.map(({ load }) => load()))),
  );
  const marked = new Set(loaded.flat().flatMap(({ words, places }) => [...places].map((place) => bare(words[place]))));
  marked.delete("");

  const [, ofIncidents, ofPages] = loaded;
  let html = "";
  if (loaded[0].length) html += '<h2 id="patterns">Patterns</h2><ul class="pm-hits pm-hits--pat"></ul>';
  if (all.length) {
    html += `<h2 id="incidents">Incidents <span class="pm-h2-note">best match first</span></h2>`;
    html += incidents.length
      ? `<ol class="pm-hits">${ofIncidents.map((hit) => incidentHit(hit, marked)).join("")}</ol>`
      : '<p class="pm-note">None of them has what is chosen.</p>';
    if (shown < incidents.length) {
      const more = new URLSearchParams(asked);
      more.set("shown", String(shown + STEP));
      html += `<p class="pm-note"><a data-ask="more" href="?${escape(String(more))}">${incidents.length - shown} more</a></p>`;
    }
  }
  if (ofPages.length) {
    html += `<h2 id="pages">Other pages</h2><ul class="pm-hits">${ofPages.map((hit) => pageHit(hit, marked)).join("")}</ul>`;
  }
  return {
    any: Boolean(loaded[0].length || all.length || ofPages.length),
    html,
    patterns: loaded[0].map(({ facts }) => facts.pattern),
    marked,
    holds,
    all,
    said: saying(text, question, loaded[0].length, incidents.length, ofPages.length),
  };
}

/** The incidents that cover enough of the question, if there are enough of them: not every connection is a pool. */
function covering(incidents) {
  const least = COVERED * incidents.reduce((most, { covered }) => Math.max(most, covered), 0);
  const some = incidents.filter(({ covered }) => covered >= least);
  return some.length >= ENOUGH ? some : incidents;
}

/** How many were found, for what, and what was put right on the way. */
function saying(text, { asked, corrected, unknown }, patterns, incidents, pages) {
  const bold = (words) => `<b dir="auto">${escape(words)}</b>`;
  if (!(patterns || incidents || pages)) return `No match for ${bold(text)}`;
  const parts = [
    patterns && counted(patterns, "pattern", "patterns"),
    (incidents || !pages || patterns) && counted(incidents, "incident", "incidents"),
  ];
  const found = parts.filter(Boolean).join(" and ") || counted(pages, "page", "pages");
  const missing = unknown.length ? `. No match for ${unknown.map(bold).join(", ")}.` : "";
  if (!corrected.length) return `${found} for ${bold(asked)}${missing}`;
  return `No match for ${bold(text)}. Did you mean ${bold(asked)}? ${found} for that${missing}`;
}

/** A pattern of the page, with the sign that answers. */
function patternHit(page, id, marked) {
  const hit = page.querySelector(`.pm-allpatterns [data-pattern="${CSS.escape(id)}"]`).cloneNode(true);
  const signs = JSON.parse(hit.dataset.signs);
  const shares = signs.map((sign) => {
    const words = sign.split(/\s+/);
    return { sign, share: words.filter((word) => marked.has(bare(word))).length / words.length };
  });
  const { sign, share } = shares.reduce((one, other) => (other.share > one.share ? other : one), {
    sign: "",
    share: 0,
  });
  const note = first(".pm-note", hit);
  if (share >= 0.5) note.innerHTML = `${escape(note.textContent)}; ${mark(sign, marked)} is one of its signs`;
  return hit;
}

function incidentHit({ facts, ...text }, marked) {
  const weight = /^[1-4]$/.test(facts.weight) ? facts.weight : 4;
  const status = facts.status ? `<span class="pm-badge">${escape(facts.status.replace("-", " "))}</span>` : "";
  const day = facts.day
    ? `<time datetime="${escape(facts.day)}">${escape(facts.when)}</time>`
    : "<span>date unknown</span>";
  const owner = facts.owner ? `<span dir="auto">${escape(facts.owner)}</span>` : "";
  return (
    `<li>${title(facts, marked)}<p class="pm-hit__m"><span class="pm-sev pm-sev--${weight}">${escape(facts.severity)}</span>` +
    `${status}${day}${owner}<span>${escape(facts.length ?? "")}</span></p>${passage(text, facts, marked)}</li>`
  );
}

function pageHit({ facts, ...text }, marked) {
  return `<li>${title(facts, marked)}${passage(text, facts, marked)}</li>`;
}

function address(facts, id = "") {
  const page = document.querySelector(".pm-searchpage");
  return escape(page.dataset.root + facts.at + (id ? `#${id}` : ""));
}

function title(facts, marked) {
  return `<a class="pm-hit__t" href="${address(facts)}" dir="auto">${mark(facts.title, marked)}</a>`;
}

/** The words around most of what was asked for, with the heading above them. */
function passage({ words, places, end, anchors }, facts, marked) {
  // Above the first heading stand labels that are for the search alone.
  const body = anchors[0]?.location ?? 0;
  const found = [...places].filter((place) => place < end).sort((one, other) => one - other);
  const told = found.filter((place) => place >= body);
  const inside = told.length ? told : facts.severity ? [] : found;
  if (!inside.length) return labels(words, places, end, facts, marked);
  let [begin, most] = [inside[0], 0];
  for (const [number, place] of inside.entries()) {
    const different = new Set();
    let count = 0;
    for (let next = number; inside[next] < place + PASSAGE; next++, count++) different.add(bare(words[inside[next]]));
    if (different.size * 10 + count > most) [begin, most] = [place, different.size * 10 + count];
  }
  const heading = anchors.findLast(({ location }) => location <= begin);
  const top = heading ? heading.location + (heading.text ? heading.text.trim().split(/\s+/).length : 0) : 0;
  const next = Math.min(end, ...anchors.map(({ location }) => location).filter((location) => location > begin));
  const from = startOf(words, Math.max(top, begin - PASSAGE / 2), begin);
  const to = Math.min(next, from + PASSAGE + 8);
  const text = words.slice(from, to).join(" ");
  const label = heading?.text
    ? `<a class="pm-lab" href="${address(facts, heading.id)}">${escape(heading.text.trim())}</a>: `
    : "";
  return `<p dir="auto">${label}${from > top ? "…" : ""}${mark(text, marked)}${to < next ? "…" : ""}</p>`;
}

/**
 * The labels that hold what was asked for, where no passage does. Each ends with a full stop in the index; the word at
 * `end` is their heading, a full stop alone.
 */
function labels(words, places, end, facts, marked) {
  const told = words
    .slice(end + 1)
    .join(" ")
    .split(/(?<=\S{2,})\.\s+|\.$/);
  const asked = new Set([...places].filter((place) => place >= end).map((place) => bare(words[place])));
  const holding = told.filter((label) => label && !facts.title.startsWith(label));
  const found = [...new Set(holding.filter((label) => label.split(/\s+/).some((word) => asked.has(bare(word)))))];
  return found.length ? `<p class="pm-note" dir="auto">Labels: ${mark(found.slice(0, 3).join(", "), marked)}</p>` : "";
}

/** The beginning of the sentence in which a passage begins, if it is near; else the place itself. */
function startOf(words, from, begin) {
  for (let place = begin; place > from; place--) if (/[.!?]["”’)]*$/.test(words[place - 1])) return place;
  return from;
}

function mark(text, marked) {
  return text
    .split(/(\s+|(?<=\p{L})[-/](?=\p{L}))/u)
    .map((word) => (marked.has(bare(word)) && bare(word) ? `<mark>${escape(word)}</mark>` : escape(word)))
    .join("");
}

/** The choices of each facet, with how many of the incidents would remain; what is chosen always stands there. */
function drawFacets(form, { facets, holds, all }, asked) {
  form.hidden = all.length < 2 && !asked.has("severity") && !asked.has("service") && !asked.has("year");
  for (const set of form.querySelectorAll("fieldset")) {
    const name = set.dataset.facet;
    const chosen = new Set(asked.getAll(name));
    let choices = [...(facets[name] ?? [])]
      .map(([value, ids]) => ({ value, count: all.filter(({ id }) => ids.has(id) && holds(id, facets, name)).length }))
      .filter(({ value, count }) => count || chosen.has(value));
    if (name === "service") choices = choices.sort((one, other) => other.count - one.count).slice(0, MOST_SERVICES);
    else choices.sort((one, other) => one.value.localeCompare(other.value) * (name === "year" ? -1 : 1));
    const scale = JSON.parse(form.dataset.severities);
    const badge = (value) => {
      const weight = Math.min(4, scale.indexOf(value) + 1 || 4);
      return name === "severity" ? `<span class="pm-sev pm-sev--${weight}">${escape(value)}</span>` : escape(value);
    };
    const boxes = choices.map(
      ({ value, count }) =>
        `<label><input type="checkbox" name="${name}" value="${escape(value)}"${chosen.has(value) ? " checked" : ""}>` +
        `<span dir="auto">${badge(value)}</span><span class="pm-n">${grouped(count)}</span></label>`,
    );
    set.hidden = !boxes.length;
    const focused = set.contains(document.activeElement) ? document.activeElement.value : null;
    first("div", set).innerHTML = boxes.join("");
    if (focused) first(`[value="${CSS.escape(focused)}"]`, set)?.focus();
  }
}
