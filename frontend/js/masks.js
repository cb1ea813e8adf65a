// What was uncovered covers itself again after a minute, and when the page is left.
import { all, fill, ready } from "./dom.js";

function cover(shown) {
  const again = document.createElement("span");
  again.className = "mask";
  again.textContent = shown.dataset.masked;
  shown.replaceWith(again);
}

function watch(shown) {
  if (shown.dataset.watched) return;
  shown.dataset.watched = "1";
  let left = Number(shown.dataset.remask) || 60;
  const said = shown.querySelector("[data-left]");
  const timer = window.setInterval(() => {
    left -= 1;
    if (said) said.textContent = fill(said.dataset.left, { n: Math.max(left, 0) });
    if (left > 0 && shown.isConnected) return;
    window.clearInterval(timer);
    if (shown.isConnected) cover(shown);
  }, 1000);
}

ready((root) => all("[data-remask]", root).forEach(watch));
window.addEventListener("pagehide", () => all("[data-remask]").forEach(cover));
