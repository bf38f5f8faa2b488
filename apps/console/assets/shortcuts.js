/**
 * Single keys for a person who switched them on. Never while the person types, nor with a modifier: those are
 * the browser's.
 */
const ACTS = {
  'next-row': () => moveBy(1),
  'previous-row': () => moveBy(-1),
  open: () => document.activeElement?.closest('[data-row]')?.querySelector('a')?.click(),
  'take-next': () => document.querySelector('[data-shortcut="next"]')?.click(),
  search: () => location.assign('/search'),
  queue: () => location.assign('/queue'),
  help: () => location.assign('/help'),
};

export function listenForKeys() {
  const { shortcuts } = document.body.dataset;
  if (shortcuts === undefined) return;
  const keys = Object.entries(JSON.parse(shortcuts));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog') !== null) return;
    const found = keys.find(([, key]) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    ACTS[found[0]]?.();
  });
}

function moveBy(step) {
  const rows = [...document.querySelectorAll('[data-row] th a')];
  const now = rows.findIndex((link) => link === document.activeElement);
  rows[Math.min(Math.max(now === -1 ? 0 : now + step, 0), rows.length - 1)]?.focus();
}
