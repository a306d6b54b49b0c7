/*
 * A workaround for Material 9.8 with navigation.instant. It assigns to `href` of every element that has one, and the
 * `href` of links and shapes in an SVG cannot be assigned: the error would end the loading of pages for good. Here such
 * an assignment does nothing. It waits for a Material that leaves SVG alone.
 */
for (const { prototype } of [SVGAElement, SVGUseElement]) {
  const { get } = Object.getOwnPropertyDescriptor(prototype, "href");
  Object.defineProperty(prototype, "href", { get, set() {}, configurable: true, enumerable: true });
}
