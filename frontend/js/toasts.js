// What was done, with a way back for ten seconds; stays while the pointer or the keyboard is on it.
import { all, clone, on, ready } from "./dom.js";

const STAYS = 10;

function watch(toast) {
  if (toast.dataset.watched) return;
  toast.dataset.watched = "1";
  const count = toast.querySelector("[data-count]");
  let left = STAYS;
  const timer = window.setInterval(() => {
    if (!toast.isConnected) return window.clearInterval(timer);
    if (toast.matches(":hover, :focus-within") || document.hidden) return;
    left -= 1;
    if (count) count.textContent = String(Math.max(left, 0));
    if (left <= 0) toast.remove();
  }, 1000);
}

ready((root) => all(".toasts > .toast0", root).forEach(watch));
on("click", ".toasts .shut", (event, button) => button.closest(".toast0").remove());

// A part may say it by a header: HX-Trigger: {"heli:toast": {"text": "…", "undo": "/…"}}
document.addEventListener("heli:toast", (event) => {
  const { text, undo } = event.detail;
  const toast = clone("t-toast");
  const place = document.getElementById("toasts");
  if (!toast || !place) return;
  toast.querySelector("[data-text]").textContent = text;
  const form = toast.querySelector("form");
  if (undo && undo.startsWith("/") && !undo.startsWith("//")) form.action = undo;
  else form.remove();
  place.append(toast);
  watch(toast);
});
