import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { ReadAttachments } from '#attachments';
import { ReadFamily, ReadKnownChildren } from '#children';
import { HubTime } from '#deadlines';
import { ReadDiscussions } from '#discussions';
import { instantInWords, type Audience } from '#domain';
import { ReadFeedback } from '#feedback';
import { ReadAdditions, ReadRequests } from '#partners';
import { FindConsultations, type ReferralPage } from '#referrals';
import { ReadRoutes } from '#routes';
import { dayAndTime } from '../words/words.ts';
import { presentAdditions } from './additions.presenter.ts';
import { presentAttachments } from './attachments.presenter.ts';
import { presentFeedback } from './feedback.presenter.ts';
import { presentDiscussions } from './discussions.presenter.ts';
import { presentAdvice } from './consultations.presenter.ts';
import { presentFamily, referencesBeside } from './family.presenter.ts';
import { presentKnownChildren } from './known-children.presenter.ts';
import { presentRequests } from './requests.presenter.ts';
import { presentWhereItWent } from './where-it-went.presenter.ts';

/**
 * What stands around a referral, on its page and beside the forms about it: who its children are known to be, who is of
 * their family, what advice was asked about them, what the agencies were asked, what the one that referred has added, in words and as files, the strategy
 * discussions, where a decision sent the family, and whether its referrer was told. A part that is added is added here.
 */
@Injectable()
export class AroundReferral {
  constructor(
    private readonly known: ReadKnownChildren,
    private readonly consultations: FindConsultations,
    private readonly family: ReadFamily,
    private readonly requests: ReadRequests,
    private readonly additions: ReadAdditions,
    private readonly files: ReadAttachments,
    private readonly routes: ReadRoutes,
    private readonly feedback: ReadFeedback,
    private readonly discussions: ReadDiscussions,
    private readonly time: HubTime,
  ) {}

  /** @param page a referral that the person may read @param audience for whom it is shown: paper leaves the hub */
  async of(page: ReferralPage, by: StaffActor, audience: Audience = 'hub') {
    const { reference, now } = page;
    const { zone } = this.time;
    const when = (instant: Temporal.Instant) =>
      audience === 'hub' ? dayAndTime(instant, now, zone) : instantInWords(instant, zone);
    // Who other referrals are about is read by those who may open these.
    const mayReadChildren = audience === 'hub' && may(by, 'child:read');
    const known = mayReadChildren ? await this.known.ofReferral(reference, by) : [];
    const family = mayReadChildren ? await this.family.ofReferral(reference, by) : [];
    const today = now.toZonedDateTimeISO(zone).toPlainDate();
    const maySayItCame = audience === 'hub' && may(by, 'consultation:record');
    const advice = maySayItCame ? await this.consultations.about(page.children, by) : [];
    // A referral that no person has decided went nowhere.
    const routes = page.decisions.length === 0 ? null : await this.routes.ofReferral(reference, by);
    // Of whom the hub heard, and what agencies said in a discussion, is not for the family.
    const isOfHub = audience !== 'family';
    const feedback = isOfHub ? await this.feedback.ofReferral(reference, by) : [];
    const additions = isOfHub ? await this.additions.execute(reference, by) : [];
    const files = isOfHub ? await this.files.execute(reference, by) : [];
    const discussions = isOfHub ? await this.discussions.ofReferral(reference, by) : [];
    return {
      feedback: feedback.map((one) => presentFeedback(one, now, when)),
      additions: presentAdditions(additions, when),
      files: presentAttachments(files, when),
      mayTell: may(by, 'feedback:tell'),
      discussions: presentDiscussions(discussions, now, zone, when),
      discussionAt: may(by, 'discussion:record') ? `/referrals/${reference}/discussion` : null,
      adviceBefore: advice.map((one) => presentAdvice(one, when)),
      maySayItCame,
      mayJoinReports: audience === 'hub' && may(by, 'incident:say'),
      knownChildren: presentKnownChildren(known, by, when),
      family: presentFamily(family, referencesBeside(page), today, when),
      requests: presentRequests(await this.requests.execute(reference, by), { audience, when, now, zone }),
      whereItWent: presentWhereItWent(reference, routes, by, { now, zone }, audience !== 'hub'),
    };
  }
}
