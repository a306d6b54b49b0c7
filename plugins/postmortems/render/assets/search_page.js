/*
 * The search page: `?q=` in the address, or what is typed. Patterns first, with what helps now, then incidents, then
 * other pages. The page itself holds the box and all patterns; this script shows those that answer, and adds the rest.
 * What it asks with is in search_words.js, the indexes in search_pagefind.js and search_material.js.
 *
 * The theme runs this anew whenever it has put such a page in place (navigation.instant), so nothing in it outlives
 * its page.
 */
(async () => {
  "use strict";

  const page = document.querySelector(".pm-searchpage");
  if (!page) return;
  const { src } = /** @type {any} */ (document.currentScript);
  /** @returns {any} */
  const first = (selector, within = page) => within.querySelector(selector);
  const form = first("form.pm-search");
  const field = form.elements.q;
  const said = first("[role=status]");

  if (location.protocol === "file:") {
    said.textContent = "Search needs a web server: a browser loads no index from a file. Start from what you see:";
    return;
  }

  const [{ draw }, { understood }, engine] = await Promise.all([
    import(new URL("search_hits.js", src).href),
    import(new URL("search_words.js", src).href),
    import(new URL(`search_${page.dataset.engine}.js`, src).href),
  ]);
  const settings = JSON.parse(first("#pm-search-words").content.textContent);
  const root = new URL(page.dataset.root, location.href).href;
  const index = engine.open(root, page.dataset);

  let last = 0;
  let timer = 0;

  /** Asks what the address says, and shows the answers, unless something else has been asked since. */
  async function follow() {
    const asked = new URLSearchParams(location.search);
    const text = (asked.get("q") ?? "").trim();
    const number = ++last;
    if (field.value.trim() !== text) field.value = text;
    if (text.length < 2) return draw(page, null, asked, text ? "Type at least two letters." : "");
    page.setAttribute("aria-busy", "true");
    try {
      const question = await understood(text, settings, index);
      const answers = await index.answers(question);
      if (number === last) await draw(page, { text, question, answers, index, settings }, asked);
    } catch (error) {
      console.error(error);
      if (number === last) draw(page, null, asked, `Search does not work here: ${error.message}`);
    }
    if (number === last) page.removeAttribute("aria-busy");
  }

  /** Puts what is asked into the address. Typing on replaces it, so that *back* leads out of the page. */
  function ask(changes, how = "pushState") {
    const asked = new URLSearchParams(location.search);
    for (const [name, values] of Object.entries(changes)) {
      asked.delete(name);
      for (const value of [values].flat()) if (value) asked.append(name, value);
    }
    history[how](history.state, "", `${location.pathname}?${asked}`);
    follow();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask({ q: field.value.trim(), shown: [] });
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask({ q: field.value.trim(), shown: [] }, "replaceState"), 200);
  });
  page.addEventListener("change", ({ target }) => {
    if (!target.name || target.closest("form") !== first("form.pm-facets")) return;
    const values = [...page.querySelectorAll(`.pm-facets [name="${target.name}"]:checked`)].map(({ value }) => value);
    ask({ [target.name]: values, shown: [] });
  });
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(Object.fromEntries(new URL(link.href).searchParams));
  });
  const back = () => page.isConnected && follow();
  addEventListener("popstate", back);

  first("form.pm-facets").addEventListener("submit", (event) => event.preventDefault());
  // On a slow line somebody may have typed before this script was there.
  const typed = field.value.trim();
  const isAsked = typed === (new URLSearchParams(location.search).get("q") ?? "").trim();
  if (typed && !isAsked) ask({ q: typed, shown: [] }, "replaceState");
  else await follow();
  if (!field.value) field.focus();
})();
