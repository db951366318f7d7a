"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const numeric = head.classList.contains("number");
      const value = (row) => row.cells[column].textContent.trim();
      const order = (a, b) =>
        numeric
          ? Number(value(a).replaceAll(",", "")) - Number(value(b).replaceAll(",", ""))
          : value(a).localeCompare(value(b), "en");
      [...body.rows]
        .map((row, place) => [row, place])
        .sort((a, b) => (up ? order(a[0], b[0]) : order(b[0], a[0])) || a[1] - b[1])
        .forEach(([row]) => body.append(row));
    });
  });
}
