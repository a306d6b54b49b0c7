/*
 * A button beside each command of "Right now". Without it one click takes the whole command (`user-select: all`).
 * The clipboard is closed to pages that do not come over HTTPS, so the older way follows.
 *
 * The theme runs this again whenever it has put such a page in place (navigation.instant).
 */
(() => {
  "use strict";

  /** Select all of an element, as one click does. */
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  /** @returns {Promise<boolean>} */
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent.trim());
      return true;
    } catch {
      select(code);
      return document.execCommand("copy");
    }
  };

  for (const command of document.querySelectorAll(".pm-copy:not(:has(> button))")) {
    const code = command.querySelector("code");
    if (!code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pm-copy__do";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      button.textContent = (await copy(code)) ? "Copied" : "Selected";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    command.append(button);
  }
})();
