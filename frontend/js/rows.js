// Choosing rows: how many, this page or all that match; the server counts again by the query, never by what is seen.
import { all, fill, on, ready } from "./dom.js";

const boxes = (form) => all('.ck input[type="checkbox"]:not([data-all])', form);

function count(form) {
  const chosen = boxes(form).filter((box) => box.checked).length;
  const matching = form.querySelector('input[name="all_matching"]');
  const everything = matching?.value === "1";
  const n = everything ? form.dataset.total : chosen;
  const head = form.querySelector(".ck input[data-all]");
  if (head) {
    head.checked = everything || (chosen > 0 && chosen === boxes(form).length);
    head.indeterminate = !everything && chosen > 0 && !head.checked;
  }
  const band = form.querySelector(".bulk");
  if (band) band.hidden = !everything && chosen === 0;
  for (const place of all("[data-chosen]", form)) place.textContent = fill(place.dataset.chosen, { n });
  for (const button of all("[data-all-matching]", form)) {
    button.hidden = everything || !(Number(form.dataset.total) > boxes(form).length);
  }
}

function setAll(form, checked) {
  for (const box of boxes(form)) box.checked = checked;
}

function setMatching(form, value) {
  const field = form.querySelector('input[name="all_matching"]');
  if (field) field.value = value;
}

on("change", "form[data-rows] .ck input", (event, box) => {
  const form = box.form;
  if (box.hasAttribute("data-all")) setAll(form, box.checked);
  setMatching(form, "");
  count(form);
});
on("click", "form[data-rows] [data-all-matching]", (event, button) => {
  event.preventDefault();
  const form = button.closest("form");
  setAll(form, true);
  setMatching(form, "1");
  count(form);
});
on("click", "form[data-rows] [data-none]", (event, button) => {
  event.preventDefault();
  const form = button.closest("form");
  setAll(form, false);
  setMatching(form, "");
  count(form);
});
// Shift takes the rows between.
let last = null;
on("click", "form[data-rows] .ck input:not([data-all])", (event, box) => {
  const rows = boxes(box.form);
  if (event.shiftKey && last && rows.includes(last)) {
    const [from, to] = [rows.indexOf(last), rows.indexOf(box)].sort((a, b) => a - b);
    for (const one of rows.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
});
ready((root) => {
  all("form[data-rows]", root).forEach(count);
  const around = root.closest?.("form[data-rows]");
  if (around) count(around);
});
