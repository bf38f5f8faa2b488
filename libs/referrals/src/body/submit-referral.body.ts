import {
  AGREEMENT_EVIDENCE,
  AGREEMENT_STATUSES,
  CONCERN_TYPES,
  DISABILITIES,
  ETHNICITIES,
  INDICATORS,
  NOT_INFORMED_REASONS,
  SEXES,
  SOURCES,
  YES_NO,
  YES_NO_UNKNOWN,
  type AgreementStatus,
  type ConcernType,
  type Indicator,
  type SubmittedAddress,
  type SubmittedAdult,
  type SubmittedChild,
  type SubmittedReferral,
} from '#domain';
import {
  DateOrDateTime,
  DateTime,
  Email,
  LocalDate,
  NhsNumber,
  OneOf,
  Part,
  Parts,
  Postcode,
  SomeOf,
  Telephone,
  Text,
  TextMatching,
  Texts,
  Upn,
  Whole,
  YesOrNo,
} from './fields.ts';

const optional = true;

class AddressBody implements SubmittedAddress {
  @Text({ max: 200, optional }) readonly line1?: string;
  @Text({ max: 200, optional }) readonly line2?: string;
  @Text({ max: 100, optional }) readonly town?: string;
  @Postcode({ max: 10, optional }) readonly postcode?: string;
  @TextMatching(/^[0-9]{1,12}$/, 'one to twelve digits', { optional }) readonly uprn?: string;
  @YesOrNo({ optional, description: 'The person lives nowhere in particular; the lines say where letters reach them.' })
  readonly noFixedAbode?: boolean;
}

class ReferrerBody {
  @Text({ min: 1, max: 200 }) readonly name!: string;
  @Text({ min: 1, max: 200 }) readonly role!: string;
  @Telephone({ max: 40, optional }) readonly phone?: string;
  @Email({ max: 254, optional }) readonly email?: string;
  @Text({ max: 200, optional }) readonly relationshipToChild?: string;
}

class ConcernBody {
  @SomeOf(CONCERN_TYPES, { min: 1 }) readonly types!: ConcernType[];
  @SomeOf(INDICATORS, { optional }) readonly indicators?: Indicator[];
  @Text({ min: 20, max: 20_000 }) readonly summary!: string;
  @OneOf(SOURCES) readonly source!: string;
  @DateOrDateTime({ optional, description: 'RFC 3339 date-time, or a date when the time is unknown.' })
  readonly occurredAt?: string;
  @Text({ max: 500, optional }) readonly location?: string;
}

class ChildBody implements SubmittedChild {
  @Text({ max: 100, optional }) readonly firstName?: string;
  @Text({ max: 100, optional }) readonly lastName?: string;
  @Texts({ maxItems: 10, max: 200, optional }) readonly otherNames?: string[];
  @LocalDate({ optional }) readonly dateOfBirth?: string;
  @LocalDate({ optional }) readonly expectedDateOfBirth?: string;
  @Whole({ min: 0, max: 25, optional, description: 'Years.' }) readonly estimatedAge?: number;
  @OneOf(SEXES, { optional }) readonly sex?: string;
  @OneOf(ETHNICITIES, { optional }) readonly ethnicity?: string;
  @SomeOf(DISABILITIES, { optional }) readonly disabilities?: string[];
  @NhsNumber({
    optional,
    description: 'Ten digits with a valid check digit; spaces and hyphens are accepted and removed.',
  })
  readonly nhsNumber?: string;
  @Upn({ optional, description: 'Unique Pupil Number, 13 characters with a valid check letter.' })
  readonly upn?: string;
  @Part(() => AddressBody, { optional }) readonly address?: AddressBody;
  @Text({ max: 500, optional }) readonly currentLocation?: string;
  @Text({ max: 200, optional }) readonly schoolOrSetting?: string;
  @Text({ max: 200, optional }) readonly gp?: string;
  @Text({ max: 100, optional }) readonly firstLanguage?: string;
  @YesOrNo({ optional }) readonly interpreterNeeded?: boolean;
  @Text({ max: 500, optional }) readonly communicationNeeds?: string;
  @Text({ max: 2000, optional, description: 'For a child whose name is not known.' })
  readonly description?: string;
}

