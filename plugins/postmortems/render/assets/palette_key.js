/* Opens the palette of commands with Ctrl K or ⌘K. It is loaded then, and the index with it. */
(() => {
  "use strict";

  const { src } = /** @type {any} */ (document.currentScript);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    if (key.toLowerCase() !== "k" || ctrlKey === metaKey || altKey || shiftKey || isComposing) return;
    event.preventDefault();
    import(`${new URL("palette.js", src)}`).then(({ toggle }) => toggle());
  });
})();
