/**
 * Keeps the words of running clocks true while a page is open, in the words of the server. Nothing is announced: the
 * words are there for who reads them.
 */
const DUE_SOON_MINUTES = 60;
const SHAPES = { 'on-time': '●', 'due-soon': '◆', overdue: '▲' };
const WORDS = { 'on-time': 'On time', 'due-soon': 'Due soon', overdue: 'Overdue' };

/** How a clock stands. @param kept of the server's clock @param now in milliseconds */
export function clockInWords(kept, now) {
  const { due } = kept;
  const when = `${kept.time} ${nearDay(kept, now) ?? kept.day}`;
  if (now >= due) {
    return {
      state: 'overdue',
      sentence: `was due ${when}, overdue by ${minutesInWords(Math.floor((now - due) / 60_000))}`,
    };
  }
  const left = Math.floor((due - now) / 60_000);
  return {
    state: left < DUE_SOON_MINUTES ? 'due-soon' : 'on-time',
    sentence: `due ${when}, ${minutesInWords(left)} left`,
  };
}

/** The same in as few words as a line of a list has room for. */
export function shortClockInWords(kept, now) {
  const minutes = Math.floor(Math.abs(kept.due - now) / 60_000);
  return {
    left: now >= kept.due ? `Overdue ${shortMinutes(minutes)}` : `${shortMinutes(minutes)} left`,
    at: `${kept.time.replace('at the end', 'end')} ${shortDay(kept, now)}`,
  };
}

function shortMinutes(minutes) {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 1) return `${days} days`;
  if (days === 1) return hours === 0 ? '1 day' : `1 day ${hours} h`;
  if (hours >= 10) return `${hours} h`;
  const rest = minutes % 60;
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return rest === 0 ? 'under 1 min' : `${rest} min`;
}

function shortDay(kept, now) {
  const near = nearDay(kept, now);
  if (near !== undefined) return near;
  const days = daysTo(kept, now);
  if (days > 0 && days < 7)
    return new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(kept.date));
  return kept.day.replace(/^(on )?\w+ /, '');
}

function nearDay(kept, now) {
  return { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[daysTo(kept, now)];
}

function daysTo({ date, zone }, now) {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
  return (Date.parse(date) - Date.parse(today)) / 86_400_000;
}

function minutesInWords(minutes) {
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ].filter(([count]) => count > 0);
  if (parts.length === 0) return 'less than a minute';
  return parts
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ');
}

export function keepClocks() {
  const first = document.querySelector('[data-clock]');
  if (first === null) return;
  // By the server's clock: this machine's may be wrong.
  const ahead = keptOf(first).now - Date.now();
  setInterval(() => {
    for (const clock of document.querySelectorAll('[data-clock]')) write(clock, Date.now() + ahead);
  }, 10_000);
}

/** As the page writes it, a hundred and fifty times on a full queue: short. */
function keptOf({ dataset }) {
  const [due, now, time, date, day, zone] = dataset.clock.split('|');
  return { due: Number(due), now: Number(now), time, date, day, zone };
}

function write(clock, now) {
  const kept = keptOf(clock);
  const { state, sentence } = clockInWords(kept, now);
  const { left, at } = shortClockInWords(kept, now);
  // A clock has some of these, as its macro writes it.
  for (const [part, words] of [
    ['sentence', sentence],
    ['word', WORDS[state]],
    ['left', left],
    ['at', at],
    ['shape', `${SHAPES[state]} `],
  ]) {
    const place = clock.querySelector(`[data-clock-${part}]`);
    if (place !== null && place.textContent !== words) place.textContent = words;
  }
  for (const other of Object.keys(WORDS)) clock.classList.toggle(`mash-clock--${other}`, other === state);
}