class AdultBody implements SubmittedAdult {
  @Text({ max: 200, optional }) readonly name?: string;
  @Text({ min: 1, max: 100 }) readonly relationship!: string;
  @LocalDate({ optional }) readonly dateOfBirth?: string;
  @OneOf(YES_NO_UNKNOWN, { optional }) readonly parentalResponsibility?: string;
  @OneOf(YES_NO_UNKNOWN, { optional }) readonly livesWithChild?: string;
  @YesOrNo({ optional }) readonly allegedPerpetrator?: boolean;
  @Telephone({ max: 40, optional }) readonly phone?: string;
  @Part(() => AddressBody, { optional }) readonly address?: AddressBody;
  @Text({ max: 100, optional }) readonly firstLanguage?: string;
}

class ParentsInformedBody {
  @OneOf(YES_NO_UNKNOWN) readonly informed!: string;
  @OneOf(NOT_INFORMED_REASONS, { optional, description: "Required when informed is 'no'." })
  readonly notInformedReason?: string;
  @Text({ max: 2000, optional }) readonly notInformedDetail?: string;
  @Text({ max: 5000, optional }) readonly views?: string;
}

class AgreementBody {
  @OneOf(AGREEMENT_STATUSES) readonly status!: AgreementStatus;
  @Text({ max: 200, optional }) readonly givenBy?: string;
  @OneOf(AGREEMENT_EVIDENCE, { optional }) readonly evidence?: string;
  @Text({ max: 2000, optional }) readonly notSoughtReason?: string;
}

class ChildsVoiceBody {
  @OneOf(YES_NO) readonly sought!: string;
  @Text({ max: 5000, optional }) readonly words?: string;
  @Text({ max: 2000, optional }) readonly notSoughtReason?: string;
}

class SignsOfSafetyBody {
  @Text({ max: 10_000, optional }) readonly worries?: string;
  @Text({ max: 10_000, optional }) readonly workingWell?: string;
  @Text({ max: 10_000, optional }) readonly needsToHappen?: string;
  @Whole({ min: 0, max: 10, optional, description: '0 = things could not be worse, 10 = safe enough to close.' })
  readonly safetyScale?: number;
}

class OtherAgencyBody {
  @Text({ max: 200 }) readonly name!: string;
  @Text({ max: 200, optional }) readonly contact?: string;
  @Text({ max: 200, optional }) readonly role?: string;
}

/** The body of `POST /api/v1/referrals`. Unknown properties are refused; text is Unicode, stored NFC. */
export class SubmitReferralBody implements SubmittedReferral {
  @Text({ max: 64, optional, description: "The sender's own case number." }) readonly senderReference?: string;
  @DateTime({
    optional,
    description: 'When the sender recorded the concern. Kept as evidence; every clock starts at our receipt.',
  })
  readonly reportedAt?: string;
  @Part(() => ReferrerBody) readonly referrer!: ReferrerBody;
  @YesOrNo({
    description: 'The sender believes a child is in danger now. They should also have dialled 999.',
  })
  readonly immediateDanger!: boolean;
  @Part(() => ConcernBody) readonly concern!: ConcernBody;
  @Parts(() => ChildBody, {
    min: 1,
    max: 12,
    description:
      'Each with at least one of firstName, lastName or description; and at most one of dateOfBirth, expectedDateOfBirth, estimatedAge.',
  })
  readonly children!: ChildBody[];
  @Parts(() => AdultBody, { max: 20, optional }) readonly adults?: AdultBody[];
  @Part(() => ParentsInformedBody) readonly parentsInformed!: ParentsInformedBody;
  @Part(() => AgreementBody, {
    description:
      "The family's agreement to work with services. It is not the lawful basis for sharing the information.",
  })
  readonly agreement!: AgreementBody;
  @Part(() => ChildsVoiceBody, { optional }) readonly childsVoice?: ChildsVoiceBody;
  @Part(() => SignsOfSafetyBody, { optional }) readonly signsOfSafety?: SignsOfSafetyBody;
  @Parts(() => OtherAgencyBody, { max: 20, optional }) readonly otherAgencies?: OtherAgencyBody[];
  @Whole({ min: 1, max: 4, optional, description: 'The level of need the sender thinks this meets.' })
  readonly thresholdLevel?: number;
  @Text({ max: 2000, optional }) readonly staffSafety?: string;
  @Text({ max: 2000, optional }) readonly withholdFromFamily?: string;
}
