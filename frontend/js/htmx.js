// htmx under a strict content policy: no eval, no inline styles, no scripts in parts.
import htmx from "htmx.org";
import { clone } from "./dom.js";

window.htmx = htmx;
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages hold personal data; going back asks the server again
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "400|403|404|409|422|429", swap: true },
    { code: "...", swap: false, error: true },
  ],
});

const token = () => document.querySelector('meta[name="csrf-token"]')?.content;

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get" && token()) event.detail.headers["X-CSRFToken"] = token();
});

// A whole page where a part was asked for means that we were sent elsewhere, say to sign in: go there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, boosted, target } = event.detail;
  if (!boosted && target !== document.body && /^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    if (xhr.status < 400) window.location.assign(xhr.responseURL);
    else show("t-fault");
  }
});

// What went wrong is said where people look, with what is kept and what to do; the words stand in base.html.
function show(id) {
  const place = document.getElementById("problem");
  const words = clone(id);
  if (!place || !words) return;
  place.replaceChildren(words);
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => show("t-offline"));
document.addEventListener("htmx:timeout", () => show("t-offline"));
document.addEventListener("htmx:responseError", () => show("t-fault"));
document.addEventListener("htmx:beforeRequest", (event) => {
  const quiet = event.detail.requestConfig.verb === "get";
  if (!quiet) document.getElementById("problem")?.replaceChildren();
});
window.addEventListener("online", () => document.querySelector("#problem [data-offline]")?.remove());
