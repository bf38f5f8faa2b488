import { isActive } from './time-out.js';

/** Keeps what a person types: ten seconds after the first key, on leaving a field, and on leaving the page. */
const EVERY_MS = 10_000;
/** What takes longer was not saved. */
const LONGEST_MS = 10_000;
/** For so long sending waits for what is being saved. */
const WAITS_MS = 3_000;
const REFUSED = 'Not saved: you are signed out or the service is away. Copy what you wrote before you leave this page.';
const ELSEWHERE =
  'Not saved: this form was saved in another window, or sent, since you opened it here. Copy what you wrote here, then load this page again.';
const AWAY = 'Not saved, and not sent: the network is away. What you wrote is still on this page.';
const TIME = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hourCycle: 'h12' });

export function saveAsTyped(form) {
  const state = form.querySelector('[data-saved]');
  let saved = written(form);
  let timer = null;
  let saving = 0;
  let isSent = false;
  let hasWaited = false;

  const saveNow = async () => {
    clearTimeout(timer);
    timer = null;
    const now = written(form);
    // What has been sent is no draft any more.
    if (isSent || now === saved) return;
    saving += 1;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: now,
        keepalive: now.length < 60_000,
        redirect: 'manual',
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      if (response.status === 409 && !isSent) return say(ELSEWHERE);
      if (response.status !== 204) throw new Error(String(response.status));
      saved = now;
      isActive();
      say(`Saved at ${TIME.format().replace(' ', '')}.`);
    } catch {
      if (isSent) return;
      say(navigator.onLine ? REFUSED : AWAY);
      timer ??= setTimeout(save, EVERY_MS);
    } finally {
      saving -= 1;
    }
  };
  // One after the other: one that is late must not take the place of what was typed after it.
  let last = Promise.resolve();
  const save = () => (last = last.then(saveNow));
  const say = (words) => {
    if (state !== null) state.textContent = words;
  };

  form.addEventListener('input', () => {
    // Who types on was not taken anywhere by sending it.
    isSent = false;
    hasWaited = false;
    timer ??= setTimeout(save, EVERY_MS);
  });
  form.addEventListener('focusout', save);
  // At once: the page may be closed before what is on its way has been answered.
  document.addEventListener('visibilitychange', () => document.hidden && saveNow());
  form.addEventListener('submit', (event) => {
    // Enter in a field of a long form presses its hidden button: it only saves.
    if (event.submitter?.hidden) {
      event.preventDefault();
      return void save();
    }
    if (!navigator.onLine) {
      event.preventDefault();
      return say(AWAY);
    }
    const waits = isSent;
    isSent = true;
    clearTimeout(timer);
    if (saving === 0 || hasWaited) return;
    event.preventDefault();
    if (waits) return;
    say('Saving, then sending.');
    const longEnough = new Promise((over) => setTimeout(over, WAITS_MS));
    void Promise.race([last, longEnough]).then(() => {
      hasWaited = true;
      form.requestSubmit(event.submitter);
    });
  });
  // A person came back to the form as they had left it.
  window.addEventListener('pageshow', () => {
    isSent = false;
    hasWaited = false;
  });
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
}
