// The officer's choice: the button says whom it will ask.
import { on } from "./dom.js";

on("change", 'input[name="helper"][form="approve"]', (event, input) => {
  const button = document.querySelector("#approve [data-approve-label]");
  if (button) button.textContent = `${button.dataset.approveLabel}${document.documentElement.lang === "en" ? " " : ""}${input.dataset.name}`;
});
