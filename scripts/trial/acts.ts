import type { Rating } from '#domain';
import { Refused } from '#platform';
import { SERVICE, sql } from '#store';
import { createHash, randomUUID } from 'node:crypto';
import type { ScenarioFile } from '../demonstration/scenario-files.ts';
import type { ModelReferral } from './model-referral.ts';
import { beforeThat, type Act } from './plan.ts';
import { scenarioAt } from '../hub/scenario-at.ts';
import { acceptRoute, clocksOf, holdDiscussion, returnRoute, sendOn } from './after-deciding-acts.ts';
import { judgeChildren, partChildren } from './children-acts.ts';
import { answer, ask, withdraw } from './request-acts.ts';
import { policyVariant, withClosure } from './versions.ts';
import type { World } from './world.ts';

const LEVEL = 3;

/** The acts that are about a request, a discussion, a route, or children. */
type AboutAnother =
  | ('answer' | 'withdraw' | 'hold discussion' | 'accept route' | 'return route' | 'send on')
  | ('join children' | 'keep apart' | 'part children');

/** Does acts, on the hub and then on the model of it. */
export class Actor {
  private submissions = 0;

  /** @param seed makes the idempotency keys of a trial its own */
  constructor(
    private readonly world: World,
    private readonly scenarios: readonly ScenarioFile[],
    private readonly seed: number,
  ) {}

  /** Does it, or what makes it possible. @returns what was done; null when there was nothing to do it to */
  async perform(act: Act): Promise<Act['kind'] | null> {
    if (await this.attempt(act)) return act.kind;
    const instead = beforeThat(act);
    return instead !== null && (await this.attempt(instead)) ? instead.kind : null;
  }

  private async attempt(act: Act): Promise<boolean> {
    const { world } = this;
    const { model } = world;
    switch (act.kind) {
      case 'submit':
        await this.submit(act.scenario);
        return true;
      case 'move':
        await world.moveTo(this.instant(act));
        return true;
      case 'new calendar':
        await this.publish({ calendar: withClosure(model.calendarData, model.now, act.closedInDays) });
        return true;
      case 'new policy':
        await this.publish({ policy: policyVariant(act.variant) });
        return true;
      case 'accept hand-over':
        return this.acceptHandovers();
      case 'join children':
      case 'keep apart':
        return judgeChildren(world, act.which, act.withWhich, act.kind === 'join children');
      case 'part children':
        return partChildren(world, act.which);
      case 'answer':
      case 'withdraw': {
        const open = model.requests.filter(({ isSettled }) => !isSettled);
        const request = open[act.which % open.length];
        if (request === undefined) return false;
        await (act.kind === 'answer' ? answer(world, request) : withdraw(world, request));
        model.fire();
        return true;
      }
      case 'hold discussion': {
        const { discussions } = model.after;
        const discussion = discussions[act.which % discussions.length];
        if (discussion === undefined) return false;
        await holdDiscussion(world, discussion);
        model.fire();
        return true;
      }
      case 'accept route':
      case 'return route':
      case 'send on': {
        const isAwaiting = act.kind !== 'send on';
        const routes = model.after.routes.filter((one) => !isAwaiting || (one.isKnown && one.returned === null));
        const route = routes[act.which % routes.length];
        if (route === undefined) return false;
        const acts = { 'accept route': acceptRoute, 'return route': returnRoute, 'send on': sendOn };
        await acts[act.kind](world, route);
        model.fire();
        return true;
      }
      case 'ask':
      case 'rate':
      case 'claim':
      case 'give-back':
      case 'acknowledge':
      case 'decide':
      case 'sign-off': {
        const possible = model.undecided.filter(
          (referral) =>
            isPossible(act, referral) &&
            (act.kind !== 'ask' || model.requestsOf(referral).every(({ isSettled }) => isSettled)),
        );
        const referral = possible[act.which % possible.length];
        if (referral === undefined) return false;
        await this.actOn(referral, act);
        model.fire();
        return true;
      }
    }
  }

