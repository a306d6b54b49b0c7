/*
 * The list of results where there are too many incidents for one page: the rows of the years' pages, which are fetched
 * once something is chosen, and those of incidents of no year, which the page holds in its template.
 */

const MAX_ROWS = 200; // for one answer

/**
 * The list of index.js, newest first.
 * @param {HTMLElement} main  with the table of years, each of which links to its page
 * @param {(root: ParentNode, boxes?: HTMLInputElement[]) => { row: HTMLElement, incident: any }[]} rowsIn
 *   reads rows; `boxes` are the checkboxes that the rows number, unless they are those of this page
 */
export async function read(main, rowsIn) {
  const years = await Promise.all([...main.querySelectorAll("tbody th a")].map((link) => fetched(link, rowsIn)));
  const [section] = main.querySelector("template").content.cloneNode(true).children;
  const rows = [...rowsIn(section), ...years.flat()];
  section.querySelector(".pm-list").replaceChildren();
  rows.sort(({ incident: one }, { incident: other }) => Number(!one.month) - Number(!other.month)); // unknown days last
  const byYear = Map.groupBy(rows, ({ incident }) => incident.month.slice(0, 4) || "Year unknown");
  return { incidents: rows.map(({ incident }) => incident), show: (found) => show(found, byYear, main, section) };
}

/** @returns the rows of the page of a year; their links lead where they lead there */
async function fetched(link, rowsIn) {
  const reply = await fetch(link.href);
  if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const list = page.querySelector("#list");
  for (const to of list.querySelectorAll("a[href]")) to.href = new URL(to.getAttribute("href"), reply.url).href;
  return rowsIn(list, [...page.querySelectorAll("#filters [type=checkbox]")]);
}

/** Lists what is found in place of the table of years, and says how many; null brings the table back. */
function show(found, byYear, main, section) {
  main.querySelector(".pm-byyear").hidden = Boolean(found);
  main.querySelector(".pm-results").hidden = !found?.size;
  const parts = main.querySelector(".pm-parts");
  parts.replaceChildren();
  if (!found) return "";
  let [room, total] = [MAX_ROWS, 0];
  for (const [name, rows] of byYear) {
    total += rows.length;
    const matches = rows.filter(({ incident }) => found.has(incident));
    if (!matches.length || !room) continue;
    const part = section.cloneNode(true);
    const [title, note] = part.querySelectorAll("h2 span");
    title.textContent = name;
    note.textContent = `${matches.length} of ${rows.length}`;
    const shown = matches.slice(0, room);
    shown.forEach(({ row, incident }, place) => {
      const isAgain = incident.month === shown[place - 1]?.incident.month;
      row.querySelector(".pm-row__month")?.classList.toggle("pm-row__month--again", isAgain);
    });
    part.querySelector(".pm-list").replaceChildren(...shown.map(({ row }) => row));
    parts.append(part);
    room -= shown.length;
  }
  const rest = found.size - MAX_ROWS;
  const words = rest > 0 ? `Showing the newest ${MAX_ROWS}; ${rest} more match. Add filters or open a year.` : "";
  main.querySelector(".pm-rest").textContent = words;
  return `${found.size} of ${total}${rest > 0 ? `, ${MAX_ROWS} shown` : ""}`;
}
