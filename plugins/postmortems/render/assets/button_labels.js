/*
 * A workaround for Material 9.8: its script puts a <nav> without a name above every block of code that can be copied,
 * and a screen reader offers all of them as landmarks that nobody can tell apart. They are a button or two, which have
 * names.
 */
document$.subscribe(() => {
  for (const buttons of document.querySelectorAll(".md-code__nav")) buttons.setAttribute("role", "presentation");
});
