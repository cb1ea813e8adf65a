// Heli 合力: small habits on top of plain pages. Every form and link works without this file.
import "./js/htmx.js";
import "./js/display.js";
import "./js/keys.js";
import "./js/toasts.js";
import "./js/forms.js";
import "./js/files.js";
import "./js/chips.js";
import "./js/rows.js";
import "./js/lots.js";
import "./js/masks.js";
import "./js/popups.js";
import "./js/drafts.js";
import "./js/tour.js";

document.documentElement.classList.add("js");
import "./js/match.js";
