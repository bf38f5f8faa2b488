import { CharacterCount, initAll } from './govuk-frontend.min.js';
import { saveAsTyped } from './autosave.js';
import { keepClocks } from './clocks.js';
import { listen } from './live.js';
import { closeWhenLeft } from './more.js';
import { listenForKeys } from './shortcuts.js';
import { lookForMatches } from './matches.js';
import { warnBeforeTimeOut } from './time-out.js';

// As the server counts: an emoji is one character. In a text area a line's end is one already.
CharacterCount.prototype.updateCount = function () {
  this.count = [...this.$textarea.value].length;
};
initAll();
listen();
closeWhenLeft();
listenForKeys();
warnBeforeTimeOut();
keepClocks();
for (const form of document.querySelectorAll('[data-autosave]')) saveAsTyped(form);
for (const place of document.querySelectorAll('[data-matches]')) lookForMatches(place);

// What can be taken back for so long is offered for so long.
for (const offer of document.querySelectorAll('[data-gone-after]')) {
  const goneAt = Date.now() + Number(offer.dataset.goneAfter) * 1000;
  const left = offer.querySelector('[data-seconds]');
  const count = setInterval(() => {
    const seconds = Math.ceil((goneAt - Date.now()) / 1000);
    if (seconds > 0) return void (left.textContent = String(seconds));
    clearInterval(count);
    withdraw(offer);
  }, 1000);
}

/** In its place, so that nothing moves and the focus is not lost. */
function withdraw(offer) {
  const button = offer.querySelector('button');
  button.disabled = true;
  offer.querySelector('p').textContent = 'It can no longer be taken back.';
  if (document.activeElement === button) offer.focus();
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// Without TLS a browser lends no clipboard.
for (const button of navigator.clipboard === undefined ? [] : document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.nextElementSibling.textContent = 'Copied';
  });
}
