/*
 * What a question means: its words without those that say nothing, what means the same, and what was probably meant by
 * a word that nobody has written. The terminal does the same (analyse/search/question.py), with the same words.
 */

const MOST_WORDS = 12;
const SAME_MEANING = 0.5;
/** The number of documents that a word has to have to be asked for alone: what means the same helps where few have it. */
const ENOUGH = 10;

const CLIPPED = /['’](?:d|ll|m|re|s|t|ve)(?!\p{L})/gu;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(CLIPPED, "");

/** The words of a text in small letters, a name with hyphens or dots as one: `us-east-1` is `useast1`. */
const words = (text) =>
  [...fold(text).matchAll(/[\p{L}\p{N}]+(?:[-._][\p{L}\p{N}]+)*/gu)].map(([word]) => ({
    written: word,
    word: word.replace(/[-.]/g, ""),
    parts: word.split(/[-._]/),
  }));

/**
 * A word of a question: what is asked for, each with its weight.
 * @typedef {{ word: string, forms: Map<string, number> }} Term
 *
 * @typedef {{ asked: string, terms: Term[], corrected: [string, string][], unknown: string[] }} Question
 */

/**
 * @param {string} text
 * @param {{ stop: string[], same: Record<string, string[]> }} settings
 * @param {{ count: (word: string) => Promise<number>, vocabulary: () => Promise<string[]> }} index
 * @returns {Promise<Question>}
 */
export async function understood(text, settings, index) {
  const stop = new Set(settings.stop);
  const typed = words(text.slice(0, 300));
  const telling = typed.filter(({ word }) => !stop.has(word));
  const told = (telling.length ? telling : typed).slice(0, MOST_WORDS);
  const question = { asked: text, terms: [], corrected: [], unknown: [] };
  const counts = await Promise.all(told.map(({ word }) => index.count(word)));
  const pairs = told.slice(1).map(({ word }, place) => told[place].word + word);
  const joined = await Promise.all(
    pairs.map((pair, place) => (counts[place] && counts[place + 1] ? 0 : index.count(pair))),
  );
  const same = (word) => settings.same[word] ?? settings.same[word.replace(/s$/, "")] ?? [];

  for (const [place, { written, word, parts }] of told.entries()) {
    if (joined[place - 1] || joined[place]) {
      if (joined[place]) question.terms.push({ word: pairs[place], forms: new Map([[pairs[place], 1]]) });
      if (!counts[place]) continue;
    }
    if (counts[place]) {
      question.terms.push(term(word, counts[place], same(word)));
    } else if (same(word).length) {
      question.terms.push(term(word, 0, same(word)));
    } else {
      const known = parts.length > 1 ? parts.filter((part) => !stop.has(part)) : [];
      const meant = known.length ? known : meantBy(word, await index.vocabulary(), stop);
      if (!meant) question.unknown.push(written);
      else if (meant.join("") !== word && !meant[0].startsWith(word) && !known.length) {
        question.corrected.push([written, meant.join(" ")]);
      }
      for (const part of meant ?? []) question.terms.push(term(part, 1, same(part)));
    }
  }
  for (const [place, pair] of told.slice(1).entries()) {
    const others = same(`${told[place].word} ${pair.word}`);
    if (others.length) question.terms.push({ word: "", forms: formsOf(others) });
  }
  for (const [word, meant] of question.corrected) {
    question.asked = question.asked.replace(new RegExp(RegExp.escape?.(word) ?? word, "iu"), meant);
  }
  return question;
}

function term(word, count, others) {
  const forms = count < ENOUGH ? formsOf(others) : new Map();
  return { word, forms: new Map([...forms, ...(count || !forms.size ? [[word, 1]] : [])]) };
}

function formsOf(others) {
  const forms = new Map();
  for (const other of others) {
    const parts = words(other);
    for (const { word } of parts) if (!forms.has(word)) forms.set(word, SAME_MEANING / parts.length);
  }
  return forms;
}

/** What was probably meant: the beginning of a word, two words, or the nearest one; null where nothing is near. */
function meantBy(word, vocabulary, stop) {
  const known = new Set(vocabulary);
  for (let place = 3; place <= word.length - 3; place++) {
    const [head, tail] = [word.slice(0, place), word.slice(place)];
    if (known.has(head) && known.has(tail) && !stop.has(head)) return [head, tail];
  }
  if (word.length > 3) {
    const begun = vocabulary.filter((other) => other.startsWith(word));
    if (begun.length) return [begun.reduce((one, other) => (other.length < one.length ? other : one))];
  }
  const most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  let [best, least] = [null, most + 1];
  for (const other of vocabulary) {
    if (Math.abs(other.length - word.length) > most) continue;
    const away = distance(word, other, least) + (other[0] === word[0] ? 0 : 0.5);
    if (word.length < 4 && other.length !== word.length + 1) continue; // a letter of so few is another word
    if (away < least && !/\d/.test(other)) [best, least] = [other, away];
  }
  return best && least <= Math.max(1, word.length / 3) ? [best] : null;
}

/** How many letters are wrong, missing, too many, or changed places with the next; `enough` where it is as many. */
function distance(one, other, enough) {
  let [before, last] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    const now = [i];
    for (let j = 1; j <= other.length; j++) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + wrong);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        now[j] = Math.min(now[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...now) >= enough) return enough;
    [before, last] = [last, now];
  }
  return last[other.length];
}
