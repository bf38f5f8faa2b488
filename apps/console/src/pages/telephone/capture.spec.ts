import { groupsOf, hasMore, type Stage } from './capture.ts';
import { REFERRAL_FIELDS } from './referral-fields.ts';

const STAGES: readonly Stage[] = ['capture', 'needed', 'rest'];
const placesOf = (stage: Stage) =>
  groupsOf(stage).flatMap(({ group, names }) => names.map((name) => `${group.at}/${name}`));

it('asks each field of a referral in one stage of a call', () => {
  const all = REFERRAL_FIELDS.flatMap(({ at, fields }) => fields.map(({ name }) => `${at}/${name}`));
  expect(STAGES.flatMap(placesOf).sort()).toEqual(all.sort());
});

it('asks while the caller is on the line who calls, which child, what happened, and whether there is danger now', () => {
  expect(placesOf('capture')).toEqual([
    '/referrer/name', '/referrer/role', '/referrer/phone', '/children/firstName', '/children/lastName', '/children/description',
    '/children/dateOfBirth', '/children/address/postcode', '/children/currentLocation', '/concern/summary', '/immediateDanger',
  ]); // prettier-ignore
});

it('asks what no referral can be received without before the rest', () => {
  const needed = REFERRAL_FIELDS.flatMap(({ at, fields }) =>
    fields.filter(({ isNeeded }) => isNeeded === true).map(({ name }) => `${at}/${name}`),
  );
  expect([...placesOf('capture'), ...placesOf('needed')]).toEqual(expect.arrayContaining(needed));
});

it.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ '/children/0/firstName': 'Bo' }, false],
  [{ '/children/0/gp': '' }, false],
  [{ '/children/0/gp': 'Hyde Surgery' }, true],
  [{ 'count:/children': '2', '/children/1/gp': 'Hyde Surgery' }, true],
  [{ '/concern/indicators#birth_imminent': 'on' }, true],
  [{ 'count:/children': '2' }, false],
  [{ 'count:/adults': '2' }, true],
])('unfolds the rest of %j: %s', (typed, isOpen) => {
  expect(hasMore(typed)).toBe(isOpen);
});
