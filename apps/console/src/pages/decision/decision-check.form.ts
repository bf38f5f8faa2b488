import { Hidden } from '../../shell/forms/fields.ts';

export class DecisionCheckForm {
  /** The fingerprint of the answers that were checked, so that no others are recorded. */
  @Hidden() readonly answersSeen: string = '';
  /** `next` when the decider asks for the next referral by the same press. */
  @Hidden() readonly then: string = '';
}
