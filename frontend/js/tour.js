// The tour: what somebody does on one screen shows on the other at once. Without this, each screen has its own button.
const frames = () => [...document.querySelectorAll(".tour-screens iframe")];

function watch(frame) {
  const inside = frame.contentDocument;
  if (!inside?.body || inside.body.dataset.watched) return;
  inside.body.dataset.watched = "1";
  inside.addEventListener("submit", (event) => {
    if (event.target.method === "post") frame.dataset.changing = "1";
  });
  inside.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb !== "get") told(frame);
  });
}

function told(frame) {
  delete frame.dataset.changing;
  document.querySelector(".tour-try")?.classList.add("tried");
  for (const other of frames()) if (other !== frame) other.contentWindow.location.reload();
}

for (const frame of frames()) {
  frame.addEventListener("load", () => {
    if (frame.dataset.changing) told(frame);
    watch(frame);
  });
  watch(frame);
}
