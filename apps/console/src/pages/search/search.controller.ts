import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';
import { AgencyCredentials, Drafts, Needs, type Typed } from '#access';
import { normaliseNhsNumber, normaliseUpn, parseReferralReference } from '#domain';
import { SearchReferrals, type SearchResult } from '#triage';
import type { Response } from 'express';
import { errorList, readForm, type FormErrors } from '../../shell/forms/read-form.ts';
import { agencyChoices } from '../../shell/forms/agency-choices.ts';
import { UuidPipe } from '../../shell/pipes/uuid.pipe.ts';
import { HubTime } from '../../shell/hub-time.ts';
import type { StaffRequest } from '../../shell/staff-request.ts';
import { dayAndTime, dayInWords, ratingTag, STATUSES } from '../../shell/words/words.ts';

const short = (what: string, most: number) =>
  MaxLength(most, { message: `${what} must be ${most} characters or fewer` });
const NUMBER = { message: 'Use numbers only' };

class SearchForm {
  @short('The name', 200) readonly name: string = '';
  @Matches(/^\s*\d{0,2}\s*$/, NUMBER) readonly day: string = '';
  @Matches(/^\s*\d{0,2}\s*$/, NUMBER) readonly month: string = '';
  @Matches(/^\s*(\d{4})?\s*$/, { message: 'Give the year with four digits' }) readonly year: string = '';
  @short('The NHS number', 20) readonly nhsNumber: string = '';
  @short('The Unique Pupil Number', 20) readonly upn: string = '';
  @short('The reference', 30) readonly reference: string = '';
  @short('The postcode', 10) readonly postcode: string = '';
  @ValidateIf(({ agency }: SearchForm) => agency !== '')
  @IsUUID('all', { message: 'Select an agency' })
  readonly agency: string = '';
}

/** Searching. What is looked for is never in an URL: it is kept sealed for an hour, under an id. */
@Controller('search')
export class SearchController {
  constructor(
    private readonly search: SearchReferrals,
    private readonly agencies: AgencyCredentials,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('referral:search')
  async show(@Res() response: Response): Promise<void> {
    await this.render(response, 200, {}, null, null);
  }

  @Post()
  @Needs('referral:search')
  async find(@Req() request: StaffRequest, @Res() response: Response): Promise<void> {
    const { form, errors } = readForm(SearchForm, request.body);
    const faults = errors ?? faultsOf(form);
    if (faults !== null) return this.render(response, 422, { ...form }, faults, null);
    const id = randomUUID();
    await this.drafts.save('search', id, { ...form }, request.actor);
    response.redirect(303, `/search/${id}`);
  }

  @Get(':id')
  @Needs('referral:search')
  async found(
    @Param('id', UuidPipe) id: string,
    @Req() { actor: by }: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const sought = await this.drafts.find('search', id, by);
    if (sought === null) return response.redirect(303, '/search');
    const { form, errors } = readForm(SearchForm, sought.typed);
    if (errors !== null || faultsOf(form) !== null) return response.redirect(303, '/search');
    const { name, nhsNumber, upn, reference, postcode, agency } = form;
    const result = await this.search.execute(
      {
        name: name.trim(),
        dateOfBirth: dateIn(form) ?? '',
        nhsNumber: nhsNumber.trim(),
        upn: upn.trim(),
        reference: reference.trim(),
        postcode: postcode.trim(),
        agency,
      },
      by,
    );
    await this.render(response, 200, sought.typed, null, result);
  }

  private async render(
    response: Response,
    status: number,
    form: Typed,
    errors: FormErrors | null,
    result: SearchResult | null,
  ): Promise<void> {
    const agencies = await this.agencies.agencies();
    response.status(status).render('pages/search/search.njk', {
      form,
      errors,
      errorList: errorList(errors),
      agencies: agencyChoices(agencies, 'Any agency', form['agency']),
      result: result && {
        isCapped: result.isCapped,
        found: result.found.map((one) => ({
          ...one,
          person: one.person || 'Name not known',
          tag: ratingTag(one.rating),
          status: STATUSES[one.status],
          received: dayAndTime(one.receivedAt, result.now, this.time.zone),
          born: one.dateOfBirth === null ? '' : dayInWords(one.dateOfBirth),
        })),
      },
    });
  }
}

/** Nobody alive was born before. */
const EARLIEST_YEAR = 1900;

/** @returns null when nothing was said, or nothing that is a date of birth */
function dateIn({ day, month, year }: SearchForm): string | null {
  if ([day, month, year].some((part) => part.trim() === '') || Number(year) < EARLIEST_YEAR) return null;
  try {
    return Temporal.PlainDate.from(
      { day: Number(day), month: Number(month), year: Number(year) },
      { overflow: 'reject' },
    ).toString();
  } catch {
    return null;
  }
}

function isWholePostcode(text: string): boolean {
  return text.replaceAll(/[^A-Z0-9]/gi, '').length >= 5;
}

/** What cannot be found as it is written would look as if nobody knew the child. */
function faultsOf(form: SearchForm): FormErrors | null {
  const { day, month, year, agency, ...others } = form;
  const isDateSaid = `${day}${month}${year}`.trim() !== '';
  const isSaidAndNot = (text: string, isOne: (text: string) => boolean) => text.trim() !== '' && !isOne(text.trim());
  const faults: FormErrors = {
    ...(isDateSaid && dateIn(form) === null ? { day: 'Give a whole date, such as 27 3 2019' } : {}),
    ...(isSaidAndNot(form.name, (text) => /\p{L}/u.test(text)) ? { name: 'Give a name, or a part of it' } : {}),
    ...(isSaidAndNot(form.nhsNumber, (text) => normaliseNhsNumber(text) !== null)
      ? { nhsNumber: 'This is not an NHS number: check its ten digits' }
      : {}),
    ...(isSaidAndNot(form.upn, (text) => normaliseUpn(text) !== null)
      ? { upn: 'This is not a Unique Pupil Number: a letter and twelve digits or letters' }
      : {}),
    ...(isSaidAndNot(form.reference, (text) => parseReferralReference(text) !== null)
      ? { reference: 'Give the whole reference, such as MASH-7K3F-9QXT' }
      : {}),
    ...(isSaidAndNot(form.postcode, isWholePostcode) ? { postcode: 'Give the whole postcode, such as OL6 6DL' } : {}),
  };
  if (Object.keys(faults).length > 0) return faults;
  const isAnythingSaid = isDateSaid || agency !== '' || Object.values(others).some((one) => one.trim() !== '');
  return isAnythingSaid ? null : { name: 'Say what you know of whom you look for' };
}
