import { REFERRAL_FIELDS } from '../telephone/referral-fields.ts';
import { askedOfAgency, NEEDED, REST } from './asked-of-agency.ts';

it('asks each field of a referral of a person of an agency once', () => {
  const all = REFERRAL_FIELDS.flatMap(({ at, fields }) => fields.map(({ name }) => `${at}/${name}`));
  const asked = [...NEEDED, ...REST].flatMap(({ group, names }) => names.map((name) => `${group.at}/${name}`));
  expect(asked.toSorted()).toEqual(all.toSorted());
});

it('asks what no referral can be received without at once, and danger before all else', () => {
  const needed = REFERRAL_FIELDS.flatMap(({ at, fields }) =>
    fields.filter(({ isNeeded }) => isNeeded === true).map(({ name }) => `${at}/${name}`),
  );
  const first = NEEDED.flatMap(({ group, names }) => names.map((name) => `${group.at}/${name}`));
  expect(first).toEqual(expect.arrayContaining(needed));
  expect(first[0]).toBe('/immediateDanger');
});

it('speaks of no caller', () => {
  const words = REFERRAL_FIELDS.map(askedOfAgency).flatMap(({ title, fields }) => [
    title,
    ...fields.flatMap(({ label, hint }) => [label, hint ?? '']),
  ]);
  expect(words.filter((text) => /caller|calling|telephone of/i.test(text))).toEqual(['Telephone of the referrer']);
});

it('asks the same fields, of the same kinds and choices, as in a call', () => {
  const shape = (groups: typeof REFERRAL_FIELDS) =>
    groups.map(({ at, fields }) => [
      at,
      fields.map(({ name, kind, isNeeded, choices }) => [name, kind, isNeeded, choices]),
    ]);
  expect(shape(REFERRAL_FIELDS.map(askedOfAgency))).toEqual(shape(REFERRAL_FIELDS));
});
