/** Alerts as they come, on every page: a line that screen readers say politely, and a sound for who switched it on. */
const SOUND = 'mash-sound';
const AGAIN_AFTER_MS = 30_000;
/** More lines than these nobody reads: the page of alerts has them all. */
const LINES = 5;

export function listenForAlerts() {
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
  events.addEventListener('error', () => {
    say('This page is not connected at the moment. Load it again to see whether there are new alerts.');
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(region), AGAIN_AFTER_MS);
  });
}

function say(words) {
  const state = document.querySelector('[data-live-state]');
  if (state === null) return;
  state.hidden = false;
  state.textContent = words;
}

function show(region, { rating, href, text }) {
  const line = document.createElement('p');
  line.className = `govuk-body mash-live__alert mash-live__alert--${rating}`;
  const link = document.createElement('a');
  link.className = 'govuk-link';
  link.href = href;
  link.textContent = text;
  line.append('New alert: ', link);
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
