import {
  AGREEMENT_EVIDENCE,
  AGREEMENT_STATUSES,
  CONCERN_TYPES,
  DISABILITIES,
  DISABILITY_WORDS,
  ETHNICITIES,
  ETHNICITY_WORDS,
  INDICATORS,
  NOT_INFORMED_REASONS,
  SEXES,
  SEX_WORDS,
  SOURCES,
  YES_NO,
  YES_NO_UNKNOWN,
  type AgreementStatus,
  type ConcernType,
  type Indicator,
  type SubmittedAdult,
  type SubmittedChild,
  type SubmittedReferral,
} from '#domain';
import { AddressBody } from './address.body.ts';
import {
  DateOrDateTime,
  DateTime,
  Email,
  LocalDate,
  OneOf,
  Part,
  Parts,
  SomeOf,
  Telephone,
  Text,
  Texts,
  Whole,
  YesOrNo,
} from './fields.ts';
import { NhsNumber, Upn } from './numbers.ts';

const optional = true;

class ReferrerBody {
  @Text({ min: 1, max: 200, description: 'Who refers.', example: 'Bernadette Owusu-Lacey' })
  readonly name!: string;
  @Text({ min: 1, max: 200, description: 'Their job or their part in the family.', example: 'Health visitor' })
  readonly role!: string;
  @Telephone({ max: 40, optional, description: 'Where the hub can ring them today.', example: '0161 496 0112' })
  readonly phone?: string;
  @Email({
    max: 254,
    optional,
    description: 'Where the hub sends that it has the referral.',
    example: 'b.owusu-lacey@tameway.example.org',
  })
  readonly email?: string;
  @Text({ max: 200, optional, description: 'How they know the child.', example: 'Saw the child at a home visit' })
  readonly relationshipToChild?: string;
}

class ConcernBody {
  @SomeOf(CONCERN_TYPES, {
    min: 1,
    description: 'What the concern is about, the main type first.',
    example: ['neglect'],
  })
  readonly types!: ConcernType[];
  @SomeOf(INDICATORS, {
    optional,
    description: 'Facts that may make the concern more urgent.',
    example: ['disclosure_by_child'],
  })
  readonly indicators?: Indicator[];
  @Text({
    min: 20,
    max: 20_000,
    description: 'What was seen, heard and done, in plain words.',
    example: 'Maya came to school without a coat for the third day and said there was no food at home.',
  })
  readonly summary!: string;
  @OneOf(SOURCES, { description: 'How the referrer knows of the concern.', example: 'first_hand' })
  readonly source!: string;
  @DateOrDateTime({
    optional,
    description: 'When it happened: RFC 3339 date-time, or a date when the time is unknown.',
    example: '2026-11-20T09:40:00Z',
  })
  readonly occurredAt?: string;
  @Text({ max: 500, optional, description: 'Where it happened.', example: 'At school' })
  readonly location?: string;
}

