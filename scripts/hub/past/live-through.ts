import type { StaffActor } from '#access';
import { addWorkingMinutes, undoableUntil, type Rating } from '#domain';
import type { Concern } from './concerns.ts';
import { decisionOn, endOf, type End } from './decide-past.ts';
import type { HubAtWork } from './hub-at-work.ts';
import { PastReferral } from './past-referral.ts';
import type { Arrival } from './arrival.ts';
import { NOTES_GIVEN_BACK, WHY_CONFIRMED, WHY_LOWERED, WHY_RAISED, WHY_RETURNED } from './words.ts';
import { inForceAt, isBefore, type World } from './world.ts';

/** Minutes to the decision: elapsed for a red, else of opening hours; the median, and how far they lie apart. */
const TIME_TO_DECIDE: Readonly<Record<Rating, readonly [median: number, spread: number]>> = {
  red: [112, 0.46],
  amber: [225, 0.52],
  green: [430, 0.5],
};
/** Minutes that a decision waits for sign-off, on the same clocks. */
const TIME_TO_SIGN: readonly [number, number] = [34, 0.85];

/** How often things happen that do not happen each time. */
const SHARE = {
  screened: 0.36, lapsed: 0.035, ratedBefore: 0.4, raised: 0.05, lowered: 0.035, loweredWhenLate: 0.22, readByOthers: 0.2,
  returned: 0.07, undone: 0.03, agreementUndone: 0.008, next: 0.6,
}; // prettier-ignore

/** How one referral goes. */
export interface Life {
  readonly arrival: Arrival;
  readonly concern: Concern;
  /** How much longer it takes than usual; 1 for as long. */
  readonly slowness: number;
  /** The minutes to a decision by the person who takes it first, where that is not left to chance; null where it is. */
  readonly takes: number | null;
  /** The end of the past: nothing happens after it. */
  readonly until: Temporal.Instant;
  /** Whether it is over by then; if not, it may stay open. */
  readonly isOverByThen: boolean;
}

/** Lets a referral be screened, rated, decided and signed off, as they are in a hub, or as far as it gets. */
export function liveThrough(world: World, hub: HubAtWork, life: Life): { referral: PastReferral; end: End | null } {
  const referral = new PastReferral(world, life.arrival, (alert) => hub.answer(alert));
  const one = new Course(world, hub, life, referral);
  const end = one.run();
  if (end === null) referral.passTo(life.until);
  referral.beAccepted(life.until, hub.screener());
  return { referral, end };
}

class Course {
  private last: Temporal.Instant;
  private total: number;

  constructor(
    private readonly world: World,
    private readonly hub: HubAtWork,
    private readonly life: Life,
    private readonly referral: PastReferral,
  ) {
    this.last = life.arrival.at;
    const [median, spread] = TIME_TO_DECIDE[referral.row.rating];
    this.total = life.takes ?? world.random.duration(median, spread) * life.slowness;
    if (life.isOverByThen) while (this.total > 4 && isBefore(this.end(), this.after(this.total))) this.total /= 2;
  }

  /** @returns how it ended; null when it is still open at the end of the past */
  run(): End | null {
    const { random } = this.world;
    if (this.life.takes === null) this.beTakenBefore();
    const opened = this.reach(this.after(this.total * (0.15 + 0.3 * random.share())));
    if (opened === null) return null;
    const decider = this.hub.decider(opened);
    this.referral.read(opened, decider);
    const claimed = this.reach(opened.add({ seconds: random.whole(5, 90) }));
    if (claimed === null) return null;
    this.referral.claim(claimed, decider, random.happens(SHARE.next) ? 'next' : 'chosen');
    if (this.life.takes === null) this.changeRating(decider);
    if (random.happens(SHARE.readByOthers)) this.readByAnother(decider);
    return this.decide(decider);
  }

  /** Most are taken once; some are screened before, or taken and forgotten. */
  private beTakenBefore(): void {
    const { random } = this.world;
    if (random.happens(SHARE.screened) && this.hub.isOpen(this.after(this.total * 0.1))) this.screen();
    else if (random.happens(SHARE.lapsed)) this.holdAndForget();
  }

  /** A screener reads it, confirms or raises its rating, and gives it back for a person who may decide. */
  private screen(): void {
    const { random } = this.world;
    const by = this.hub.screener();
    const at = this.reach(this.after(this.total * 0.1));
    if (at === null) return;
    this.referral.read(at, by);
    const claimed = this.reach(at.add({ seconds: random.whole(5, 60) }));
    if (claimed === null) return;
    this.referral.claim(claimed, by, 'next');
    const rated = this.reach(claimed.add({ seconds: random.whole(120, 1_200) }));
    if (rated === null) return;
    const { rating } = this.referral.row;
    const raised = rating !== 'red' && random.happens(SHARE.raised) ? (rating === 'green' ? 'amber' : 'red') : rating;
    this.referral.rate(rated, by, raised, random.pick(raised === rating ? WHY_CONFIRMED : WHY_RAISED));
    if (raised === 'red') this.total = rated.since(this.life.arrival.at).total('minutes') + 20 + 60 * random.share();
    const back = this.reach(rated.add({ seconds: random.whole(20, 400) }));
    if (back !== null) this.referral.giveBack(back, by, random.pick(NOTES_GIVEN_BACK));
  }

