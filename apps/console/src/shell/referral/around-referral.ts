import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { ReadFamily, ReadKnownChildren } from '#children';
import { HubTime } from '#deadlines';
import { instantInWords, type Audience } from '#domain';
import { ReadRequests } from '#partners';
import type { ReferralPage } from '#referrals';
import { ReadRoutes } from '#routes';
import { dayAndTime } from '../words/words.ts';
import { presentFamily, referencesBeside } from './family.presenter.ts';
import { presentKnownChildren } from './known-children.presenter.ts';
import { presentRequests } from './requests.presenter.ts';
import { presentWhereItWent } from './where-it-went.presenter.ts';

/**
 * What stands around a referral, on its page and beside the forms about it: who its children are known to be, who is of
 * their family, what the agencies were asked, and where a decision sent the family. A part that is added is added here.
 */
@Injectable()
export class AroundReferral {
  constructor(
    private readonly known: ReadKnownChildren,
    private readonly family: ReadFamily,
    private readonly requests: ReadRequests,
    private readonly routes: ReadRoutes,
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
    // A referral that no person has decided went nowhere.
    const routes = page.decisions.length === 0 ? null : await this.routes.ofReferral(reference, by);
    return {
      mayJoinReports: audience === 'hub' && may(by, 'incident:say'),
      knownChildren: presentKnownChildren(known, by, when),
      family: presentFamily(family, referencesBeside(page), today, when),
      requests: presentRequests(await this.requests.execute(reference, by), { audience, when, now, zone }),
      whereItWent: presentWhereItWent(reference, routes, by, { now, zone }, audience !== 'hub'),
    };
  }
}