class ChildBody implements SubmittedChild {
  @Text({ max: 100, optional, description: 'First name.', example: 'Maya' })
  readonly firstName?: string;
  @Text({ max: 100, optional, description: 'Last name.', example: 'Marsden-Pyke' })
  readonly lastName?: string;
  @Texts({ maxItems: 10, max: 200, optional, description: 'Other names that the child goes by.', example: ['May'] })
  readonly otherNames?: string[];
  @LocalDate({ optional, description: 'Date of birth.', example: '2019-05-14' })
  readonly dateOfBirth?: string;
  @LocalDate({ optional, description: 'Expected date of birth of a child not yet born.', example: '2027-01-30' })
  readonly expectedDateOfBirth?: string;
  @Whole({ min: 0, max: 25, optional, description: 'Age in years, where the date of birth is unknown.', example: 7 })
  readonly estimatedAge?: number;
  @OneOf(SEXES, { optional, description: 'Sex.', example: 'F', words: SEX_WORDS })
  readonly sex?: string;
  @OneOf(ETHNICITIES, {
    optional,
    description: 'Ethnicity, by the children in need census.',
    example: 'WBRI',
    words: ETHNICITY_WORDS,
  })
  readonly ethnicity?: string;
  @SomeOf(DISABILITIES, {
    optional,
    description: 'Disabilities, by the children in need census.',
    example: ['HEAR'],
    words: DISABILITY_WORDS,
  })
  readonly disabilities?: string[];
  @NhsNumber({
    optional,
    description: 'NHS number: ten digits with a valid check digit; spaces and hyphens are accepted and removed.',
    example: '999 049 1321',
  })
  readonly nhsNumber?: string;
  @Upn({
    optional,
    description: 'Unique Pupil Number, 13 characters with a valid check letter.',
    example: 'A950000178301',
  })
  readonly upn?: string;
  @Part(() => AddressBody, { optional, description: 'Where the child lives.' })
  readonly address?: AddressBody;
  @Text({ max: 500, optional, description: 'Where the child is now.', example: 'At school until 3:15pm' })
  readonly currentLocation?: string;
  @Text({ max: 200, optional, description: 'School, nursery or other setting.', example: 'Loomgate Primary School' })
  readonly schoolOrSetting?: string;
  @Text({ max: 200, optional, description: 'General practice.', example: 'Loomgate Surgery' })
  readonly gp?: string;
  @Text({ max: 100, optional, description: 'The language that the child speaks best.', example: 'English' })
  readonly firstLanguage?: string;
  @YesOrNo({ optional, description: 'Whether the child needs an interpreter.', example: false })
  readonly interpreterNeeded?: boolean;
  @Text({ max: 500, optional, description: 'How to talk with the child.', example: 'Wears hearing aids' })
  readonly communicationNeeds?: string;
  @Text({
    max: 2000,
    optional,
    description: 'For a child whose name is not known.',
    example: 'A girl of about seven in a green coat',
  })
  readonly description?: string;
}

class AdultBody implements SubmittedAdult {
  @Text({ max: 200, optional, description: 'Name.', example: 'Shannon Marsden' })
  readonly name?: string;
  @Text({ min: 1, max: 100, description: 'Who they are to the child.', example: 'Mother' })
  readonly relationship!: string;
  @LocalDate({ optional, description: 'Date of birth.', example: '1990-02-17' })
  readonly dateOfBirth?: string;
  @OneOf(YES_NO_UNKNOWN, { optional, description: 'Whether they have parental responsibility.', example: 'yes' })
  readonly parentalResponsibility?: string;
  @OneOf(YES_NO_UNKNOWN, { optional, description: 'Whether they live with the child.', example: 'yes' })
  readonly livesWithChild?: string;
  @YesOrNo({ optional, description: 'Whether they are alleged to have caused the child harm.', example: false })
  readonly allegedPerpetrator?: boolean;
  @Telephone({ max: 40, optional, description: 'Telephone number.', example: '07700 900114' })
  readonly phone?: string;
  @Part(() => AddressBody, { optional, description: 'Where they live.' })
  readonly address?: AddressBody;
  @Text({ max: 100, optional, description: 'The language that they speak best.', example: 'English' })
  readonly firstLanguage?: string;
}

class ParentsInformedBody {
  @OneOf(YES_NO_UNKNOWN, { description: 'Whether the parents know of the referral.', example: 'yes' })
  readonly informed!: string;
  @OneOf(NOT_INFORMED_REASONS, {
    optional,
    description: "Why they do not. Required when informed is 'no'.",
    example: 'increased_risk_to_child',
  })
  readonly notInformedReason?: string;
  @Text({ max: 2000, optional, description: 'The reason in words.', example: 'The uncle lives with the parents.' })
  readonly notInformedDetail?: string;
  @Text({ max: 5000, optional, description: 'What the parents say.', example: 'Her mother asked for help with food.' })
  readonly views?: string;
}

class AgreementBody {
  @OneOf(AGREEMENT_STATUSES, { description: 'Whether the family agrees to work with services.', example: 'given' })
  readonly status!: AgreementStatus;
  @Text({ max: 200, optional, description: 'Who agreed.', example: 'Shannon Marsden, mother' })
  readonly givenBy?: string;
  @OneOf(AGREEMENT_EVIDENCE, { optional, description: 'How they agreed.', example: 'verbal' })
  readonly evidence?: string;
  @Text({ max: 2000, optional, description: 'Why they were not asked.', example: 'The mother was at work.' })
  readonly notSoughtReason?: string;
}

