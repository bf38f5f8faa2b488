import { Needs, Staff, type StaffActor } from '#access';
import { serviceAlertWords } from '#alerts';
import { HubTime } from '#deadlines';
import { parseReferralReference } from '#domain';
import { WhoLooks } from '#referrals';
import { QueueCounts, RecentChanges } from '#work';
import { BadRequestException, Controller, Get, NotFoundException, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { SignedIn } from '../../shell/context/signed-in.ts';
import type { StaffRequest } from '../../shell/context/staff-request.ts';
import { clockInWords } from '../../shell/words/words.ts';
import { AlertStream, type Told } from './alert-stream.ts';
import { HintStream, isNewSince, type Hint, type PageOn } from './hint-stream.ts';

/** Keeps what is between us and the browser from thinking that no person is there. */
const A_SIGN_OF_LIFE_MS = 5_000;
/** Then the page asks again, and the guard looks again who it is. */
const LASTS_MS = 15 * 60_000;

/** More pages than any person reads at once. */
const MOST_PAGES = 20;

interface OpenPage {
  readonly by: string;
  readonly on: PageOn | null;
}

@Controller('live')
export class LiveController {
  private readonly pages = new Set<OpenPage>();

  constructor(
    private readonly alerts: AlertStream,
    private readonly hints: HintStream,
    private readonly whoLooks: WhoLooks,
    private readonly changes: RecentChanges,
    private readonly counts: QueueCounts,
    private readonly staff: Staff,
    private readonly time: HubTime,
  ) {}

  /**
   * Server-sent events: one for each alert that tells the person who is signed in, and hints about what the page is
   * about, which is the queue or a referral.
   */
  @Get()
  @Needs('alert:read')
  async open(
    @Query('on') asked: unknown,
    @Query('since') since: unknown,
    @Req() request: StaffRequest,
    @Res() response: Response,
  ): Promise<void> {
    const on = pageOf(asked);
    const from = on === null ? null : instantOf(since);
    const isOfReferral = on !== null && on !== 'queue';
    if (isOfReferral && !(await this.whoLooks.mayLook(on, request.actor))) throw new NotFoundException();
    // A person who left the page while it was looked up who they are has closed it already, and nothing would say so again.
    if (response.destroyed) return;
    // Asked for the headers alone: a stream would never end.
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    const { actor } = request;
    if (this.openBy(actor.id).length >= MOST_PAGES) return void response.status(429).end();
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.write('retry: 3000\n\n');
    const page = { by: actor.id, on };
    this.pages.add(page);
    const send = (event: string, data: object) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const closing = [this.alerts.open(actor.id, (alert) => send('alert', this.present(alert)))];
    if (on !== null && from !== null) {
      closing.push(this.hints.open(on, from, ({ event, ...hint }) => send(event, hint)));
    }
    const look = () => {
      if (on !== null && on !== 'queue') void this.whoLooks.say(on, actor).catch(() => undefined);
    };
    look();
    const alive = setInterval(() => {
      send('looked', { upTo: this.alerts.lookedUpTo?.epochMilliseconds ?? null });
      look();
      void this.isStillThere(request).then((isThere) => isThere || response.end());
      if (isOfReferral) void this.whoLooks.mayLook(on, actor).then((may) => may || response.end());
    }, A_SIGN_OF_LIFE_MS);
    const end = setTimeout(() => response.end(), LASTS_MS);
    response.once('close', () => {
      for (const close of closing) close();
      this.pages.delete(page);
      const isOnAnother = this.openBy(actor.id).some((other) => other.on === on);
      if (on !== null && on !== 'queue' && !isOnAnother) void this.whoLooks.left(on, actor).catch(() => undefined);
      clearInterval(alive);
      clearTimeout(end);
    });
  }

  /** The same for a page that no events reach: asked once a minute. */
  @Get('now')
  @Needs('alert:read')
  async now(
    @Query('on') asked: unknown,
    @Query('since') since: unknown,
    @Query('alertsSince') alertsSince: unknown,
    @SignedIn() actor: StaffActor,
  ): Promise<object> {
    const on = pageOf(asked);
    const now = await this.changes.now();
    const from = alertsSince === undefined ? now.subtract({ minutes: 1 }) : instantOf(alertsSince);
    const told = await this.alerts.since([actor.id], from);
    const hint =
      on === 'queue' ? await this.hintOfQueue(instantOf(since)) : on === null ? null : await this.hintOf(on, actor);
    return { now: now.epochMilliseconds, alerts: told.map((one) => this.present(one)), hint };
  }

  private async hintOfQueue(since: Temporal.Instant): Promise<Hint> {
    const changes = await this.changes.since(since);
    if (changes.length > 0) this.counts.drop();
    const came = changes.filter((change) => isNewSince(since, change)).length;
    return { event: 'queue', came, changed: changes.length - came };
  }

  private async hintOf(reference: string, actor: StaffActor): Promise<Hint> {
    if (!(await this.whoLooks.mayLook(reference, actor))) throw new NotFoundException();
    await this.whoLooks.say(reference, actor);
    const [standing] = await this.whoLooks.at([reference]);
    if (standing === undefined) throw new NotFoundException();
    return { event: 'referral', version: standing.version, looking: standing.looking };
  }

  private openBy(personId: string): readonly OpenPage[] {
    return [...this.pages].filter(({ by }) => by === personId);
  }

  /** Signed in, and working here. What cannot be looked up now is looked up the next time. */
  private async isStillThere({ sessionStore, sessionID, actor }: StaffRequest): Promise<boolean> {
    const isSignedIn = await new Promise<boolean>((answer) =>
      sessionStore.get(sessionID, (error, session) => answer(Boolean(error) || session?.staffId === actor.id)),
    );
    return isSignedIn && (await this.staff.byId(actor.id).catch(() => actor)) !== null;
  }

  private present(told: Told) {
    const { id, rating, dueAt, firedAt } = told;
    if (told.kind !== 'due_soon' && told.reference === null) {
      const { text, path } = serviceAlertWords(told.kind, told.subject ?? '');
      return { id, rating, href: path, what: 'New alert', text };
    }
    const { sentence } = clockInWords(dueAt, firedAt, this.time.zone);
    const text = `${told.reference}, rated ${rating}: decision ${sentence}`;
    return {
      id,
      rating,
      href: `/referrals/${told.reference}`,
      what: told.kind === 'due_soon' ? 'With you' : 'New alert',
      text,
    };
  }
}

function pageOf(asked: unknown): PageOn | null {
  return asked === 'queue' ? 'queue' : parseReferralReference(typeof asked === 'string' ? asked : '');
}

/** @throws BadRequestException when it is not milliseconds */
function instantOf(since: unknown): Temporal.Instant {
  if (typeof since !== 'string' || !/^\d{1,14}$/.test(since)) throw new BadRequestException();
  return Temporal.Instant.fromEpochMilliseconds(Number(since));
}
