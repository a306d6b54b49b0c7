/*
 * The list of results where there are too many incidents for one page: the rows of the pages of years or months, which
 * are fetched once something is chosen, and those of incidents of no year, which the page holds in its template.
 */

const MAX_ROWS = 200; // for one answer

/** A count as the pages write it: `12,000`. */
const grouped = new Intl.NumberFormat("en").format;

/**
 * The list of index.js, newest first.
 * @param {HTMLElement} main  with the table of years or months, each of which links to its page
 * @param {(root: ParentNode, boxes?: HTMLInputElement[]) => { row: HTMLElement, incident: any }[]} rowsIn
 *   reads rows; `boxes` are the checkboxes that the rows number, unless they are those of this page
 */
export async function read(main, rowsIn) {
  const links = spans(main);
  const fetches = await Promise.all(links.map((link) => fetched(link.href, rowsIn)));
  const [section] = main.querySelector("template").content.cloneNode(true).children;
  const unknown = section.querySelector("h2 span").textContent;
  const named = (rows, name) => rows.map((each) => ({ ...each, part: each.incident.month ? name : unknown }));
  const rows = [
    ...named(rowsIn(section), unknown),
    ...fetches.flatMap((found, place) => named(found, links[place].textContent)),
  ];
  section.querySelector(".pm-list").replaceChildren();
  rows.sort(({ part: one }, { part: other }) => Number(one === unknown) - Number(other === unknown)); // they come last
  const byPart = Map.groupBy(rows, ({ part }) => part);
  return { incidents: rows.map(({ incident }) => incident), show: (found) => show(found, byPart, main, section) };
}

/** The links to the pages that hold the rows of a list. */
const spans = (list) => [...list.querySelectorAll("tbody th a")];

/** @returns the rows of a page, or those of its months where they have pages; their links lead where they lead there */
async function fetched(address, rowsIn) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const list = page.querySelector("#list");
  for (const to of list.querySelectorAll("a[href]")) to.href = new URL(to.getAttribute("href"), reply.url).href;
  if (list.querySelector("template")) {
    return (await Promise.all(spans(list).map((link) => fetched(link.href, rowsIn)))).flat();
  }
  return rowsIn(list, [...page.querySelectorAll("#filters [type=checkbox]")]);
}

/** Lists what is found in place of the table, and says how many; null brings the table back. */
function show(found, byPart, main, section) {
  main.querySelector(".pm-byyear").hidden = Boolean(found);
  main.querySelector(".pm-results").hidden = !found?.size;
  const parts = main.querySelector(".pm-parts");
  parts.replaceChildren();
  if (!found) return "";
  let [room, total] = [MAX_ROWS, 0];
  for (const [name, rows] of byPart) {
    total += rows.length;
    const matches = rows.filter(({ incident }) => found.has(incident));
    if (!matches.length || !room) continue;
    const part = section.cloneNode(true);
    const [title, note] = part.querySelectorAll("h2 span");
    title.textContent = name;
    note.textContent = `${grouped(matches.length)} of ${grouped(rows.length)}`;
    const shown = matches.slice(0, room);
    shown.forEach(({ row, incident }, place) => {
      const isAgain = incident.month === shown[place - 1]?.incident.month;
      row.querySelector("time > b")?.classList.toggle("is-again", isAgain);
    });
    part.querySelector(".pm-list").replaceChildren(...shown.map(({ row }) => row));
    parts.append(part);
    room -= shown.length;
  }
  const rest = found.size - MAX_ROWS;
  const words =
    rest > 0
      ? `Showing the newest ${MAX_ROWS}; ${grouped(rest)} more match. Add filters or open a page of the table.`
      : "";
  main.querySelector(".pm-rest").textContent = words;
  return `${grouped(found.size)} of ${grouped(total)}${rest > 0 ? `, ${MAX_ROWS} shown` : ""}`;
}