  /** A person takes it and is called away: the claim lapses. */
  private holdAndForget(): void {
    const at = this.reach(this.after(this.total * 0.06));
    if (at === null || isBefore(this.end(), at.add({ minutes: 31 }))) return;
    this.referral.claim(at, this.hub.decider(at), 'next');
    this.referral.lapse();
    this.last = at.add({ minutes: 30, seconds: 2 });
  }

  /** The rating is confirmed or changed before the decision: often, and more often lowered where time runs out. */
  private changeRating(decider: StaffActor): void {
    const { random } = this.world;
    const { row } = this.referral;
    const willBeLate = isBefore(row.decisionDueAt, this.after(this.total));
    const lowered = row.rating === 'red' ? 'amber' : 'green';
    if (row.rating !== 'green' && random.happens(willBeLate ? SHARE.loweredWhenLate : SHARE.lowered)) {
      const soon = row.decisionDueAt.subtract({ minutes: random.whole(15, 55) });
      const at = this.reach(willBeLate ? soon : this.after(this.total * 0.6));
      if (at !== null) this.referral.rate(at, this.hub.managerBeside(at, decider), lowered, random.pick(WHY_LOWERED));
    } else if (!row.firstRatedAt && random.happens(SHARE.ratedBefore)) {
      const at = this.reach(this.after(this.total * (0.5 + 0.2 * random.share())));
      if (at !== null) this.referral.rate(at, decider, row.rating, random.pick(WHY_CONFIRMED));
    }
  }

  private readByAnother(decider: StaffActor): void {
    const at = this.reach(this.after(this.total * (0.7 + 0.2 * this.world.random.share())));
    if (at !== null) this.referral.read(at, this.hub.managerBeside(at, decider));
  }

  private decide(decider: StaffActor): End | null {
    const { random } = this.world;
    const at = this.reach(this.after(this.total));
    if (at === null) return null;
    const end = endOf(random, this.life.concern, this.referral.row.rating);
    const decided = decisionOn(random, this.referral, this.life.concern, end, at);
    let reasons = this.referral.decide(at, decider, decided);
    const until = undoableUntil(at, { immediateDanger: this.referral.row.immediateDanger, outcome: end.outcome });
    if (until !== null && random.happens(SHARE.undone)) {
      const undone = this.reach(at.add({ seconds: random.whole(4, 27) }));
      if (undone === null) return null;
      this.referral.undo(undone, decider);
      const again = this.reach(undone.add({ seconds: random.whole(60, 1_500) }));
      if (again === null) return null;
      reasons = this.referral.decide(again, decider, decisionOn(random, this.referral, this.life.concern, end, again));
    }
    return reasons.length === 0 || this.signOff(decider, end) ? end : null;
  }

  private signOff(decider: StaffActor, end: End): boolean {
    const { random } = this.world;
    const signer = this.hub.managerBeside(this.last, decider);
    if (random.happens(SHARE.returned)) {
      const returned = this.reach(this.fromLast(random.duration(...TIME_TO_SIGN)));
      if (returned === null) return false;
      this.referral.signOff(returned, signer, 'returned', random.pick(WHY_RETURNED));
      const again = this.reach(this.fromLast(random.duration(40, 0.6)));
      if (again === null) return false;
      this.referral.decide(again, decider, decisionOn(random, this.referral, this.life.concern, end, again));
    }
    const agreed = this.reach(this.fromLast(random.duration(...TIME_TO_SIGN)));
    if (agreed === null) return false;
    const agrees = this.hub.isOpen(agreed) ? signer : this.hub.managerBeside(agreed, decider);
    this.referral.signOff(agreed, agrees, 'agreed', null);
    const until = undoableUntil(agreed, { immediateDanger: this.referral.row.immediateDanger, outcome: end.outcome });
    if (until === null || !random.happens(SHARE.agreementUndone)) return true;
    const undone = this.reach(agreed.add({ seconds: random.whole(4, 27) }));
    if (undone === null) return false;
    this.referral.undo(undone, agrees);
    const again = this.reach(undone.add({ seconds: random.whole(120, 900) }));
    if (again === null) return false;
    this.referral.signOff(again, agrees, 'agreed', null);
    return true;
  }

  /** The instant so many minutes after the receipt, on the clock of the rating that it has. */
  private after(minutes: number): Temporal.Instant {
    return this.onClock(this.life.arrival.at, minutes);
  }

  /** The same since the last act. */
  private fromLast(minutes: number): Temporal.Instant {
    return this.onClock(this.last, minutes);
  }

  private onClock(from: Temporal.Instant, minutes: number): Temporal.Instant {
    const milliseconds = Math.round(minutes * 60_000);
    if (this.referral.row.rating === 'red') return from.add({ milliseconds });
    const { calendar } = inForceAt(this.world, from);
    return addWorkingMinutes(calendar, from, Math.floor(minutes) + 1).add({ milliseconds: milliseconds % 60_000 });
  }

  /** The end of the past, with the time that a sign-off takes left over where it is to be over by then. */
  private end(): Temporal.Instant {
    return this.life.isOverByThen ? this.life.until.subtract({ hours: 2 }) : this.life.until;
  }

  /** Goes on to an instant, or to a moment after the last act if that was later; null when the past ends before. */
  private reach(at: Temporal.Instant): Temporal.Instant | null {
    const { random } = this.world;
    const soonest = this.last.add({ milliseconds: random.whole(2_000, 9_000) });
    let next = isBefore(at, soonest) ? soonest : at;
    if (this.life.isOverByThen && isBefore(this.life.until, next)) next = soonest;
    if (isBefore(this.life.until, next)) return null;
    this.last = next;
    return next;
  }
}
