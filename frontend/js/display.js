// Light, dark or as the device says; big letters. The choice is a cookie, so that the server draws it at once next time.
import { all, on } from "./dom.js";

function remember(name, value) {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

function press(name, value) {
  for (const button of all(`button[name="${name}"]`)) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
}

on("submit", "form[data-display]", (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  remember(`heli_${button.name}`, button.value);
  if (button.name === "theme") {
    document.documentElement.dataset.bsTheme = button.value;
    press("theme", button.value);
    return;
  }
  document.body.classList.toggle("elder", button.value === "1");
  for (const one of all('button[name="elder"]')) {
    one.value = button.value === "1" && !one.hasAttribute("data-fixed") ? "0" : one.getAttribute("data-fixed") ?? "1";
    one.setAttribute("aria-pressed", String(document.body.classList.contains("elder")));
  }
});
