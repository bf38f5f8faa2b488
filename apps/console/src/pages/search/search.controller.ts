import { Agencies, Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import {
  FindByTelephone,
  FindConsultations,
  SearchReferrals,
  type RecordedConsultation,
  type SearchCriteria,
  type SearchResult,
} from '#referrals';
import { Drafts, type Typed } from '#work';
import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { UuidPipe } from '../../shell/context/uuid.pipe.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import { readForm, type FormErrors, type Posted } from '../../shell/forms/read-form.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { presentAdvice } from '../../shell/referral/consultations.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { dateIn, faultsOf, SearchForm } from './search.form.ts';
import { readSought } from './understood.ts';
import { presentResult, presentSearch } from './search.presenter.ts';

/** Searching. What is looked for is never in an URL: it is kept sealed for an hour, under an id. */
@Controller('search')
export class SearchController {
  constructor(
    private readonly search: SearchReferrals,
    private readonly byTelephone: FindByTelephone,
    private readonly findConsultations: FindConsultations,
    private readonly agencies: Agencies,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:search')
  async show(): Promise<Answer> {
    return this.page({}, null, null);
  }

  @Post()
  @Needs('referral:search')
  async find(
    @SignedIn() by: StaffActor,
    @PostedForm(SearchForm) { form, errors }: Posted<SearchForm>,
  ): Promise<Answer> {
    const faults = errors ?? faultsOf(form);
    if (faults !== null) return this.page({ ...form }, faults, null, 422);
    const id = randomUUID();
    await this.drafts.save('search', id, { ...form }, by);
    return redirect(`/search/${id}`);
  }

  @Get(':id')
  @Needs('referral:search')
  async found(@Param('id', UuidPipe) id: string, @SignedIn() by: StaffActor): Promise<Answer> {
    const sought = await this.drafts.find('search', id, by);
    if (sought === null) return redirect('/search');
    const { form, errors } = readForm(SearchForm, sought.typed);
    if (errors !== null || faultsOf(form) !== null) return redirect('/search');
    const line = form.sought.trim() === '' ? null : readSought(form.sought);
    const { telephone } = line?.parts ?? {};
    const criteria = { ...criteriaIn(form), ...line?.parts };
    const result =
      telephone === undefined ? await this.search.execute(criteria, by) : await this.byTelephone.execute(telephone, by);
    const advice = telephone === undefined ? await this.findConsultations.bySearch(criteria, by) : [];
    return this.page(sought.typed, null, { ...result, advice, understood: line?.words ?? null });
  }

  private async page(form: Typed, errors: FormErrors | null, result: Shown | null, status = 200): Promise<View> {
    const locals = {
      ...presentSearch(new FormFields(form, errors), errors, await this.agencies.all()),
      errorSummary: errorSummary(errors),
      result: result && {
        ...presentResult(result, this.time.zone),
        advice: result.advice.map((one) =>
          presentAdvice(one, (instant) => dayAndTime(instant, result.now, this.time.zone)),
        ),
        understood: result.understood,
      },
    };
    return view('pages/search/search.njk', locals, status);
  }
}

/** What was found, and how the one box was understood; null when it was empty. */
interface Shown extends SearchResult {
  readonly understood: string | null;
  /** Advice that was asked about a child who fits. */
  readonly advice: readonly RecordedConsultation[];
}

function criteriaIn(form: SearchForm): SearchCriteria {
  const { name, nhsNumber, upn, reference, postcode, agency } = form;
  return {
    name: name.trim(),
    dateOfBirth: dateIn(form) ?? '',
    nhsNumber: nhsNumber.trim(),
    upn: upn.trim(),
    reference: reference.trim(),
    postcode: postcode.trim(),
    agency,
  };
}
