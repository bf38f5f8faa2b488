import { IsEmail, IsIn, IsUUID, Matches, MaxLength, ValidateIf } from 'class-validator';
import { AGENCY_KINDS, SCOPES, STAFF_ROLES, type Scope, type StaffRole } from '#access';
import { ALERT_GROUPS, FEEDBACK_BY, REFERRAL_SOURCES, type AlertGroup, type FeedbackBy } from '#domain';
import type { MappedRole } from '#work';
import { Hidden, Several, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

const EMAIL = { message: 'Enter an e-mail address, such as name@example.org' };

export class AgencyForm {
  @Said('Enter the name of the agency')
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Trimmed()
  readonly name: string = '';
  @IsIn(AGENCY_KINDS, { message: 'Select what it is' }) readonly kind: string = '';
  @IsIn(REFERRAL_SOURCES, { message: 'Select the source of referral' }) readonly sourceCode: string = '';
}

/** What is put right of an agency that is there. */
export class CorrectAgencyForm {
  @Said('Enter the name of the agency')
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Trimmed()
  readonly agencyName: string = '';
  @IsIn(AGENCY_KINDS, { message: 'Select what it is' }) readonly agencyKind: string = '';
}

export class TableForm {
  @Said('Paste a table')
  @MaxLength(300_000, { message: 'The table is too long: bring it in by several' })
  readonly table: string = '';
}

export class FeedbackByForm {
  @IsIn(FEEDBACK_BY, { message: 'Select how its referrers are told' }) readonly feedbackBy: FeedbackBy | '' = '';
}

export class InviteForm {
  @IsIn(SCOPES, { each: true, message: 'Select what the program may do' })
  @Several()
  readonly scopes: readonly Scope[] = [];
}

export class WithdrawForm {
  @Hidden() @IsUUID('all', REOPEN) readonly invitation: string = '';
}

export class ClientForm {
  @Said('Enter the name of the program')
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Trimmed()
  readonly clientName: string = '';
  @IsIn(SCOPES, { each: true, message: 'Select what it may do' }) @Several() readonly scopes: readonly Scope[] = [];
  @MaxLength(10_000, { message: 'This is too long for a key' }) readonly key: string = '';
  @MaxLength(1_000, { message: 'This is too long for an address' }) @Trimmed() readonly keyAddress: string = '';
}

export class KeyForm {
  @Hidden() @IsUUID('all', REOPEN) readonly client: string = '';
  @Said('Paste the public key of the program')
  @MaxLength(10_000, { message: 'This is too long for a key' })
  readonly nextKey: string = '';
}

export class KeyAddressForm {
  @Hidden() @IsUUID('all', REOPEN) readonly client: string = '';
  @Said('Enter the address at which the program shows its keys')
  @MaxLength(1_000, { message: 'This is too long for an address' })
  @Trimmed()
  readonly nextAddress: string = '';
}

export class ProgramForm {
  @Hidden() @IsUUID('all', REOPEN) readonly client: string = '';
}

export class RemoveKeyForm {
  @Hidden() @IsUUID('all', REOPEN) readonly client: string = '';
  @Hidden() @IsUUID('all', REOPEN) readonly keyId: string = '';
}

export class SuspendForm {
  @Hidden() @IsUUID('all', REOPEN) readonly client: string = '';
  @Hidden() @IsIn(['suspend', 'resume'], REOPEN) readonly act: 'suspend' | 'resume' | '' = '';
}

export class PersonForm {
  @Said('Enter the name of the person')
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Trimmed()
  readonly name: string = '';
  @Said('Enter what your identity provider calls the person')
  @AtMost(200, 'It must be 200 characters or fewer')
  @Trimmed()
  readonly subject: string = '';
  @IsEmail({}, EMAIL) @Trimmed() readonly email: string = '';
  @IsIn(STAFF_ROLES, { message: 'Select the role' }) readonly role: StaffRole | '' = '';
  @ValidateIf(({ role }: PersonForm) => role === 'partner')
  @IsUUID('all', { message: 'Select the agency that the partner works for' })
  readonly agency: string = '';
  @IsIn(ALERT_GROUPS, { each: true, message: 'Select the groups' }) @Several() readonly groups: readonly AlertGroup[] =
    [];
}

/** A person whom an administrator adds on the page of their agency. */
export class AgencyPersonForm {
  @Said('Enter the name of the person')
  @AtMost(200, 'The name must be 200 characters or fewer')
  @Trimmed()
  readonly personName: string = '';
  @Said('Enter what your identity provider calls the person')
  @AtMost(200, 'It must be 200 characters or fewer')
  @Trimmed()
  readonly subject: string = '';
  @IsEmail({}, EMAIL) @Trimmed() readonly email: string = '';
}

export class SuspendAgencyForm {
  @Hidden() @IsIn(['suspend', 'resume'], REOPEN) readonly act: 'suspend' | 'resume' | '' = '';
}

const TO_200 = 'This must be 200 characters or fewer';

export class CouncilForm {
  @Hidden() @Matches(/^\d{1,6}$/, REOPEN) readonly seen: string = '';
  @AtMost(200, TO_200) @Trimmed() readonly name: string = '';
  @AtMost(200, TO_200) @Trimmed() readonly hubPhone: string = '';
  @AtMost(200, TO_200) @Trimmed() readonly hubHours: string = '';
  @AtMost(200, TO_200) @Trimmed() readonly edtPhone: string = '';
}

const MAPPED = STAFF_ROLES.filter((role): role is MappedRole => role !== 'partner');

export class RoleMappingForm {
  @Said('Enter a value of the claim roles')
  @AtMost(200, 'The value must be 200 characters or fewer')
  @Trimmed()
  readonly value: string = '';
  @IsIn(MAPPED, { message: 'Select the role at the hub' }) readonly role: MappedRole | '' = '';
}

export class RoleForm {
  @IsIn(MAPPED, { message: 'Select the role' }) readonly role: MappedRole | '' = '';
  @IsIn(ALERT_GROUPS, { each: true, message: 'Select the groups' }) @Several() readonly groups: readonly AlertGroup[] =
    [];
}

export class EmailForm {
  @IsEmail({}, EMAIL) @Trimmed() readonly email: string = '';
}
