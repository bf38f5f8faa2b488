import { instantInWords, timeInWords, type Weekday } from '#domain';
import type { RotaChange, RotaPage } from '#rota';
import { codeInWords, DAY_NAMES } from '../../shell/words/words.ts';

/**
 * A change of the rota in words, for the notice after it.
 *
 * @param page the rota as it was before
 * @param zone of the hub
 */
export function changeInWords(change: RotaChange, page: RotaPage, zone: string): string {
  const stretch = ({ from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant }) =>
    `from ${isOneDay(from, until, zone) ? timeInWords(from, zone) : instantInWords(from, zone)} until ${instantInWords(until, zone)}`;
  switch (change.kind) {
    case 'add-shift': {
      const days = change.weekdays.map((day: Weekday) => DAY_NAMES[day]).join(', ');
      return `${nameOf(change.personId, page)} answers for ${groupOf(change)} every week: ${days}, ${change.from} to ${change.until}.`;
    }
    case 'add-cover':
      return `${nameOf(change.personId, page)} answers for ${groupOf(change)} ${stretch(change)}, and the weekly rota stays as it is.`;
    case 'add-absence':
      return `${nameOf(change.personId, page)} is away ${stretch(change)}.`;
    case 'set-contact':
      return `The addresses and groups of ${nameOf(change.personId, page)} are changed.`;
    case 'remove':
      return `Removed: ${removedInWords(change, page, stretch)}.`;
  }
}

function removedInWords(
  { what, id }: Extract<RotaChange, { kind: 'remove' }>,
  { shifts, covers, absences }: RotaPage,
  stretch: (of: RotaPage['covers'][number]) => string,
): string {
  const shift = shifts.find((one) => one.id === id);
  if (shift !== undefined)
    return `${shift.name}, ${codeInWords(shift.group)}, every ${DAY_NAMES[shift.weekday]}, ${shift.from} to ${shift.until}`;
  const one = [...covers, ...absences].find((line) => line.id === id);
  if (one === undefined) return what === 'absence' ? 'an absence' : 'a line';
  return `${one.name}, ${one.group === null ? 'away' : `cover of ${groupOf({ group: one.group })}`}, ${stretch(one)}`;
}

function isOneDay(from: Temporal.Instant, until: Temporal.Instant, zone: string): boolean {
  const [first, last] = [from, until].map((at) => at.toZonedDateTimeISO(zone).toPlainDate());
  return first!.equals(last!);
}

function nameOf(id: string, { members }: RotaPage): string {
  return members.find((member) => member.id === id)?.name ?? 'A person';
}

function groupOf({ group }: { readonly group: Parameters<typeof codeInWords>[0] }): string {
  return `the ${codeInWords(group).toLowerCase()}`;
}
