import { together, type SaidHome } from './dated-homes.ts';

const said = (day: number, keys: readonly string[], line1: string | null): SaidHome => ({
  keys,
  address: line1 === null ? null : { line1 },
  said: {
    reference: `MASH-${day}`,
    receivedAt: Temporal.Instant.from(`2026-11-${String(day).padStart(2, '0')}T10:00Z`),
  },
});
const homesOf = (...all: readonly SaidHome[]) =>
  together(all).map(({ address, first, last }) => [address?.line1 ?? null, first.reference, last.reference]);

it.each([
  ['none for a child of whom no referral says where it lives', [], []],
  ['one that is said again from when until when', [said(1, ['a'], '1 A Road'), said(3, ['a'], '1 A Rd')], [['1 A Rd', 'MASH-1', 'MASH-3']]],
  ['a move, the latest first', [said(1, ['a'], '1 A Road'), said(2, ['b'], '2 B Road')], [['2 B Road', 'MASH-2', 'MASH-2'], ['1 A Road', 'MASH-1', 'MASH-1']]],
  ['two homes at one time', [said(1, ['a'], '1 A Road'), said(2, ['b'], '2 B Road'), said(3, ['a'], '1 A Road')], [['1 A Road', 'MASH-1', 'MASH-3'], ['2 B Road', 'MASH-2', 'MASH-2']]],
  ['one by its property number, however it is written', [said(1, ['7', 'x'], 'The Flat'), said(2, ['7'], '1 A Road'), said(3, ['x'], 'The Flat')], [['The Flat', 'MASH-1', 'MASH-3']]],
  ['one that is kept by itself, without where it is', [said(1, ['a'], '1 A Road'), said(2, ['kept'], null)], [[null, 'MASH-2', 'MASH-2'], ['1 A Road', 'MASH-1', 'MASH-1']]],
] as [string, SaidHome[], unknown[]][])('says of homes %s', (_, all, homes) => {
  expect(homesOf(...all)).toEqual(homes);
}); // prettier-ignore
