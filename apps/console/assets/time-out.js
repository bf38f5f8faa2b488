/**
 * Warns a person five minutes before they are signed out, and keeps them signed in if they want it. A person who is
 * away is signed out for good. A page that came back by itself would look like an act of the person.
 */
const SIGNED_IN_MS = 30 * 60_000;
const WARNED_MS = 25 * 60_000;
const ACTIVE = 'mash-active';

export function warnBeforeTimeOut() {
  const dialog = document.querySelector('[data-time-out]');
  if (dialog === null) return;
  // Another page of the same person may have been used since.
  localStorage.setItem(ACTIVE, String(Date.now()));
  const words = dialog.querySelector('[data-time-left]');
  let isOut = false;
  const stay = async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ _csrf: dialog.dataset.csrf });
    const response = await fetch('/stay', { method: 'POST', body, redirect: 'manual' }).catch(() => null);
    if (response === null) {
      words.textContent = 'The service cannot be reached. Copy what you typed, and try again.';
    } else if (response.status === 204) {
      localStorage.setItem(ACTIVE, String(Date.now()));
      dialog.close();
    } else {
      isOut = true;
      words.textContent = 'You are signed out already. Copy what you typed, then load this page again.';
    }
  };
  dialog.querySelector('[data-stay]').addEventListener('click', stay);
  // To close it is to be there.
  dialog.addEventListener('cancel', stay);
  const isKept = document.querySelector('form[data-autosave]') !== null;
  const isTyped = document.querySelector('main textarea') !== null;
  dialog.querySelector('[data-kept]').textContent = isKept
    ? 'What you typed is kept.'
    : isTyped
      ? 'What you typed on this page is not kept: send it, or copy it.'
      : '';
  setInterval(() => {
    if (isOut) return;
    const idle = Date.now() - Number(localStorage.getItem(ACTIVE));
    if (idle >= SIGNED_IN_MS) return dialog.querySelector('form').submit();
    if (idle < WARNED_MS) return dialog.open && dialog.close();
    const left = Math.ceil((SIGNED_IN_MS - idle) / 60_000);
    const said = `You will be signed out in ${left} minute${left === 1 ? '' : 's'}.`;
    if (words.textContent !== said) words.textContent = said;
    if (!dialog.open) dialog.showModal();
  }, 5_000);
}

/** What a person types is saved, and that keeps them signed in. */
export function isActive() {
  localStorage.setItem(ACTIVE, String(Date.now()));
}
