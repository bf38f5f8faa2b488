/**
 * What happens while a page is open. Alerts are a line at its top, which screen readers say politely, with a sound for
 * a person who switched it on. A change of the queue or the referral is one line at its foot: no text that a person
 * reads moves.
 */
const SOUND = 'mash-sound';
const AGAIN_AFTER_MS = 30_000;
const POLL_MS = 60_000;
/** A person does not read more lines than these. The page of alerts has them all. */
const LINES = 5;

export function listen() {
  const region = document.querySelector('[data-live]');
  if (region === null) return;
  connect(region);
  const button = document.querySelector('[data-sound]');
  if (button !== null) switchFor(button);
}

/**
 * While the page is looked at. A browser has few connections for each site, so one in the background lets go of its own;
 * for who switched the sound on, one of those in the background keeps it.
 */
function connect(region) {
  let events = null;
  let polling = null;
  const open = () => {
    if (events !== null) return;
    events = new EventSource(region.dataset.live);
    events.addEventListener('alert', ({ data }) => show(region, JSON.parse(data)));
    events.addEventListener('looked', ({ data }) => (region.dataset.alertsSince = JSON.parse(data).upTo ?? ''));
    events.addEventListener('queue', ({ data }) => hintOfQueue(region, JSON.parse(data)));
    events.addEventListener('referral', ({ data }) => hintOfReferral(region, JSON.parse(data)));
    events.addEventListener('open', () => {
      clearInterval(polling);
      polling = null;
      say('New alerts for you appear at the top of every page as they fire.');
    });
    events.addEventListener('error', () => {
      polling ??= setInterval(() => poll(region), POLL_MS);
      say('This page is not connected at the moment. Load it again to see whether there are new alerts.');
      if (events?.readyState !== EventSource.CLOSED) return;
      events = null;
      setTimeout(() => document.hidden || open(), AGAIN_AFTER_MS);
    });
  };
  const close = () => {
    events?.close();
    events = null;
    clearInterval(polling);
    polling = null;
  };
  document.addEventListener('visibilitychange', async () => {
    if (!document.hidden) {
      // Alerts that fired while the page was hidden.
      if (events === null) void poll(region);
      open();
    } else if (!(await soundsInTheBackground()) && document.hidden) close();
  });
  // One that is opened in the background waits until it is looked at.
  if (!document.hidden) open();
}

/** @returns whether it is this page that sounds for those in the background; it is until it is looked at again */
function soundsInTheBackground() {
  return new Promise((answer) => {
    if (localStorage.getItem(SOUND) !== 'on' || navigator.locks === undefined) return answer(false);
    void navigator.locks.request('mash-sound', { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock === null ? null : untilLookedAt();
    });
  });
}

function untilLookedAt() {
  return new Promise((seen) => {
    document.addEventListener('visibilitychange', () => document.hidden || seen());
  });
}

/** Where no events come, it is asked once a minute. */
async function poll(region) {
  const asked = new URL(region.dataset.live, location.href);
  asked.pathname = '/live/now';
  if (region.dataset.alertsSince) asked.searchParams.set('alertsSince', region.dataset.alertsSince);
  try {
    const response = await fetch(asked, { redirect: 'error' });
    if (!response.ok) return;
    const { now, alerts, hint } = await response.json();
    region.dataset.alertsSince = now;
    for (const alert of alerts) show(region, alert);
    if (hint?.event === 'queue') hintOfQueue(region, hint);
    else if (hint !== null) hintOfReferral(region, hint);
  } catch {
    // The next minute may find it.
  }
}

/** What came is told as new only where the page would show it. */
function hintOfQueue(region, { came, changed }) {
  if (came > 0 && 'showsNew' in region.dataset)
    hint(`${came} new referral${came === 1 ? '' : 's'}.`, came === 1 ? 'Show it' : 'Show them');
  else if (came + changed > 0) hint('The queue has changed.', 'Show it as it is now');
}

function hintOfReferral(region, { version, looking }) {
  const names = looking.filter(({ id }) => id !== document.body.dataset.person).map(({ name }) => name);
  const line = document.querySelector('[data-looking]');
  const words = names.length === 0 ? '' : `Also looking: ${names.join(', ')}.`;
  if (line !== null && line.textContent !== words) line.textContent = words;
  if (String(version) !== region.dataset.version) hint('This referral has changed.', 'Show it as it is now');
}

/** One line, said once for what it says. */
function hint(words, link) {
  const region = document.querySelector('[data-hint]');
  if (region === null || region.dataset.said === words) return;
  region.dataset.said = words;
  const again = document.createElement('a');
  again.className = 'govuk-link';
  again.href = location.pathname + location.search;
  again.textContent = link;
  region.replaceChildren(`${words} `, again);
}

function say(words) {
  const state = document.querySelector('[data-live-state]');
  if (state === null) return;
  state.hidden = false;
  state.textContent = words;
}

const shown = new Set();

function show(region, { id, rating, href, what, text }) {
  if (shown.has(id)) return;
  shown.add(id);
  const line = document.createElement('p');
  line.className = `govuk-body mash-live__alert mash-live__alert--${rating}`;
  const link = document.createElement('a');
  link.className = 'govuk-link';
  link.href = href;
  link.textContent = text;
  line.append(`${what}: `, link);
  region.append(line);
  while (region.children.length > LINES) region.firstElementChild.remove();
  if (localStorage.getItem(SOUND) === 'on') beep(rating === 'red' ? 3 : 1);
}

function switchFor(button) {
  const write = () => {
    const isOn = localStorage.getItem(SOUND) === 'on';
    button.setAttribute('aria-pressed', String(isOn));
    button.textContent = `Sound for new alerts: ${isOn ? 'on' : 'off'}`;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    localStorage.setItem(SOUND, localStorage.getItem(SOUND) === 'on' ? 'off' : 'on');
    write();
    // At once, so that people know it; and a browser lets a page sound only after a click.
    if (localStorage.getItem(SOUND) === 'on') beep(1);
  });
  write();
}

let audio = null;

function beep(times) {
  audio ??= new AudioContext();
  for (let time = 0; time < times; time++) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    loudness.gain.value = 0.2;
    tone.frequency.value = 880;
    tone.connect(loudness).connect(audio.destination);
    const start = audio.currentTime + time * 0.35;
    tone.start(start);
    tone.stop(start + 0.2);
  }
}
