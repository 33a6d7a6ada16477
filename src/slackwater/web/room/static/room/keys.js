/** One-letter shortcuts. Each only opens a sheet: no single key writes anything. */

export function shortcuts(sheets) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const open = sheets[event.key.toLowerCase()];
    if (!open) return;
    event.preventDefault();
    open();
  });
}