  /** Decides every referral that is undecided: the end of a trial. */
  async decideAll(): Promise<void> {
    for (const referral of this.world.model.undecided) {
      if (referral.status === 'awaiting_decision') await this.decide(referral, 'strategy_discussion');
      if (this.isAwaitingSignOff(referral)) await this.signOff(referral, 'agreed');
    }
  }

  async acceptHandovers(): Promise<boolean> {
    const { database, acceptHandover, manager } = this.world;
    const open = await database.as(SERVICE).rows<{ id: string }>(
      sql`SELECT handover.id FROM handover JOIN deadline d ON d.kind = 'handover' AND d.subject = handover.id::text
       WHERE d.state = 'open' ORDER BY handover.at DESC`,
    );
    for (const { id } of open) {
      await acceptHandover
        .accept({ handoverId: id, note: '', about: null, formId: randomUUID(), by: manager })
        .catch((error: unknown) => {
          // A worker has ended it meanwhile: all its referrals are decided.
          if (!(error instanceof Refused) || error.code !== 'handover-already-accepted') throw error;
        });
    }
    return open.length > 0;
  }

  async publish(version: Parameters<World['model']['published']>[0]): Promise<void> {
    const { publish, manager: by, model } = this.world;
    const kind = 'policy' in version ? 'policy' : 'calendar';
    await publish.execute({
      version: 'policy' in version ? { kind: 'policy', ...version } : { kind: 'calendar', ...version },
      reason: 'A trial.',
      effectiveFrom: null,
      seen: model.versions[kind],
      formId: randomUUID(),
      by,
    });
    model.published(version);
  }

  /** As an agency would: again and again under the same key, until it is answered. */
  private async submit(scenario: number): Promise<void> {
    const { world, seed } = this;
    const body = scenarioAt(this.scenarios[scenario % this.scenarios.length]!.body, this.world.model.now);
    const idempotencyKey = createHash('sha256').update(`${seed} ${++this.submissions}`).digest('hex').slice(0, 32);
    const { answer } = await world.patiently(() =>
      again('idempotency-key-in-use', () =>
        world.submit.execute({ agencyId: world.agencyId, idempotencyKey, referral: body }),
      ),
    );
    world.accepted++;
    world.model.submitted(answer.reference, idempotencyKey, body);
    world.model.fire();
  }

  private async actOn(
    referral: ModelReferral,
    act: Exclude<Extract<Act, { which: number }>, { kind: AboutAnother }>,
  ): Promise<void> {
    const { world } = this;
    const { reference } = referral;
    const { manager: by, model } = world;
    switch (act.kind) {
      case 'ask':
        return ask(world, referral);
      case 'rate':
        return this.rate(referral, act.to);
      case 'claim':
        await world.patiently(() => world.claim.execute({ reference, by }));
        return referral.claimed();
      case 'give-back': {
        const formId = randomUUID();
        await world.patiently(() => world.giveBack.execute({ reference, note: '', formId, by }));
        return referral.givenBack(model.now);
      }
      case 'acknowledge':
        await this.acknowledge(reference);
        return referral.acknowledged(model.now);
      case 'decide':
        return this.decide(referral, act.outcome);
      case 'sign-off':
        return this.signOff(referral, act.result);
    }
  }

  /** From red to green it takes two managers: the one lowers it to amber, and the other, when asked again, to green. */
  private async rate(referral: ModelReferral, asked: Rating): Promise<void> {
    const to = referral.rating === 'red' && asked === 'green' ? 'amber' : asked;
    const { reference } = referral;
    const { manager, otherManager, model, rate } = this.world;
    const by = to === 'green' ? otherManager : manager;
    const { ratings: ratingsSeen } = (await this.world.database
      .as(SERVICE)
      .row<{ ratings: number }>(
        sql`SELECT count(*)::int AS ratings FROM rating g JOIN referral r ON r.id = g.referral_id WHERE r.reference = ${reference}`,
      ))!;
    await this.onVersion(referral, (version, formId) =>
      rate.execute({ reference, rating: to, reason: 'A trial.', version, ratingsSeen, formId, by }),
    );
    model.rated(referral, to);
  }

