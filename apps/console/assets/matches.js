/** Looks for known children beside the form of a call, shortly after the last key. */
const AFTER_MS = 600;
/** What tells one child, household or caller from another. */
const TELLING =
  /^\/children\/\d+\/(firstName|lastName|nhsNumber|upn|address\/postcode|dateOfBirth#\w+)$|^\/referrer\/phone$/;

export function lookForMatches(place) {
  const form = place.closest('form');
  const [status, list] = [place.querySelector('[data-status]'), place.querySelector('[data-list]')];
  let timer = null;
  let asked = null;
  const look = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const response = await fetch(place.dataset.matches, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(new FormData(form)).toString(),
        redirect: 'manual',
        signal: asked.signal,
      });
      if (response.status !== 200) return;
      const found = document.createElement('template');
      found.innerHTML = await response.text();
      const said = found.content.querySelector('[data-said]').textContent;
      if (status.textContent !== said) status.textContent = said;
      list.replaceChildren(found.content);
    } catch {
      // What was found before stays. The button of the form looks again.
    }
  };
  form.addEventListener('input', ({ target }) => {
    if (!TELLING.test(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, AFTER_MS);
  });
}
