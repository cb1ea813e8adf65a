// Menus that hang open (<details class="pop">) shut when one looks elsewhere; dialogs open by their link.
import { all, on } from "./dom.js";

const open = () => all("details.pop[open], details.mask-w[open]");

document.addEventListener("click", (event) => {
  for (const one of open()) if (!one.contains(event.target)) one.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of open()) {
    one.open = false;
    one.querySelector("summary")?.focus();
  }
});

on("click", "[data-opens]", (event, link) => {
  const dialog = document.getElementById(link.dataset.opens);
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
});
on("click", "dialog [data-shuts]", (event, button) => {
  event.preventDefault();
  button.closest("dialog").close();
});
on("click", "[data-prints]", (event) => {
  event.preventDefault();
  window.print();
});
on("change", "[data-sends]", (event, field) => field.form?.requestSubmit());
