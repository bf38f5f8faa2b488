import { Controller, Post, Req, Res } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { Needs, Staff } from '#access';
import { parseReferralReference } from '#domain';
import { AssignReferrals, ReadChosen } from '#triage';
import type { Response } from 'express';
import { readForm, type FormErrors } from '../../shell/forms/read-form.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { codeInWords, ratingTag } from '../../shell/words/words.ts';
import { refusalInWords } from '../../shell/refusals.ts';
import { NoteForm } from '../../shell/forms/note-form.ts';

class AssignForm extends NoteForm {
  @Matches(/^[0-9a-f-]{36}$/, { message: 'Select somebody' }) readonly to: string = '';
  /** The page that it was asked for on. */
  @MaxLength(1_000) readonly here: string = '';
}

/**
 * Giving referrals to somebody: those chosen on the queue, or the one whose page it is. Who may pass on which is decided
 * referral by referral: a manager any, everybody what they hold.
 */
@Controller('queue/assign')
export class AssignController {
  constructor(
    private readonly assign: AssignReferrals,
    private readonly readChosen: ReadChosen,
    private readonly staff: Staff,
  ) {}

  @Post()
  @Needs('referral:claim')
  async choose(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { form } = readForm(AssignForm, request.body);
    const references = referencesIn(request);
    if (references.length > 0) return this.render(request, response, 200, references, form, null);
    noneChosen(request, response, form);
  }

  @Post('confirm')
  @Needs('referral:claim')
  async confirm(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { actor: by, session } = request;
    const { form, errors } = readForm(AssignForm, request.body);
    const references = referencesIn(request);
    if (references.length === 0) return noneChosen(request, response, form);
    if (errors !== null) return this.render(request, response, 422, references, form, errors);
    try {
      await this.assign.execute({ references, to: form.to, note: form.note.trim(), by });
    } catch (error) {
      const why = refusalInWords(error);
      if (why === null) throw error;
      return this.render(request, response, 409, references, form, { to: `Nothing was assigned. ${why}` });
    }
    const [to] = (await this.staff.everybody()).filter(({ id }) => id === form.to);
    session.notice = `${references.length === 1 ? `${references[0]!} is` : `${references.length} referrals are`} with ${to!.name} now.`;
    response.redirect(303, backTo(form.here));
  }

  private async render(
    { actor: by }: StaffRequest,
    response: Response,
    status: number,
    references: readonly string[],
    form: AssignForm,
    errors: FormErrors | null,
  ): Promise<void> {
    const people = await this.staff.everybody();
    const chosen = await this.readChosen.execute(references, by);
    response.status(status).render('pages/assign/assign.njk', {
      references,
      chosen: chosen.map((one) => ({ ...one, child: one.child || 'Name not known', tag: ratingTag(one.rating) })),
      form,
      errors,
      back: backTo(form.here),
      people: [
        { value: '', text: 'Choose somebody' },
        ...people.map(({ id, name, role }) => ({
          value: id,
          text: `${name} (${codeInWords(role).toLowerCase()})`,
          selected: id === form.to,
        })),
      ],
    });
  }
}

function noneChosen({ session }: StaffRequest, response: Response, { here }: AssignForm): void {
  session.warning = 'Choose the referrals first, in the first column.';
  response.redirect(303, backTo(here));
}

function referencesIn({ body }: StaffRequest): readonly string[] {
  const given = (body as { references?: unknown }).references ?? [];
  return [
    ...new Set((Array.isArray(given) ? given : [given]).flatMap((one) => parseReferralReference(String(one)) ?? [])),
  ];
}

/** Only to a page of ours. */
function backTo(here: string): string {
  return /^\/(queue|referrals\/[\w-]+)(\?[\w=&%+.-]*)?$/.test(here) ? here : '/queue';
}
