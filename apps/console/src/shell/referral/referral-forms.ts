import type { StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { timeInWords } from '#domain';
import { Refused } from '#platform';
import { ReadReferral, type ReferralPage } from '#referrals';
import { Drafts, stampOf, type DraftKind, type Typed } from '#work';
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../answer/answer.ts';
import type { FormErrors, Posted } from '../forms/read-form.ts';
import { errorSummary, FormFields } from '../forms/form-fields.ts';
import { runningClocks } from '../words/running-clocks.ts';
import { ratingTag } from '../words/words.ts';
import { AroundReferral } from './around-referral.ts';
import { changesSince } from './changes-since.ts';
import { childrenInWords } from './children-in-words.ts';
import { presentGlance } from './glance.presenter.ts';
import type { JustDone } from './just-done.ts';
import { isRatingConfirmed } from './is-rating-confirmed.ts';
import { liveOf } from './live-of.ts';
import { presentWarnings } from './warnings.presenter.ts';
import type { SeenForm } from './seen.form.ts';

/** Said at the top of the form that a person left and comes back to. */
const CHANGED_WHILE_AWAY = {
  title: 'What changed',
  text: 'This referral changed since you began. Your answers are as you left them: read what changed before you send them.',
};

/** Whether a refusal is said on the form that was sent, with what changed and what the person typed. */
export function isShownOnTheForm(error: unknown): error is Refused {
  return error instanceof Refused && error.refusal.onForm !== undefined;
}

/** A form about a referral, as its page declares it. */
export interface FormAboutReferral {
  readonly kind: DraftKind;
  readonly template: string;
  /** @returns why this person cannot send it now; null when they can */
  readonly closedBecause: (page: ReferralPage, by: StaffActor) => string | null;
  /** The fields of the form, and what else its template needs. */
  readonly present: (fields: FormFields, page: ReferralPage, by: StaffActor, zone: string) => object;
  /** The answers that the form begins with; none without it. */
  readonly begun?: (page: ReferralPage, by: StaffActor) => Typed;
}

/** A form about a referral, as the person sent it. */
export interface SentForm<F> {
  readonly reference: string;
  readonly by: StaffActor;
  readonly posted: Posted<F>;
}

/** What a form about a referral shows beside its own fields. */
interface Shown {
  /** Null when the person has typed nothing yet. */
  readonly form: object | null;
  readonly errors?: FormErrors | null;
  readonly refusal?: Refused | null;
  /** What the person reads before the act is done; null where there is nothing. */
  readonly before?: object | null;
  /** The form is shown as the person left it. */
  readonly isRestored?: boolean;
  /** When the draft that it shows was saved; null when there is none. */
  readonly savedAt?: Temporal.Instant | null;
  /** What the person did to another referral just before. */
  readonly done?: JustDone | null;
}

/** What the forms about a referral have in common: shown, kept as a draft, and received with errors, a conflict, or success. */
@Injectable()
export class ReferralForms {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly around: AroundReferral,
    private readonly drafts: Drafts,
    private readonly time: HubTime,
  ) {}

  /**
   * Shows the form as the person left it, if they did. What changed meanwhile is said at once, and no person begins what
   * they cannot send.
   */
  async show(of: FormAboutReferral, reference: string, by: StaffActor, done: JustDone | null = null): Promise<Answer> {
    const draft = await this.drafts.find(of.kind, reference, by);
    const page = await this.readReferral.execute({ reference, by });
    const closed = of.closedBecause(page, by);
    if (draft === null && closed !== null) return redirect(`/referrals/${reference}`, { warning: closed });
    return this.page(of, page, by, 200, {
      form: draft?.typed ?? null,
      isRestored: draft !== null,
      savedAt: draft?.savedAt ?? null,
      done,
    });
  }

  /**
   * Runs the act that the form asks for. With errors, or when the act is refused, the form comes back with why and
   * with what the person typed. Sent twice it is answered as the first time.
   *
   * @param act does it, with the version that the person saw, and returns what to tell them on the referral's page, or
   * where they go on
   */
  async receive<F extends SeenForm>(
    of: FormAboutReferral,
    sent: SentForm<F>,
    act: (form: F, seenVersion: number) => Promise<string | Answer>,
  ): Promise<Answer> {
    const { reference, by, posted } = sent;
    const { form, errors, window } = posted;
    if (errors !== null) return this.withErrors(of, sent);
    let told: string | Answer;
    try {
      told = await act(form, Number(form.version));
    } catch (error) {
      if (!isShownOnTheForm(error)) throw error;
      const page = await this.readReferral.execute({ reference, by });
      const savedAt = await this.keep(of.kind, sent);
      return this.page(of, page, by, 409, { form, refusal: error, savedAt });
    }
    await this.drafts.remove(of.kind, reference, by, window);
    return typeof told === 'string' ? redirect(`/referrals/${reference}`, { notice: told }) : told;
  }

  /**
   * The form again with what the person has to read before the act; what was typed is kept. What others changed
   * meanwhile is not shown, so the form goes on to name the version that the person saw.
   *
   * @param before what its template shows of that
   */
  async askFirst<F extends SeenForm>(of: FormAboutReferral, sent: SentForm<F>, before: object): Promise<View> {
    const savedAt = await this.keep(of.kind, sent);
    const page = await this.readReferral.execute({ reference: sent.reference, by: sent.by });
    return this.page(of, page, sent.by, 200, { form: sent.posted.form, before, savedAt });
  }

  /** The form again with what is wrong with it; what was typed is kept. */
  async withErrors<F extends SeenForm>(of: FormAboutReferral, sent: SentForm<F>): Promise<View> {
    // Fields whose names only their pattern tells are in what was typed alone.
    const { form, errors } = sent.posted;
    const savedAt = await this.keep(of.kind, sent);
    const page = await this.readReferral.execute({ reference: sent.reference, by: sent.by });
    return this.page(of, page, sent.by, 422, { form: { ...sent.posted.typed, ...form }, errors, savedAt });
  }

  /**
   * Keeps what was sent and not recorded. What another window has saved since is left, and this window goes on to show
   * its own.
   *
   * @returns when it was saved; null when it was not
   */
  private async keep<F>(kind: DraftKind, { reference, by, posted }: SentForm<F>): Promise<Temporal.Instant | null> {
    try {
      return await this.drafts.save(kind, reference, posted.typed, by, posted.window);
    } catch (error) {
      if (error instanceof Refused && error.code === 'typed-in-another-window') return null;
      throw error;
    }
  }

  /** What stands around the referral beside its form, and the line that sums it up. */
  private async besideIt(page: ReferralPage, by: StaffActor) {
    const around = await this.around.of(page, by);
    return { ...around, glance: presentGlance(page, around, this.time.zone) };
  }

  private async page(
    of: FormAboutReferral,
    page: ReferralPage,
    by: StaffActor,
    status: number,
    {
      form: typed,
      errors = null,
      refusal = null,
      before = null,
      isRestored = false,
      savedAt = null,
      done = null,
    }: Shown,
  ): Promise<View> {
    const { zone } = this.time;
    const form = typed ?? of.begun?.(page, by) ?? {};
    const { version, openedAt = '' } = form as Typed;
    const hasChanged = isRestored && version !== undefined && version !== String(page.version);
    const changes = refusal === null && !hasChanged ? [] : changesSince(page, openedAt, zone);
    // What the person has seen changes only when they are shown what changed.
    const isSeen = errors === null && before === null;
    const seen = isSeen ? { version: page.version, openedAt: String(page.now.epochMilliseconds) } : {};
    const presented = of.present(new FormFields(form, errors), page, by, zone);
    const locals = {
      reference: page.reference,
      justDone: done,
      ...liveOf(page, by),
      ...presentWarnings(page),
      clocks: runningClocks(page, page.now, zone),
      summary: page.submitted.concern.summary,
      childsWords: page.submitted.childsVoice?.words ?? null,
      children: childrenInWords(page),
      rating: ratingTag(page.rating, isRatingConfirmed(page)),
      holder: page.holder,
      // Each page that is shown is a form of its own: two that began with one draft are not one form sent twice.
      form: { ...form, ...seen, formId: randomUUID() },
      draftAt: `/drafts/${of.kind}/${page.reference}`,
      draftBegan: stampOf(savedAt ?? undefined),
      restored: isRestored && savedAt !== null ? timeInWords(savedAt, zone) : null,
      errorSummary: errorSummary(errors),
      refusal: refusal
        ? { title: 'Not recorded', text: refusal.refusal.onForm }
        : changes.length > 0 && CHANGED_WHILE_AWAY,
      changes,
      ...presented,
      ...('beside' in presented && (await this.besideIt(page, by))),
      ...before,
    };
    return view(of.template, locals, status);
  }
}
