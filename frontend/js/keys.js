// `/` goes to search, `?` opens the help, Esc shuts what hangs open.
const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "?") {
    const help = document.getElementById("help-keys");
    if (help instanceof HTMLDialogElement && !help.open) {
      event.preventDefault();
      help.showModal();
    }
  }
});
