import { Allow } from 'class-validator';
import { Hidden, HiddenNames, Trimmed } from '../../shell/forms/fields.ts';
import { AtMost, Said } from '../../shell/forms/text-rules.ts';

/** What the forms for a new version of policy and of calendar have in common; their other fields are in `typed`. */
@HiddenNames(/\.rows$/)
export class VersionForm {
  /** The version that the form began with. */
  @Hidden() readonly base: string = '';
  /** The latest version when the form was opened. */
  @Hidden() readonly seen: string = '';
  /** Of what was previewed. */
  @Hidden() readonly fingerprint: string = '';
  /** The button that was pressed: `preview` or `publish`. */
  @Hidden() readonly act: string = '';
  @Trimmed()
  @AtMost(2_000, 'The reason must be 2,000 characters or fewer')
  @Said('Say why this changes')
  readonly reason: string = '';
  /** A local day, `YYYY-MM-DD`; empty for at once. */
  @Trimmed() @Allow() readonly effectiveOn: string = '';
}
