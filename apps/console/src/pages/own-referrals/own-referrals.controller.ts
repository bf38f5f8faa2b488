import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { parseReferralReference } from '#domain';
import { AddToReferral, InvalidAddition, readInformation, ReadOwnRequests, readWithdrawal } from '#partners';
import { Refused } from '#platform';
import { ListOwnLines, type ListOwnLinesQuery } from '#referrals';
import { Drafts } from '#work';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { CorrectionForm, InformationForm, WithdrawalForm } from './own-referrals.form.ts';
import { OwnReferralPage } from './own-referral-page.ts';
import { presentList } from './own-referrals.presenter.ts';

/** As many as a person reads at once. */
const ON_A_PAGE = 50;

/** The referrals of the agency of the person who is signed in, and what became of them. */
@Controller('own-referrals')
export class OwnReferralsController {
  constructor(
    private readonly listOwnLines: ListOwnLines,
    private readonly ownPage: OwnReferralPage,
    private readonly ownRequests: ReadOwnRequests,
    private readonly addToReferral: AddToReferral,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:read-own')
  async list(@SignedIn() by: StaffActor, @Query('after') asked: unknown): Promise<Answer> {
    const after = asked === undefined ? null : readAfter(asked);
    if (after === undefined) throw new Refused('not-found');
    const lines = await this.listOwnLines.execute({ after, limit: ON_A_PAGE, by });
    const isFirst = after === null;
    const locals = presentList(lines, {
      begun: isFirst ? await this.drafts.all('own-referral', by) : [],
      requests: isFirst ? await this.ownRequests.countOpen(by) : 0,
      zone: this.time.zone,
    });
    return view('pages/own-referrals/own-referrals.njk', {
      ...locals,
      isFirst,
      newForm: `/own-referrals/forms/${randomUUID()}`,
    });
  }

  @Get(':reference')
  @Needs('referral:read-own')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.ownPage.show(reference, by, {}, null);
  }

  @Post(':reference/information')
  @FormOn('/own-referrals/:reference')
  @Needs('referral:add')
  async information(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(InformationForm) { form, errors }: Posted<InformationForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const sent = () => readInformation({ kind: 'information', words: form.words, saidBy: by.name });
    return this.add(reference, by, { form, errors, formId, field: 'words', sent });
  }

  @Post(':reference/correction')
  @FormOn('/own-referrals/:reference')
  @Needs('referral:add')
  async correction(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(CorrectionForm) { form, errors }: Posted<CorrectionForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const { pointer, value } = form;
    const sent = () => readInformation({ kind: 'correction', pointer, value, saidBy: by.name });
    return this.add(reference, by, { form, errors, formId, field: 'value', sent });
  }

  @Post(':reference/withdrawal')
  @FormOn('/own-referrals/:reference')
  @Needs('referral:add')
  async withdrawal(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(WithdrawalForm) { form, errors }: Posted<WithdrawalForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const sent = () => readWithdrawal({ reason: form.reason, saidBy: by.name });
    return this.add(reference, by, { form, errors, formId, field: 'reason', sent });
  }

  /** One of the short forms on the page of a referral. @param added.field that a refusal is told at */
  private async add(reference: string, by: StaffActor, { form, errors, formId, field, sent }: Added): Promise<Answer> {
    if (errors !== null) return this.ownPage.show(reference, by, form, errors, 422);
    try {
      const refused = await refusalOf(() =>
        this.addToReferral.execute({ ...sent(), reference, idempotencyKey: formId, by }),
      );
      if (refused !== null) return this.ownPage.show(reference, by, form, { [field]: refused }, 409);
    } catch (error) {
      if (!(error instanceof InvalidAddition)) throw error;
      const wrong = error.faults.map(({ pointer, detail }) => [FIELDS[pointer] ?? field, detail] as const);
      return this.ownPage.show(reference, by, form, Object.fromEntries(wrong), 422);
    }
    return redirect(`/own-referrals/${reference}`, { notice: 'The hub has what you added.' });
  }
}

interface Added {
  readonly form: object;
  readonly errors: FormErrors | null;
  readonly formId: string;
  readonly field: string;
  readonly sent: () => ReturnType<typeof readInformation>;
}

/** The fields of the short forms, by their places in what is sent. */
const FIELDS: Readonly<Record<string, string>> = {
  '/words': 'words',
  '/pointer': 'pointer',
  '/value': 'value',
  '/reason': 'reason',
};

/** Where a page goes on, as its link says it; undefined for a text that is no such place. */
function readAfter(asked: unknown): NonNullable<ListOwnLinesQuery['after']> | undefined {
  const [at = '', written = ''] = typeof asked === 'string' ? asked.split('~') : [];
  const reference = parseReferralReference(written);
  try {
    return reference === null || !/^\d{4}-/.test(at) ? undefined : { receivedAt: Temporal.Instant.from(at), reference };
  } catch {
    return undefined;
  }
}