  /** A person whose answer was lost is told at the second try that there is nothing left to acknowledge. */
  private async acknowledge(reference: string): Promise<void> {
    const { acknowledge, manager: by } = this.world;
    let tries = 0;
    await this.world.patiently(async () => {
      tries++;
      await acknowledge.execute({ reference, by }).catch((error: unknown) => {
        if (tries === 1 || !(error instanceof Refused) || error.code !== 'not-found') throw error;
      });
    });
  }

  private async decide(referral: ModelReferral, outcome: Parameters<World['decide']['execute']>[0]['outcome']) {
    const { decide, manager: by } = this.world;
    const { reference, rating: confirmsRating } = referral;
    const reasons = await this.onVersion(referral, (version, formId) =>
      decide.execute({
        ...{ reference, outcome, thresholdLevel: LEVEL, rationale: 'A trial.', confirmsRating },
        contradictionReason: 'A trial.',
        noDiscussionReason: 'A trial.',
        ...{ progression: 'referral', primaryNeed: 'N1', lateReason: null, lateWords: '' },
        ...{ version, formId, by },
      }),
    );
    referral.claimed();
    referral.status = reasons.length === 0 ? 'decided' : 'awaiting_sign_off';
    referral.outcome = outcome;
    referral.decidedAt = this.world.model.now;
    if (referral.status === 'decided') await this.takeEffect(referral);
  }

  private async takeEffect(referral: ModelReferral): Promise<void> {
    const { world } = this;
    world.model.decided(referral, referral.outcome!, await clocksOf(world, referral.reference));
  }

  private async signOff(referral: ModelReferral, result: 'agreed' | 'returned'): Promise<void> {
    const { signOff, otherManager: by } = this.world;
    const { reference } = referral;
    const comments = result === 'agreed' ? null : 'Not yet.';
    await this.onVersion(referral, (version, formId) =>
      signOff.execute({ reference, result, comments, version, formId, by }),
    );
    referral.status = result === 'agreed' ? 'decided' : 'awaiting_decision';
    if (referral.status === 'decided') await this.takeEffect(referral);
  }

  private isAwaitingSignOff({ status }: ModelReferral): boolean {
    return status === 'awaiting_sign_off';
  }

  /**
   * Sends a form until it is answered, with the version that is there: a worker may be re-arming the referral at this
   * moment, and PostgreSQL may be away.
   */
  private onVersion<T>(
    { reference }: ModelReferral,
    send: (version: number, formId: string) => Promise<T>,
  ): Promise<T> {
    const { world } = this;
    const formId = randomUUID();
    return world.patiently(() =>
      again('changed-meanwhile', async () => {
        const found = await world.database
          .as(SERVICE)
          .row<{ version: number }>(sql`SELECT version FROM referral WHERE reference = ${reference}`);
        return send(found!.version, formId);
      }),
    );
  }

  private instant(act: Act & { kind: 'move' }): Temporal.Instant {
    const { model } = this.world;
    if (act.how === 'by') return model.now.add({ minutes: act.minutes });
    const ahead = model.ahead();
    const at = ahead[act.next % ahead.length];
    if (at === undefined) return model.now.add({ minutes: 30 });
    const before = at.subtract({ milliseconds: 1 });
    return act.how === 'just before' && Temporal.Instant.compare(before, model.now) > 0 ? before : at;
  }
}

function isPossible(act: Act, { status, isClaimed, canBeAcknowledged }: ModelReferral): boolean {
  if (act.kind === 'sign-off') return status === 'awaiting_sign_off';
  if (act.kind === 'acknowledge') return canBeAcknowledged;
  if (status !== 'awaiting_decision') return false;
  return act.kind === 'claim' ? !isClaimed : act.kind === 'give-back' ? isClaimed : true;
}

async function again<T>(code: Refused['code'], work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === 20 || !(error instanceof Refused) || error.code !== code) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
