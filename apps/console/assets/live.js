/**
 * What happens while a page is open. Alerts are a line at its top, which screen readers say politely, with a sound for
 * who switched it on. That the queue or the referral changed is one line at its foot: nothing that somebody reads moves.
 */
const SOUND = 'mash-sound';
const AGAIN_AFTER_MS = 30_000;
const POLL_MS = 60_000;
/** More lines than these nobody reads: the page of alerts has them all. */
const LINES = 5;

export function listen() {
  const region = document.querySelector('[data-live]');
  if (region === null) return;
  connect(region);
  const button = document.querySelector('[data-sound]');
  if (button !== null) switchFor(button);
}

function connect(region) {
  const events = new EventSource(region.dataset.live);
  events.addEventListener('open', () => say('New alerts for you appear at the top of every page as they fire.'));
  events.addEventListener('alert', ({ data }) => show(region, JSON.parse(data)));
  events.addEventListener('queue', ({ data }) => hintOfQueue(JSON.parse(data)));
  events.addEventListener('referral', ({ data }) => hintOfReferral(region, JSON.parse(data)));
  let polling = null;
  events.addEventListener('open', () => clearInterval(polling));
  events.addEventListener('error', () => {
    clearInterval(polling);
    polling = setInterval(() => poll(region), POLL_MS);
  });
  events.addEventListener('error', () => {
    say('This page is not connected at the moment. Load it again to see whether there are new alerts.');
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(region), AGAIN_AFTER_MS);
  });
}

/** Where no events come, it is asked once a minute. */
async function poll(region) {
  const { search } = new URL(region.dataset.live, location.href);
  if (search === '') return;
  try {
    const response = await fetch(`/live/now${search}`, { redirect: 'error' });
    if (!response.ok) return;
    const hint = await response.json();
    if (hint.event === 'queue') hintOfQueue(hint);
    else hintOfReferral(region, hint);
  } catch {
    // The next minute may find it.
  }
}

function hintOfQueue({ came, changed }) {
  if (came > 0) hint(`${came} new referral${came === 1 ? '' : 's'}.`, 'Show them');
  else if (changed > 0) hint('The queue has changed.', 'Show it as it is now');
}

function hintOfReferral(region, { version, looking }) {
  const names = looking.filter(({ id }) => id !== document.body.dataset.person).map(({ name }) => name);
  const line = document.querySelector('[data-looking]');
  const words = names.length === 0 ? '' : `Also looking: ${names.join(', ')}.`;
  if (line !== null && line.textContent !== words) line.textContent = words;
  if (String(version) !== region.dataset.version) hint('Somebody has changed this referral.', 'Show it as it is now');
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

function show(region, { rating, href, what, text }) {
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
