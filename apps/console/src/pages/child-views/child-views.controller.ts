import { Controller, Get, Param, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { VIEWS_NOT_SOUGHT, VIEWS_NOT_SOUGHT_WORDS, VIEWS_SOUGHT, VIEWS_SOUGHT_WORDS } from '#domain';
import { ReadReferral, RecordChildViews, submittedName } from '#referrals';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { ReferencePipe } from '../../shell/context/reference.pipe.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { FormErrors, Posted } from '../../shell/forms/read-form.ts';
import { refusalOf } from '../../shell/forms/refusal-of.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { ChildViewsForm, missingMore, viewsIn } from './child-views.form.ts';

/** The views of a child of a referral, or why they were not asked for. */
@Controller('referrals/:reference/child-views')
export class ChildViewsController {
  constructor(
    private readonly recordViews: RecordChildViews,
    private readonly readReferral: ReadReferral,
  ) {}

  @Get()
  @Needs('child:hear')
  async show(@Param('reference', ReferencePipe) reference: string, @SignedIn() by: StaffActor): Promise<Answer> {
    return this.page(reference, by, new ChildViewsForm(), null);
  }

  @Post()
  @Needs('child:hear')
  async record(
    @Param('reference', ReferencePipe) reference: string,
    @SignedIn() by: StaffActor,
    @PostedForm(ChildViewsForm) { form, errors }: Posted<ChildViewsForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    const views = viewsIn(form);
    if (errors !== null || views === null) return this.page(reference, by, form, errors, 422);
    const more = missingMore(form);
    if (more !== null) return this.page(reference, by, form, { more }, 422);
    const recorded = { reference, position: Number(form.child), views, formId, by };
    const refused = await refusalOf(() => this.recordViews.execute(recorded));
    if (refused !== null) return this.page(reference, by, form, { sought: refused }, 409);
    return redirect(`/referrals/${reference}`, { notice: `The child’s views are on ${reference}.` });
  }

  private async page(
    reference: string,
    by: StaffActor,
    form: ChildViewsForm,
    errors: FormErrors | null,
    status = 200,
  ): Promise<View> {
    const page = await this.readReferral.execute({ reference, by });
    const fields = new FormFields(form, errors);
    const small = 'govuk-radios--small';
    const names = page.children.map((child, at) => ({
      value: String(at),
      text: submittedName(child) || `Child ${at + 1}, name not known`,
    }));
    const locals = {
      reference,
      children: childrenInWords(page),
      child: names.length === 1 ? null : fields.radios('child', { label: 'Which child?', classes: small }, names),
      sought: fields.radios('sought', { label: 'Was the child asked?', classes: small }, [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ]),
      how: fields.radios(
        'how',
        { label: 'If so, how?', classes: small },
        VIEWS_SOUGHT.map((value) => ({ value, text: VIEWS_SOUGHT_WORDS[value] })),
      ),
      views: fields.textarea(
        'views',
        {
          label: 'What are the child’s views?',
          isLarge: true,
          hint: 'What the child said, shows or wants, in their own words where you can',
        },
        { rows: 5 },
      ),
      whyNot: fields.radios(
        'whyNot',
        { label: 'If not, why not?', classes: small },
        VIEWS_NOT_SOUGHT.map((value) => ({ value, text: VIEWS_NOT_SOUGHT_WORDS[value] })),
      ),
      more: fields.textarea('more', { label: 'More about why' }, { rows: 2 }),
      errorSummary: errorSummary(errors),
    };
    return view('pages/child-views/child-views.njk', locals, status);
  }
}
