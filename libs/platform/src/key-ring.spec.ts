import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { readSettings } from './settings/read-settings.ts';
import { Settings } from './settings/settings.ts';

const DATABASE_URL = 'postgres://localhost/mash';
const key = () => randomBytes(32).toString('base64');
const [first, second] = [`2026-11:${key()}`, `2027-05:${key()}`];

it('the first key of a ring encrypts, and each of them decrypts by its name', () => {
  const before = new KeyRing(first);
  const sealed = before.seal(Buffer.from('x'), 'here');
  const after = new KeyRing(`${second}, ${first}`);
  expect([before.names, after.names]).toEqual([['2026-11'], ['2027-05', '2026-11']]);
  expect(after.open('2026-11', sealed, 'here').toString()).toBe('x');
  expect(() => after.open('2027-05', sealed, 'here')).toThrow();
  expect(() => new KeyRing(second).open('2026-11', sealed, 'here')).toThrow('There is no key of the name 2026-11');
});

it.each([
  ['no name', key()],
  ['a short key', `a:${randomBytes(16).toString('base64')}`],
  ['a name with capitals', `A:${key()}`],
  ['a name twice', `${first},${first}`],
  ['nothing after the comma', `${first},`],
])('a setting of keys with %s is refused by the name of the setting, without the value', (_, value) => {
  expect(() => readSettings(Settings, { DATABASE_URL, ATTACHMENT_KEYS: value })).toThrow(
    /^Bad settings: ATTACHMENT_KEYS must be name:key, or several with a comma between: [^=]*$/,
  );
});

it('a setting of several keys is read', () => {
  const settings = { DATABASE_URL, ATTACHMENT_KEYS: `${second},${first}` };
  expect(readSettings(Settings, settings).ATTACHMENT_KEYS).toBe(`${second},${first}`);
});
