"use strict";
// Tables can be sorted by their headings and filtered; without this they are only longer.

function key(row, place) {
  const cell = row.cells[place];
  const value = cell.dataset.value ?? cell.textContent.trim();
  if (value === "") return null;
  return cell.closest("table").tHead.rows[0].cells[place].dataset.sort === "number"
    ? Number(value) : value;
}

function compare(one, other) {
  return typeof one === "number" ? one - other : one.localeCompare(other, undefined, { numeric: true });
}

function sort(heading) {
  const table = heading.closest("table"), place = heading.cellIndex;
  const numbers = heading.dataset.sort === "number";
  const now = heading.getAttribute("aria-sort");
  // Of numbers the greatest come first: they are what is looked for.
  const falling = now === "none" ? numbers : now === "ascending";
  for (const other of table.tHead.rows[0].cells) {
    if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
  }
  heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [key(row, place), row]);
  rows.sort(([a], [b]) => {
    if (a === null || b === null) return (a === null) - (b === null);  // nothing comes last
    return falling ? compare(b, a) : compare(a, b);
  });
  body.append(...rows.map(([, row]) => row));
}

function sortable(table) {
  for (const heading of table.tHead.rows[0].cells) {
    if (!heading.dataset.sort) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading));
    heading.append(button);
    heading.setAttribute("aria-sort", heading.dataset.sorted ?? "none");
  }
}

function filterable(controls) {
  const table = document.getElementById(controls.dataset.filters);
  const words = controls.querySelector("input"), flag = controls.querySelector("select");
  const said = controls.querySelector("output");
  const rows = Array.from(table.tBodies[0].rows, (row) => [row, row.cells[0].textContent.toLowerCase()]);
  const update = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      const flags = (row.dataset.flags ?? "").split(" ");
      row.hidden = !wanted.every((word) => text.includes(word))
        || (flag !== null && flag.value !== "" && !flags.includes(flag.value));
      shown += !row.hidden;
    }
    said.value = `${shown} of ${rows.length} shown`;
  };
  for (const one of [words, flag]) one?.addEventListener("input", update);
  controls.hidden = false;
  update();
}

document.querySelectorAll("table.sortable").forEach(sortable);
document.querySelectorAll(".controls").forEach(filterable);

// On paper nothing can be unfolded.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = Array.from(document.querySelectorAll("details:not([open])"));
  unfolded.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => unfolded.forEach((one) => { one.open = false; }));

// A link to something that is folded unfolds it.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
addEventListener("hashchange", unfold);
unfold();
