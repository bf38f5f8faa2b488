import { Controller, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { parseReferralReference } from '#domain';
import { AssignReferrals, ReadChosen, ReadHolders, TakeBackAssignment, type TakenBack } from '#work';
import { redirect, view, type Answer, type Redirect, type Said, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormOn } from '../../shell/forms/post-routes.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { AssignForm, TakeBackForm } from './assign.form.ts';
import { presentAssigning } from './assign.presenter.ts';

/**
 * Giving referrals to a person: those chosen on the queue, or the one whose page it is. Who may pass on which is decided
 * referral by referral: a manager any, other people only what they hold.
 */
@Controller('queue/assign')
@FormOn('/queue')
export class AssignController {
  constructor(
    private readonly assign: AssignReferrals,
    private readonly takeBackAssignment: TakeBackAssignment,
    private readonly readChosen: ReadChosen,
    private readonly readHolders: ReadHolders,
    private readonly time: HubTime,
  ) {}

  @Post()
  @Needs('referral:claim')
  async choose(@SignedIn() by: StaffActor, @PostedForm(AssignForm) { form }: Posted<AssignForm>): Promise<Answer> {
    const references = referencesIn(form);
    return references.length === 0 ? noneChosen(form) : this.page(references, by, form, null);
  }

  @Post('confirm')
  @Needs('referral:claim')
  async confirm(
    @SignedIn() by: StaffActor,
    @PostedForm(AssignForm) { form, errors }: Posted<AssignForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const references = referencesIn(form);
    if (references.length === 0) return noneChosen(form);
    if (errors !== null) return this.page(references, by, form, errors, 422);
    const why = await refusalOf(() =>
      this.assign.execute({
        ...{ references, to: form.to, note: form.note.trim(), because: form.because.trim(), by, formId },
      }),
    );
    if (why !== null) return this.page(references, by, form, { to: `Nothing was assigned. ${why}` }, 409);
    const { people } = await this.readHolders.execute(by);
    const to = people.find(({ id }) => id === form.to)!;
    return redirect(backTo(form.here), {
      notice: `${these(references)} with ${to.name} now.`,
      takeBack: { assignment: formId, here: form.here },
    });
  }

  @Post('take-back')
  @Needs('referral:claim')
  async takeBack(
    @SignedIn() by: StaffActor,
    @PostedForm(TakeBackForm) { form }: Posted<TakeBackForm>,
  ): Promise<Answer> {
    const { assignment, here } = form;
    return redirect(backTo(here), saidOf(await this.takeBackAssignment.execute({ assignment, by })));
  }

  private async page(
    references: readonly string[],
    by: StaffActor,
    form: AssignForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const holders = await this.readHolders.execute(by, references);
    const chosen = await this.readChosen.execute(references, by);
    const locals = {
      ...presentAssigning(new FormFields(form, errors), chosen, holders, this.time.zone),
      references,
      here: form.here,
      back: backTo(form.here),
      errorSummary: errorSummary(errors),
    };
    return view('pages/assign/assign.njk', locals, status);
  }
}

function noneChosen({ here }: AssignForm): Redirect {
  return redirect(backTo(here), { warning: 'Choose the referrals first, in the first column.' });
}

function referencesIn({ references }: AssignForm): readonly string[] {
  return [...new Set(references.flatMap((one) => parseReferralReference(one) ?? []))];
}

/** Such as `2 referrals are`. */
function these(references: readonly string[]): string {
  return references.length === 1 ? `${references[0]!} is` : `${references.length} referrals are`;
}

function saidOf({ back, kept }: TakenBack): Said {
  const notice = `${these(back)} where ${back.length === 1 ? 'it was' : 'they were'} before.`;
  const warning = `Not taken back, because a person has acted on it since: ${kept.join(', ')}.`;
  return { ...(back.length === 0 ? {} : { notice }), ...(kept.length === 0 ? {} : { warning }) };
}

/** Only to a page of ours. */
function backTo(here: string): string {
  return /^\/(queue|referrals\/[\w-]+)(\?[\w=&%+.-]*)?$/.test(here) ? here : '/queue';
}
