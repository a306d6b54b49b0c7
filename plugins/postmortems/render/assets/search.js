/*
 * A workaround for Material 9.8. Its script asks for the whole search index whenever a page opens, and hardly a reader
 * searches: with 2,000 postmortems that is 1.1 MB, ten times all else. This script runs before the theme's and makes
 * that one request wait until somebody turns to the search, or comes from it to words that the theme marks. Where the
 * theme asks in another way, nothing waits, and search works as the theme has it. It waits for a Material that asks
 * later.
 */
(() => {
  "use strict";

  const { prototype } = XMLHttpRequest;
  const { open } = prototype;
  let search;
  const searched = new Promise((resolve) => (search = resolve));

  function waiting(method, url, ...others) {
    open.call(this, method, url, ...others);
    if (!new URL(url, location.href).pathname.endsWith("/search/search_index.json")) return;
    leave();
    // On the request itself, above that of all requests. It has been taken back if it is no longer open.
    this.send = () => searched.then(() => this.readyState === XMLHttpRequest.OPENED && prototype.send.call(this));
  }

  /** Requests are as they were, once that of the theme has been made or will not be. */
  function leave() {
    if (prototype.open === waiting) prototype.open = open;
  }

  /** Words to mark, in an address that search has led to. */
  function follow(url) {
    if (url.searchParams.get("h")) search();
  }

  // Every way to the search goes by its field or its switch: a click, a key, the icon on a phone, `?q=` in the address.
  for (const event of ["focusin", "change"]) {
    document.addEventListener(event, ({ target }) => {
      if (target.closest("[data-md-component=search-query], [data-md-toggle=search]")) search();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    leave();
    follow(new URL(location.href));
    // Pages that are loaded without a reload.
    window.location$?.subscribe(follow);
  });

  prototype.open = waiting;
})();
