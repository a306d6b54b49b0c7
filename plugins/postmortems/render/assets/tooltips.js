/*
 * The titles of marks and clipped names as tooltips that a pointer, the keyboard and a finger reach. Without this script
 * the browser shows the same titles to a pointer alone.
 *
 * A finger's first tap on a mark shows its title, and the second follows the link. Links in the text are followed at the
 * first one. Escape closes.
 */
(() => {
  "use strict";

  const DELAY = 120; // milliseconds that a pointer rests before a tooltip comes, and has to reach it before it goes

  const tip = document.createElement("div");
  tip.className = "pm-tip";
  tip.id = "pm-tip";
  tip.role = "tooltip";
  tip.hidden = true;

  /** What is shown: its element, and how the browser gets the title back. */
  let shown = null;
  let timer;
  let pointer = "";

  const clear = () => clearTimeout(timer);

  /** The element around a node that has a title on one of our pages, with its text and what hides and restores it. */
  function titled(node) {
    const inside = node instanceof Element && node.closest(".pm");
    for (
      let element = inside ? node : null;
      element && element !== inside.parentElement;
      element = element.parentElement
    ) {
      if (element instanceof SVGElement) {
        const title = [...element.children].find((child) => child.localName === "title");
        const text = title?.textContent.trim();
        if (text && element.localName !== "svg") return { element, text, title };
      } else if (element.title.trim()) {
        return { element, text: element.title.trim() };
      }
    }
    return null;
  }

  function show(found) {
    clear();
    if (!found) return;
    hide();
    const { element, text, title } = found;
    const [first, ...others] = text.split("\n");
    const name = document.createElement(others.length ? "b" : "span");
    name.textContent = first;
    tip.replaceChildren(
      name,
      ...others.map((line) => Object.assign(document.createElement("span"), { textContent: line })),
    );
    if (title) {
      // The browser's own tooltip would be a second one. The title is the name of a mark, which keeps it.
      const hadName = element.hasAttribute("aria-label");
      if (!hadName) element.setAttribute("aria-label", text);
      const after = title.nextSibling;
      title.remove();
      shown = {
        element,
        restore() {
          element.insertBefore(title, after?.parentNode === element ? after : element.firstChild);
          if (!hadName) element.removeAttribute("aria-label");
        },
      };
    } else {
      const before = element.getAttribute("title");
      element.removeAttribute("title");
      element.setAttribute("aria-describedby", tip.id);
      shown = {
        element,
        restore() {
          element.setAttribute("title", before);
          element.removeAttribute("aria-describedby");
        },
      };
    }
    (document.querySelector("main") ?? document.body).append(tip);
    tip.hidden = false;
    place(element.getBoundingClientRect());
  }

  /** Above its element, or below where there is no room; never beyond the window. */
  function place(box) {
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = Math.min(
      Math.max(box.left + box.width / 2 - width / 2, 8),
      document.documentElement.clientWidth - width - 8,
    );
    const above = box.top - height - 6;
    const top = above >= 8 ? above : Math.min(box.bottom + 6, innerHeight - height - 8);
    tip.style.left = `${Math.max(left, 8)}px`;
    tip.style.top = `${Math.max(top, 8)}px`;
  }

  function hide() {
    clear();
    shown?.restore();
    shown = null;
    tip.hidden = true;
  }

  const isShown = (node) => node instanceof Node && (shown?.element.contains(node) || tip.contains(node));

  addEventListener("pointerdown", (event) => (pointer = event.pointerType), true);
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    if (isShown(target)) return clear();
    const found = titled(target);
    clear();
    timer = setTimeout(() => (found ? show(found) : hide()), DELAY);
  });
  document.documentElement.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && hide());
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches(":focus-visible") && !isShown(target)) show(titled(target));
  });
  document.addEventListener("focusout", hide);
  addEventListener("keydown", ({ key }) => key === "Escape" && hide(), true);
  addEventListener("scroll", hide, { capture: true, passive: true });
  addEventListener(
    "click",
    (event) => {
      const { target } = event;
      if (pointer !== "touch" || event.detail === 0) return;
      const found = titled(target);
      const isLink = target instanceof Element && target.closest("a") instanceof HTMLAnchorElement;
      if (!found || isLink) return isShown(target) || hide();
      event.preventDefault();
      event.stopPropagation();
      show(found);
    },
    true,
  );
  // Pages that are loaded without a reload.
  addEventListener("popstate", hide);
})();
