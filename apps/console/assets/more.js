/** Closes the open list of the navigation when a person presses Escape or goes on elsewhere. Without this it stays open. */
export function closeWhenLeft() {
  const more = document.querySelector('[data-more]');
  if (more === null) return;
  more.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !more.open) return;
    more.open = false;
    more.querySelector('summary').focus();
  });
  for (const leaves of ['focusin', 'click']) {
    document.addEventListener(leaves, ({ target }) => {
      if (!more.contains(target)) more.open = false;
    });
  }
}
