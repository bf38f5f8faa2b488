import { IsIn, IsUUID, Matches } from 'class-validator';
import {
  GLASS_FINDINGS,
  GLASS_REASON_AT_LEAST,
  GRANT_DAYS,
  RESTRICTION_CATEGORIES,
  type GlassFinding,
  type GrantLength,
  type RestrictionCategory,
} from '#domain';
import { Hidden, Several, Trimmed } from '../../shell/forms/fields.ts';
import { REOPEN } from '../../shell/forms/read-form.ts';
import { AtLeast, AtMost, Said } from '../../shell/forms/text-rules.ts';

export class RestrictForm {
  @IsIn(RESTRICTION_CATEGORIES, { message: 'Select why it is restricted' })
  readonly category: RestrictionCategory | '' = '';
  @Said('Enter the reason')
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Trimmed()
  readonly reason: string = '';
  @Matches(/^\d{1,2}$/, { each: true, message: 'Select children of this referral' })
  @Several()
  readonly children: readonly string[] = [];
  @IsUUID('all', { each: true, message: 'Select people of the list' }) @Several() readonly people: readonly string[] =
    [];
}

export class AccessForm {
  @Hidden() @IsUUID('all', REOPEN) readonly restriction: string = '';
  @IsUUID('all', { message: 'Select a person' }) readonly person: string = '';
  @IsIn([...Object.keys(GRANT_DAYS), 'out', 'barred'], { message: 'Select whether they may open it' })
  readonly access: GrantLength | 'out' | 'barred' | '' = '';
}

export class KeepForm {
  @Hidden() @IsUUID('all', REOPEN) readonly restriction: string = '';
}

export class EndForm {
  @Hidden() @IsUUID('all', REOPEN) readonly restriction: string = '';
  @Said('Enter why it is not needed any more')
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Trimmed()
  readonly endReason: string = '';
}

export class BreakGlassForm {
  @AtLeast(GLASS_REASON_AT_LEAST, `Say why in ${GLASS_REASON_AT_LEAST} characters or more`)
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Trimmed()
  readonly reason: string = '';
}

export class ReviewForm {
  @Hidden() @IsUUID('all', REOPEN) readonly glass: string = '';
  @IsIn(GLASS_FINDINGS, { message: 'Select whether it was needed' }) readonly finding: GlassFinding | '' = '';
  @Said('Enter what you found')
  @AtMost(2_000, 'What you found must be 2,000 characters or fewer')
  @Trimmed()
  readonly words: string = '';
}
