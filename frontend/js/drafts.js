// What one has written outlives a reload (a phone's camera may end the page). Kept in this tab only; signing out clears it.
import { all, on, ready } from "./dom.js";

const key = (form) => `heli:draft:${form.dataset.draft}`;
const fields = (form) => all("textarea, input, select", form).filter((one) => one.name && !/^(hidden|password|file|submit)$/.test(one.type));

function read(form) {
  return fields(form)
    .filter((one) => !/^(radio|checkbox)$/.test(one.type) || one.checked)
    .map((one) => [one.name, one.value]);
}

function restore(form, pairs) {
  for (const one of fields(form)) {
    const values = pairs.filter(([name]) => name === one.name).map(([, value]) => value);
    if (!values.length) continue;
    if (/^(radio|checkbox)$/.test(one.type)) one.checked = values.includes(one.value);
    else if (!one.value) one.value = values[0];
  }
}

function keep(form) {
  try {
    sessionStorage.setItem(key(form), JSON.stringify(read(form)));
  } catch {
    // private windows may refuse; the page still works
  }
}

on("input", "form[data-draft]", (event, form) => keep(form));
on("change", "form[data-draft]", (event, form) => keep(form));

ready((root) => {
  const here = all("form[data-draft]", root);
  for (const form of here) {
    const kept = sessionStorage.getItem(key(form));
    if (kept) restore(form, JSON.parse(kept));
  }
});
// Arrived on a page that says so: the draft has become a record.
ready((root) => {
  for (const done of all("[data-draft-done]", root)) sessionStorage.removeItem(`heli:draft:${done.dataset.draftDone}`);
});
on("submit", "form[data-leaves]", () => sessionStorage.clear());
