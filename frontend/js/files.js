// A chosen or dropped file is sent at once; how far it got is said, and what to do when it did not arrive.
import { all, on } from "./dom.js";

function take(area, files) {
  const input = area.querySelector('input[type="file"]');
  if (!input || !files.length) return;
  const some = new DataTransfer();
  for (const file of input.multiple ? files : [files[0]]) some.items.add(file);
  input.files = some.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const type of ["dragenter", "dragover"]) {
  on(type, "[data-drop]", (event, area) => {
    event.preventDefault();
    area.classList.add("over");
  });
}
on("dragleave", "[data-drop]", (event, area) => {
  if (!area.contains(event.relatedTarget)) area.classList.remove("over");
});
on("drop", "[data-drop]", (event, area) => {
  event.preventDefault();
  area.classList.remove("over");
  take(area, [...event.dataTransfer.files]);
});
// A file dropped beside the field must not replace the page.
for (const type of ["dragover", "drop"]) {
  window.addEventListener(type, (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}

on("change", '[data-drop] input[type="file"]', (event, input) => {
  const area = input.closest("[data-drop]");
  const names = [...input.files].map((file) => file.name).join("、");
  for (const place of all("[data-file-name]", area)) place.textContent = names;
  if (input.files.length && input.form && area.hasAttribute("data-now")) input.form.requestSubmit();
});
// Files that were chosen before it was said what they are go as soon as it is.
on("change", "[data-drop][data-now] select[required]", (event, choice) => {
  const input = choice.form?.querySelector('input[type="file"]');
  if (choice.value && input?.files.length) choice.form.requestSubmit();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress[data-upload]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
});
