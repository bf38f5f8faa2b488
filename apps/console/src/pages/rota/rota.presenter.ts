import { ALERT_GROUPS, WEEKDAYS } from '#domain';
import type { RotaPage } from '#rota';
import { codeInWords, DAY_NAMES, dayAndTime } from '../../shell/words/words.ts';

export function presentRota(page: RotaPage, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  return {
    answering: page.answering.map(({ group, by, groups }) => ({
      group: codeInWords(group),
      by: by.join(', ') || 'Nobody',
      instead: groups[0] === group ? null : groups.map(codeInWords).join(', '),
    })),
    gaps: page.gaps.map(({ group, from, until }) => ({
      group: codeInWords(group),
      from: when(from),
      until: when(until),
    })),
    members: page.members.map((member) => ({
      ...member,
      groups: member.groups.map(codeInWords).join(', '),
      inGroups: member.groups,
      emailFailed: member.emailFailedAt && when(member.emailFailedAt),
      phoneFailed: member.phoneFailedAt && when(member.phoneFailedAt),
    })),
    shifts: page.shifts.map((shift) => ({
      ...shift,
      group: codeInWords(shift.group),
      weekday: DAY_NAMES[shift.weekday],
    })),
    stretches: [
      ...page.covers.map((line) => ({ ...line, what: 'cover', group: codeInWords(line.group!) })),
      ...page.absences.map((line) => ({ ...line, what: 'absence', group: 'Away' })),
    ].map((line) => ({ ...line, from: when(line.from), until: when(line.until) })),
    groupChoices: ALERT_GROUPS.map((code) => ({ value: code, text: codeInWords(code) })),
    personChoices: page.members.map(({ id, name }) => ({ value: id, text: name })),
    dayChoices: WEEKDAYS.map((code) => ({ value: code, text: DAY_NAMES[code] })),
  };
}
