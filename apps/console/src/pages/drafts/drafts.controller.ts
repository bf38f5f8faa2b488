import { BadRequestException, ConflictException, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Needs, type StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { RenewClaim } from '#referrals';
import { DRAFT_KINDS, Drafts, type DraftKind, type Typed } from '#work';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { OnNoPage } from '../../shell/forms/post-routes.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import type { Posted } from '../../shell/forms/read-form.ts';

/** A draft is saved with every field of its form, which is read when the form is sent. */
class DraftForm {}

/** Forms about nothing that is there yet: each is known by an id of its own, which is where it is. */
const KNOWN_BY_THEMSELVES: readonly DraftKind[] = ['referral', 'own-referral', 'consultation', 'supervision'];
/** Forms that go on to be typed in after they were received: what comes then is kept for another referral. */
const OF_REFERRALS: readonly DraftKind[] = ['referral', 'own-referral'];
/** Forms about a thing that has an id. */
const ABOUT_AN_ID: readonly DraftKind[] = ['challenge-answer', 'sample-grade'];

/** A form is about a referral, or it has an id. A search is kept by its page alone. */
function isSubjectOf(kind: DraftKind, subject: string): boolean {
  if (kind === 'search') return false;
  return [...KNOWN_BY_THEMSELVES, ...ABOUT_AN_ID].includes(kind)
    ? isUUID(subject, 'all')
    : parseReferralReference(subject) === subject;
}

/** Saves what a person is typing, while they type it. To type is to work on the referral: its holder keeps it. */
@Controller('drafts')
@OnNoPage('the page of the form saves the draft by itself')
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly renewClaim: RenewClaim,
  ) {}

  /** Answers 409 to a window whose form has been sent, or saved in another window, since it was opened. */
  @Post(':kind/:subject')
  @HttpCode(204)
  @Needs('draft:save')
  async save(
    @Param('kind') asked: string,
    @Param('subject') subject: string,
    @SignedIn() by: StaffActor,
    @PostedForm(DraftForm) { typed, window }: Posted<DraftForm>,
  ): Promise<void> {
    const kind = DRAFT_KINDS.find((one) => one === asked);
    if (kind === undefined || !isSubjectOf(kind, subject)) throw new BadRequestException();
    if (await this.isLate(kind, subject, typed, by)) throw new ConflictException();
    try {
      await this.drafts.save(kind, subject, typed, by, window);
    } catch (error) {
      if (!(error instanceof Refused) || error.code === 'not-found') throw error;
      throw new ConflictException();
    }
    await this.renewClaim.execute({ reference: subject, by });
  }

  /** Of a form that has been sent: a draft that comes now was on its way then. */
  private async isLate(kind: DraftKind, subject: string, { formId }: Typed, by: StaffActor): Promise<boolean> {
    const id = KNOWN_BY_THEMSELVES.includes(kind) ? subject : formId;
    if (id === undefined || !isUUID(id, 'all') || !(await this.drafts.isLate(id, by))) return false;
    return !OF_REFERRALS.includes(kind) || (await this.drafts.find(kind, subject, by)) === null;
  }
}
