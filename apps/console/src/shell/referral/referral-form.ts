import { randomUUID } from 'node:crypto';
import { stampOf, type DraftKind, type Drafts, type StaffActor, type Typed } from '#access';
import { timeInWords } from '#domain';
import { Refused } from '#platform';
import type { ReadReferral, ReferralPage } from '#triage';
import type { ClassConstructor } from 'class-transformer';
import { IsUUID, Matches } from 'class-validator';
import type { Response } from 'express';
import { liveOf } from './live-of.ts';
import { runningClocks } from '../words/running-clocks.ts';
import { ratingTag } from '../words/words.ts';
import type { StaffRequest } from '../staff-request.ts';
import { childrenInWords } from './children-in-words.ts';
import { changesSince } from './changes-since.ts';
import { errorList, readForm, REOPEN, typedIn, windowOf, type FormErrors } from '../forms/read-form.ts';

/** Refusals after which the form is shown again with what changed and what the person typed. */
const SHOWN_ON_THE_FORM = [
  'changed-meanwhile',
  'already-decided',
  'held-by-someone-else',
  'lowering-needs-a-manager',
  'nothing-to-sign-off',
  'decider-cannot-sign-off',
];

export function isShownOnTheForm(error: unknown): error is Refused {
  return error instanceof Refused && SHOWN_ON_THE_FORM.includes(error.code);
}

/** What every form about a referral carries: which version the person saw, when, and an id of its own. */
export class SeenFields {
  @Matches(/^\d{1,9}$/, REOPEN) readonly version!: string;
  @Matches(/^\d{1,16}$/, REOPEN) readonly openedAt!: string;
  @IsUUID('all', REOPEN) readonly formId!: string;
}

/** What a form about a referral shows beside its own fields. */
interface Shown {
  /** Null when the person has typed nothing yet. */
  readonly form: object | null;
  readonly errors?: FormErrors | null;
  readonly refusal?: string | null;
  /** The form is shown as the person left it. */
  readonly isRestored?: boolean;
  /** When the draft that it shows was saved; null when there is none. */
  readonly savedAt?: Temporal.Instant | null;
}

/** The part that the forms about a referral have in common: shown, kept as a draft, and received with errors, a conflict, or success. */
export class ReferralForm<F extends SeenFields> {
  constructor(
    private readonly shape: ClassConstructor<F>,
    private readonly kind: DraftKind,
    private readonly view: string,
    private readonly services: {
      readonly readReferral: ReadReferral;
      readonly drafts: Drafts;
      readonly zone: string;
    },
    /** Why nobody, or not this person, can send it now; null when they can. */
    private readonly closedBecause: (page: ReferralPage, by: StaffActor) => string | null,
    private readonly more: (page: ReferralPage, by: StaffActor) => object,
    /** What the form has in it before anything is typed. */
    private readonly begun: (page: ReferralPage, by: StaffActor) => Typed = () => ({}),
  ) {}

  /**
   * Shows the form as the person left it, if they did. What changed meanwhile is said at once, and nobody begins what
   * they cannot send.
   */
  async show({ actor, session }: StaffRequest, response: Response, reference: string): Promise<void> {
    const draft = await this.services.drafts.find(this.kind, reference, actor);
    const page = await this.read(reference, actor);
    const closed = this.closedBecause(page, actor);
    if (draft === null && closed !== null) {
      session.warning = closed;
      return response.redirect(303, `/referrals/${reference}`);
    }
    this.render(response, 200, page, actor, {
      form: draft?.typed ?? null,
      isRestored: draft !== null,
      savedAt: draft?.savedAt ?? null,
    });
  }

  /**
   * Runs the act that the form asks for. With errors, or when the act is refused, the form comes back with why and
   * with what the person typed. Sent twice it is answered as the first time.
   *
   * @param act does it, with the version that the person saw, and returns what to tell them
   * @param isRecorded whether these very answers are on record
   */
  async receive(
    request: StaffRequest,
    response: Response,
    reference: string,
    act: (form: F, seenVersion: number) => Promise<string>,
    isRecorded: (page: ReferralPage, form: F) => boolean,
  ): Promise<void> {
    const { actor, session } = request;
    const form = await this.check(request, response, reference);
    if (form === null) return;
    try {
      session.notice = await act(form, Number(form.version));
    } catch (error) {
      if (!isShownOnTheForm(error)) throw error;
      const page = await this.read(reference, actor);
      const wasSent = page.timeline.some(({ details }) => details['formId'] === form.formId);
      if (wasSent && isRecorded(page, form)) return response.redirect(303, `/referrals/${reference}`);
      const savedAt = await this.keep(request, reference);
      return this.render(response, 409, page, actor, { form, refusal: error.code, savedAt });
    }
    await this.services.drafts.remove(this.kind, reference, actor, windowOf(request.body));
    response.redirect(303, `/referrals/${reference}`);
  }

  /** @returns the form as posted; null when something is wrong with it, and the person has been told */
  async check(request: StaffRequest, response: Response, reference: string): Promise<F | null> {
    const { form, errors } = readForm(this.shape, request.body);
    if (errors === null) return form;
    const { actor } = request;
    const savedAt = await this.keep(request, reference);
    this.render(response, 422, await this.read(reference, actor), actor, { form, errors, savedAt });
    return null;
  }

  /** What was sent and not recorded; what another window has saved since is left, and this window goes on to show its own. */
  private async keep({ actor, body }: StaffRequest, reference: string): Promise<Temporal.Instant | null> {
    try {
      return await this.services.drafts.save(this.kind, reference, typedIn(body), actor, windowOf(body));
    } catch (error) {
      if (error instanceof Refused && error.code === 'typed-in-another-window') return null;
      throw error;
    }
  }

  private async read(reference: string, by: StaffActor): Promise<ReferralPage> {
    return this.services.readReferral.execute({ reference, by });
  }

  private render(
    response: Response,
    status: number,
    page: ReferralPage,
    by: StaffActor,
    { form: typed, errors = null, refusal = null, isRestored = false, savedAt = null }: Shown,
  ): void {
    const { zone } = this.services;
    const form = typed ?? this.begun(page, by);
    const { version, openedAt = '' } = form as Typed;
    const hasChanged = isRestored && version !== undefined && version !== String(page.version);
    const changes = refusal === null && !hasChanged ? [] : changesSince(page, openedAt, zone);
    // What the person has seen changes only when they are shown what changed.
    const seen = errors === null ? { version: page.version, openedAt: String(page.now.epochMilliseconds) } : {};
    response.status(status).render(this.view, {
      reference: page.reference,
      ...liveOf(page, by),
      immediateDanger: page.immediateDanger,
      clocks: runningClocks(page, page.now, zone),
      summary: page.submitted.concern.summary,
      childsWords: page.submitted.childsVoice?.words ?? null,
      children: childrenInWords(page),
      rating: ratingTag(page.rating),
      holder: page.holder,
      // Each page that is shown is a form of its own: two that began with one draft are not one form sent twice.
      form: { ...form, ...seen, formId: randomUUID() },
      draftAt: `/drafts/${this.kind}/${page.reference}`,
      draftBegan: stampOf(savedAt ?? undefined),
      restored: isRestored && savedAt !== null ? timeInWords(savedAt, zone) : null,
      errors,
      errorList: errorList(errors),
      refusal: refusal ?? (changes.length > 0 ? 'changed-while-away' : null),
      changes,
      ...this.more(page, by),
    });
  }
}
