import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { may, Needs } from '#access';
import { ChangeRota, ReadRota, type RotaPage } from '#alerts';
import { ALERT_GROUPS, WEEKDAYS } from '#domain';
import { Refused } from '#platform';
import type { Response } from 'express';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords, DAY_NAMES, dayAndTime } from '../../shell/words/words.ts';
import { readChange, type RotaFormErrors } from './rota.form.ts';

const REFUSALS: Readonly<Record<string, string>> = {
  'last-resort-needs-somebody': 'The last resort is never empty: put somebody else in that group first',
};

@Controller('rota')
export class RotaController {
  constructor(
    private readonly readRota: ReadRota,
    private readonly changeRota: ChangeRota,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('rota:read')
  async show(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    await this.render(request, response, 200, {}, null);
  }

  @Post()
  @Needs('rota:change')
  async change(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { fields, change, errors } = readChange(request.body, this.time.zone);
    if (change === null) return this.render(request, response, 422, fields, errors);
    try {
      await this.changeRota.execute(change, request.actor);
    } catch (error) {
      const why = error instanceof Refused ? REFUSALS[error.code] : undefined;
      if (why === undefined) throw error;
      return this.render(request, response, 409, fields, { groups: why });
    }
    request.session.notice = 'The rota is changed.';
    response.redirect(303, '/rota');
  }

  private async render(
    { actor }: StaffRequest,
    response: Response,
    status: number,
    fields: Readonly<Record<string, string>>,
    errors: RotaFormErrors | null,
  ): Promise<void> {
    const page = await this.readRota.execute({ by: actor });
    response.status(status).render('pages/rota/rota.njk', {
      ...presentRota(page, this.time.zone),
      mayChange: may(actor, 'rota:change'),
      fields,
      errors,
      errorList: errors && Object.entries(errors).map(([name, text]) => ({ href: `#${fields['kind']}.${name}`, text })),
    });
  }
}

function presentRota(page: RotaPage, zone: string) {
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
      ...page.covers.map((line) => ({ ...line, what: 'rota_cover', group: codeInWords(line.group!) })),
      ...page.absences.map((line) => ({ ...line, what: 'absence', group: 'Away' })),
    ].map((line) => ({ ...line, from: when(line.from), until: when(line.until) })),
    groupChoices: ALERT_GROUPS.map((code) => ({ value: code, text: codeInWords(code) })),
    personChoices: page.members.map(({ id, name }) => ({ value: id, text: name })),
    dayChoices: WEEKDAYS.map((code) => ({ value: code, text: DAY_NAMES[code] })),
  };
}
