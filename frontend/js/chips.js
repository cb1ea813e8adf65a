// Many chips to choose among: a few letters leave those that fit; what is chosen stays in sight.
import { all, on } from "./dom.js";

on("input", "[data-chips]", (event, field) => {
  const words = field.value.trim().toLowerCase();
  for (const chip of all(".chip", field.closest("fieldset"))) {
    chip.hidden = !chip.textContent.toLowerCase().includes(words) && !chip.querySelector("input").checked;
  }
});
on("keydown", "[data-chips]", (event) => {
  if (event.key === "Enter") event.preventDefault(); // it looks for somebody, it does not save
});
