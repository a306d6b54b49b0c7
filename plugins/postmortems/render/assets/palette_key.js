/*
 * Opens the palette of commands with Ctrl K or ⌘K, which is loaded then, and the index with it. A slash leads to the box
 * of the search, as in the theme.
 */
(() => {
  "use strict";

  const { src } = /** @type {any} */ (document.currentScript);

  /** Takes a key for the search, unless somebody is writing. */
  function search(event) {
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const fields = document.querySelectorAll("form[role=search] input[name=q]");
    const field = [...fields].reverse().find((field) => field.checkVisibility());
    if (!field) return;
    event.preventDefault();
    field.focus();
  }

  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    if (key === "/" && !ctrlKey && !metaKey && !altKey && !isComposing) return search(event);
    if (key.toLowerCase() !== "k" || ctrlKey === metaKey || altKey || shiftKey || isComposing) return;
    event.preventDefault();
    import(`${new URL("palette.js", src)}`).then(({ toggle }) => toggle());
  });
})();