class ChildsVoiceBody {
  @OneOf(YES_NO, { description: 'Whether the child was asked.', example: 'yes' })
  readonly sought!: string;
  @Text({ max: 5000, optional, description: 'What the child said, in its own words.', example: 'I am always hungry.' })
  readonly words?: string;
  @Text({ max: 2000, optional, description: 'Why the child was not asked.', example: 'The child is ten weeks old.' })
  readonly notSoughtReason?: string;
}

class SignsOfSafetyBody {
  @Text({ max: 10_000, optional, description: 'What worries you.', example: 'There was no food in the flat.' })
  readonly worries?: string;
  @Text({ max: 10_000, optional, description: 'What works well.', example: 'Maya comes to school every day.' })
  readonly workingWell?: string;
  @Text({ max: 10_000, optional, description: 'What needs to happen.', example: 'A visit to the family this week.' })
  readonly needsToHappen?: string;
  @Whole({
    min: 0,
    max: 10,
    optional,
    description: '0 = things could not be worse, 10 = safe enough to close.',
    example: 5,
  })
  readonly safetyScale?: number;
}

class OtherAgencyBody {
  @Text({ max: 200, description: 'Name of the agency.', example: 'Loomgate Surgery' })
  readonly name!: string;
  @Text({ max: 200, optional, description: 'Who to ask there, and how.', example: '0161 496 0140' })
  readonly contact?: string;
  @Text({ max: 200, optional, description: 'What it does for the family.', example: 'General practice of the family' })
  readonly role?: string;
}

/** The body of `POST /api/v1/referrals`. Unknown properties are refused; text is Unicode, stored NFC. */
export class SubmitReferralBody implements SubmittedReferral {
  @Text({ max: 64, optional, description: "The sender's own case number.", example: 'HV-26-11-04417' })
  readonly senderReference?: string;
  @DateTime({
    optional,
    description: 'When the sender recorded the concern. Kept as evidence; every clock starts at our receipt.',
    example: '2026-11-20T10:35:00Z',
  })
  readonly reportedAt?: string;
  @Part(() => ReferrerBody, { description: 'Who refers the children, for the hub to ask back.' })
  readonly referrer!: ReferrerBody;
  @YesOrNo({
    description: 'The sender believes a child is in danger now. They should also have dialled 999.',
    example: false,
  })
  readonly immediateDanger!: boolean;
  @Part(() => ConcernBody, { description: 'What the sender is worried about.' })
  readonly concern!: ConcernBody;
  @Parts(() => ChildBody, {
    min: 1,
    max: 12,
    description:
      'Each with at least one of firstName, lastName or description; and at most one of dateOfBirth, expectedDateOfBirth, estimatedAge.',
    example: [{ firstName: 'Maya', lastName: 'Marsden-Pyke', estimatedAge: 7 }],
  })
  readonly children!: ChildBody[];
  @Parts(() => AdultBody, { max: 20, optional, description: 'Parents, carers and other adults who matter.' })
  readonly adults?: AdultBody[];
  @Part(() => ParentsInformedBody, { description: 'Whether the parents know of the referral.' })
  readonly parentsInformed!: ParentsInformedBody;
  @Part(() => AgreementBody, {
    description:
      "The family's agreement to work with services. It is not the lawful basis for sharing the information.",
  })
  readonly agreement!: AgreementBody;
  @Part(() => ChildsVoiceBody, { optional, description: 'What the children themselves say.' })
  readonly childsVoice?: ChildsVoiceBody;
  @Part(() => SignsOfSafetyBody, { optional, description: 'The concern under the headings of Signs of Safety.' })
  readonly signsOfSafety?: SignsOfSafetyBody;
  @Parts(() => OtherAgencyBody, { max: 20, optional, description: 'Agencies that know the family.' })
  readonly otherAgencies?: OtherAgencyBody[];
  @Whole({ min: 1, max: 4, optional, description: 'The level of need the sender thinks this meets.', example: 3 })
  readonly thresholdLevel?: number;
  @Text({
    max: 2000,
    optional,
    description: 'A risk to staff who visit the family.',
    example: 'A large dog is loose in the yard.',
  })
  readonly staffSafety?: string;
  @Text({
    max: 2000,
    optional,
    description: 'Facts that the family must not learn from the hub.',
    example: 'Who told the school.',
  })
  readonly withholdFromFamily?: string;
}
