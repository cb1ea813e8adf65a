// The working map and the list move each other; arrow keys walk the lots, Enter opens the file.
import { all, on, ready } from "./dom.js";

const maps = () => all("[data-map]");
const lots = (map) => all("[data-lot]", map);
// A row's household stands in the address of its file.
const pkOf = (link) => /households\/(\d+)\//.exec(link?.getAttribute("href") ?? "")?.[1];
const pks = (lot) => (lot.dataset.pks ?? "").split(" ").filter(Boolean);
const rowsOf = (lot) => all(".tbl .row-link").filter((link) => pks(lot).includes(pkOf(link))).map((link) => link.closest("tr"));
const lotOf = (map, row) => lots(map).find((lot) => pks(lot).includes(pkOf(row.querySelector(".row-link"))));

function mark(map, lot, chosen) {
  map.querySelector("[data-sel]").setAttribute("d", lot?.querySelector(".lot").getAttribute("d") ?? "");
  for (const row of all("tr.on-map")) row.classList.remove("on-map");
  if (!lot) return;
  const isLink = pks(lot).length > 0;
  for (const row of rowsOf(lot)) row.classList.add("on-map");
  map.querySelector("[data-lot-text]").textContent = [lot.getAttribute("aria-label"), lot.dataset.code].filter(Boolean).join(" · ");
  const open = map.querySelector("[data-lot-open]");
  open.hidden = !isLink;
  if (isLink) open.href = lot.getAttribute("href");
  // Only of a lot that stays chosen: the pointer passes over others on its way to the links.
  if (chosen) {
    for (const change of all("[data-lot-change]", map)) {
      change.hidden = false;
      for (const link of all("[data-to]", change)) link.href = link.dataset.to.replace("/0/", `/${lot.dataset.parcel}/`);
    }
    for (const one of lots(map)) one.setAttribute("tabindex", one === lot ? "0" : "-1");
    map.dataset.chosen = "";
    rowsOf(lot)[0]?.scrollIntoView({ block: "nearest" });
  }
}

// The lot that lies next in a direction: near, and not much to the side.
function next(map, from, dx, dy) {
  const at = (lot) => [Number(lot.dataset.x), Number(lot.dataset.y)];
  const [x, y] = at(from);
  let best, least = Infinity;
  for (const lot of lots(map)) {
    const [u, v] = [at(lot)[0] - x, at(lot)[1] - y];
    const ahead = u * dx + v * dy;
    const aside = Math.abs(u * dy) + Math.abs(v * dx);
    if (lot !== from && ahead > 0.5 && aside <= ahead * 2 && ahead + aside * 2 < least) [best, least] = [lot, ahead + aside * 2];
  }
  return best;
}

const chosenLot = (map) => lots(map).find((lot) => lot.getAttribute("tabindex") === "0" && map.dataset.chosen !== undefined);
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

on("keydown", "[data-lot]", (event, lot) => {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  next(lot.closest("[data-map]"), lot, ...step)?.focus();
});
on("focusin", "[data-lot]", (event, lot) => mark(lot.closest("[data-map]"), lot, true));
on("mouseover", "[data-lot]", (event, lot) => mark(lot.closest("[data-map]"), lot, false));
on("click", "[data-lot]", (event, lot) => {
  // The first press shows whose it is, on a phone as with a mouse; the link below opens the file.
  if (event.detail === 0 || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  lot.focus({ preventScroll: true });
  mark(lot.closest("[data-map]"), lot, true);
});
const fromRow = (chosen) => (event, row) => {
  for (const map of maps()) {
    const lot = lotOf(map, row);
    if (lot) mark(map, lot, chosen);
  }
};
on("mouseover", ".tbl-rows tbody tr", fromRow(false));
on("focusin", ".tbl-rows tbody tr", fromRow(true));
document.addEventListener("mouseout", (event) => {
  const left = event.target instanceof Element && event.target.closest("[data-lot], .tbl-rows tbody tr");
  if (!left || left.contains(event.relatedTarget)) return;
  for (const map of maps()) if (chosenLot(map)) mark(map, chosenLot(map), false);
});
ready((root) => {
  for (const map of all("[data-map]", root)) lots(map).forEach((lot, n) => lot.setAttribute("tabindex", n ? "-1" : "0"));
});
