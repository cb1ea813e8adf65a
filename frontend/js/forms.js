// A form goes once, however often it is pressed; the first mistake is where the eyes go.
import { all, on, ready } from "./dom.js";

const AGAIN_AFTER = 8000;
const SETTLED = 500; // a second tap meant for the page before must not answer this one

function hold(form, submitter) {
  form.dataset.sent = "1";
  form.classList.add("busy");
  form.setAttribute("aria-busy", "true");
  submitter?.setAttribute("aria-disabled", "true");
}

function release(form) {
  delete form.dataset.sent;
  form.classList.remove("busy");
  form.removeAttribute("aria-busy");
  for (const button of all('[aria-disabled="true"]', form)) button.removeAttribute("aria-disabled");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[data-display]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    hold(form, event.submitter);
    window.setTimeout(() => release(form), AGAIN_AFTER);
  },
  true,
);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) release(form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) all("form[data-sent]").forEach(release);
});

ready((root) => {
  const early = all("[data-settle] button", root);
  early.forEach((button) => (button.disabled = true));
  window.setTimeout(() => early.forEach((button) => (button.disabled = false)), SETTLED);
});

ready((root) => {
  const wrong = all(".is-invalid", root).map((one) => (one.matches("input, select, textarea") ? one : one.querySelector("input, select, textarea")));
  wrong.find(Boolean)?.focus({ preventScroll: false });
});

// Six digits: only digits, and off it goes when they are all there.
on("input", "[data-digits]", (event, field) => {
  const wanted = Number(field.dataset.digits);
  field.value = field.value.normalize("NFKC").replace(/\D/g, "").slice(0, wanted);
  if (field.value.length === wanted && field.hasAttribute("data-go")) field.form?.requestSubmit();
});
