/*
 * The index that Pagefind has made: it loads the pieces that hold the words of a question. Pagefind asks for all words
 * at once and finds what has every one; here each is asked for alone, so that an answer may lack some.
 */

const RANKING = { termFrequency: 1, termSaturation: 8, pageLength: 0.8, termSimilarity: 3 };
const COVERAGE = 0.5;
const LABELS = "pm-labels";

/** @param {string} root  the site's, as an address @param {DOMStringMap} page */
export function open(root, page) {
  const total = Number(page.documents);
  const started = (async () => {
    const pagefind = await import(`${root}assets/postmortems/pagefind/pagefind.js`);
    const made = pagefind.createInstance({ noWorker: true, ranking: RANKING, excerptLength: 30 });
    await made.init();
    return made;
  })();
  const asked = new Map();

  const once = (key, make) => asked.get(key) ?? asked.set(key, make()).get(key);
  const search = (text) => once(text, async () => (await (await started).search(text)).results);
  const fetched = (file) =>
    once(`file ${file}`, async () => {
      const reply = await fetch(`${root}search/${file}`);
      if (!reply.ok) throw new Error(`${file}: ${reply.status}`);
      return file.endsWith(".json") ? reply.json() : (await reply.text()).split("\n");
    });
  const kinds = fetched("kinds.json");

  return {
    /** How many documents have a word as it is. */
    count: async (word) => (await search(`"${word}"`)).length,
    vocabulary: () => fetched("vocabulary.txt"),

    /** The documents that answer, the best first, by kind. */
    async answers({ terms }) {
      const found = new Map();
      let sum = 0;
      for (const { forms } of terms) {
        const having = new Map();
        for (const [form, weight] of forms) {
          for (const result of await search(form)) {
            const one = having.get(result.id) ?? { score: 0, results: [] };
            one.score += result.score * weight;
            one.results.push(result);
            having.set(result.id, one);
          }
        }
        const rarity = Math.log1p((total - having.size + 0.5) / (having.size + 0.5)) || 0.1;
        sum += Math.max(rarity, 0.1);
        for (const [id, { score, results }] of having) {
          const one = found.get(id) ?? { id, score: 0, covered: 0, results: [] };
          one.score += score;
          one.covered += Math.max(rarity, 0.1);
          one.results.push(...results);
          found.set(id, one);
        }
      }
      const [patterns, pages] = [(await kinds).patterns, (await kinds).pages].map((ids) => new Set(ids));
      const ranked = [...found.values()]
        .map((one) => ({ ...one, score: one.score * (one.covered / sum) ** COVERAGE, load: () => load(one.results) }))
        .sort((one, other) => other.score - one.score);
      const kind = ({ id }) => (patterns.has(id) ? "patterns" : pages.has(id) ? "pages" : "incidents");
      return { patterns: [], incidents: [], pages: [], ...Object.groupBy(ranked, kind) };
    },

    /** The values of each facet, and the documents that have them. */
    facets: () =>
      once("facets", async () => {
        const { documents, ...lists } = await fetched("facets.json");
        const facets = Object.entries(lists).map(([name, values]) => [name, values.map((value) => [value, new Set()])]);
        for (const [id, places] of Object.entries(documents)) {
          for (const [facet, some] of places.entries()) for (const place of some) facets[facet][1][place][1].add(id);
        }
        return Object.fromEntries(facets.map(([name, values]) => [name, new Map(values)]));
      }),
  };
}

/** A document with its facts, its words, which of them were asked for, and where its headings are. */
async function load(results) {
  const { meta, content, anchors } = await results[0].data();
  const words = content.split(/\s+/);
  const places = new Set(results.flatMap((result) => result.words));
  const labels = anchors.find(({ id }) => id === LABELS)?.location ?? words.length;
  return {
    facts: meta,
    words,
    places,
    end: labels,
    anchors: anchors.filter(({ id, element }) => /^h[2-6]$/i.test(element) && id !== LABELS),
  };
}
