/*
 * The index of Material's search plugin, for sites without Pagefind: all texts in one file, which is read through. The
 * facts of incidents are in a file of ours.
 */

const WEIGHTS = { title: 5, labels: 3, text: 1 };
const SATURATION = 8;
const LENGTH = 0.8;
const COVERAGE = 0.5;
const ENDINGS = /(?:ations?|ions?|ings?|ment|ers?|ies|ed|es|s|e|y)$/;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/** A word without its ending: forms of one word are alike enough. */
const stem = (word) => (word.length > 4 ? word.replace(ENDINGS, "") : word);
const plain = (html) => new DOMParser().parseFromString(html.replace(/</g, " <"), "text/html").body.textContent;
const bare = (word) => fold(word).replace(/[^\p{L}\p{N}]/gu, "");
const formsOf = (word) => [...new Set([bare(word), ...fold(word).split(/[^\p{L}\p{N}]+/u)])].filter(Boolean).map(stem);

/** @param {string} root  the site's, as an address */
export function open(root) {
  const fetched = async (path) => {
    const reply = await fetch(root + path);
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    return reply.json();
  };
  const read = Promise.all([fetched("search/search_index.json"), fetched("search/documents.json")]).then(documents);
  const postings = read.then((all) => {
    const found = new Map();
    for (const document of all) {
      for (const [form, weight] of document.forms) {
        if (!found.has(form)) found.set(form, new Map());
        found.get(form).set(document, weight);
      }
    }
    return found;
  });
  const mean = read.then((all) => all.reduce((sum, { length }) => sum + length, 0) / (all.length || 1));

  return {
    count: async (word) => (await postings).get(stem(word))?.size ?? 0,
    vocabulary: async () => (await (await fetch(`${root}search/vocabulary.txt`)).text()).split("\n"),

    async answers({ terms }) {
      const [all, having, usual] = [await read, await postings, await mean];
      const found = new Map();
      let sum = 0;
      for (const { forms } of terms) {
        const counted = new Map();
        for (const [form, weight] of forms) {
          for (const [document, frequency] of having.get(stem(form)) ?? []) {
            counted.set(document, (counted.get(document) ?? 0) + frequency * weight);
          }
        }
        const rarity = Math.log1p((all.length - counted.size + 0.5) / (counted.size + 0.5));
        sum += rarity;
        for (const [document, frequency] of counted) {
          const one = found.get(document) ?? { score: 0, covered: 0, asked: new Set() };
          const norm = 1 - LENGTH + (LENGTH * document.length) / usual;
          one.score += (rarity * frequency * (SATURATION + 1)) / (frequency + SATURATION * norm);
          one.covered += rarity;
          for (const form of forms.keys()) one.asked.add(stem(form));
          found.set(document, one);
        }
      }
      const ranked = [...found]
        .map(([document, { score, covered, asked }]) => ({
          id: document,
          kind: document.kind,
          covered,
          score: score * (covered / sum) ** COVERAGE,
          load: async () => load(document, asked),
        }))
        .sort((one, other) => other.score - one.score);
      return { patterns: [], incidents: [], pages: [], ...Object.groupBy(ranked, ({ kind }) => kind) };
    },

    async facets() {
      const facets = { severity: new Map(), service: new Map(), year: new Map() };
      for (const document of await read) {
        for (const [name, values] of Object.entries(document.facets ?? {})) {
          for (const value of values) facets[name].set(value, (facets[name].get(value) ?? new Set()).add(document));
        }
      }
      return facets;
    },
  };
}

/** The entries of each page together, with what is known of it. */
function documents([index, known]) {
  const pages = Map.groupBy(index.docs, ({ location }) => location.split("#")[0]);
  return [...pages].map(([location, entries]) => {
    const { kind = "pages", facts = {}, facets = {}, labels = "" } = known[location] ?? {};
    const [words, anchors] = [[], []];
    for (const { location, title, text } of entries) {
      const id = location.split("#")[1];
      if (id) anchors.push({ id, text: plain(title), location: words.length });
      words.push(...plain(text).split(/\s+/).filter(Boolean));
    }
    const title = plain(entries[0].title);
    const forms = new Map();
    const add = (some, weight) => {
      for (const form of some.flatMap(formsOf)) forms.set(form, (forms.get(form) ?? 0) + weight);
    };
    add(title.split(/\s+/), WEIGHTS.title);
    add(labels.split(/\s+/), WEIGHTS.labels);
    add(words, WEIGHTS.text);
    const length = [...forms.values()].reduce((sum, weight) => sum + weight, 0);
    return { kind, facts: { at: location, title, ...facts }, facets, words, anchors, forms, length };
  });
}

function load({ facts, words, anchors }, asked) {
  const places = new Set(
    words.flatMap((word, place) => (formsOf(word).some((form) => asked.has(form)) ? [place] : [])),
  );
  return { facts, words, places, end: words.length, anchors };
}
