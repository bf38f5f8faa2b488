import type { StaffActor } from '#access';
import {
  HubTime,
  PreviewVersion,
  PublishVersion,
  type NewVersion,
  type Preview,
  type VersionLine,
  type VersionsPage,
} from '#deadlines';
import { atLocalTime, plannedDay, type PolicyFault } from '#domain';
import { Refused, REFUSALS } from '#platform';
import { NameReferrals, type Typed } from '#work';
import { Injectable } from '@nestjs/common';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { fingerprintOf } from '../../shell/forms/fingerprint.ts';
import type { Posted } from '../../shell/forms/read-form.ts';
import type { ErrorSummaryArgs } from '../../shell/govuk/args.ts';
import { FormFields, summaryOf } from '../../shell/forms/form-fields.ts';
import { namedInWords } from '../../shell/referral/named.presenter.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { presentRuleChanges } from './decision-rules.presenter.ts';
import { presentWorkloadChanges } from './workload-rules.form.ts';
import { presentFollowUpChanges } from './follow-up-rules.presenter.ts';
import type { VersionForm } from './version.form.ts';

/** A form for a new version of policy or of calendar, as its page declares it. */
export interface FormOfVersion<T> {
  readonly template: string;
  /** Where it leads when it is done. */
  readonly readAt: string;
  readonly toFields: (data: T) => Typed;
  readonly fromFields: (fields: Typed, base: T) => T;
  /** The field that a fault is shown at. */
  readonly fieldOf: (fault: PolicyFault, fields: Typed) => string;
  readonly asVersion: (data: T) => NewVersion;
  /** What the template needs beside the fields. */
  readonly present: (fields: Typed) => object;
}

/** What is said at the top of the form. */
interface Shown {
  readonly errorSummary?: ErrorSummaryArgs;
  readonly refusal?: string;
  readonly preview?: object;
  readonly fingerprint?: string;
}

/**
 * What the forms for a new version of policy and of calendar have in common: filled in, previewed as often as one likes,
 * and published as previewed. What was typed comes back, with its faults.
 */
@Injectable()
export class VersionForms {
  constructor(
    private readonly preview: PreviewVersion,
    private readonly publish: PublishVersion,
    private readonly nameReferrals: NameReferrals,
    private readonly time: HubTime,
  ) {}

  /** @param wanted the number of the version to begin with; the one in force without it */
  show<T>(of: FormOfVersion<T>, page: VersionsPage<T>, wanted: unknown): Answer {
    const base = baseOf(page, wanted);
    const numbers = { base: String(base.version), seen: String(page.versions[0]!.version) };
    return this.page(of, page, { ...of.toFields(base.data), ...numbers });
  }

  async receive<T>(
    of: FormOfVersion<T>,
    page: VersionsPage<T>,
    { form, errors, typed }: Posted<VersionForm>,
    { formId, by }: { readonly formId: string; readonly by: StaffActor },
  ): Promise<Answer> {
    const data = of.fromFields(typed, baseOf(page, form.base).data);
    const version = of.asVersion(data);
    const day = this.beginningOf(form.effectiveOn);
    const preview = await this.preview.execute(version, day === 'no such day' ? null : day, by);
    const errorList = [
      ...preview.faults.map((fault) => ({ href: `#${of.fieldOf(fault, typed)}`, text: fault.message })),
      ...Object.entries(errors ?? {}).map(([name, text]) => ({ href: `#${name}`, text })),
      ...faultsOf(day, preview.now).map((text) => ({ href: '#effectiveOn', text })),
    ];
    if (errorList.length > 0 || day === 'no such day') {
      return this.page(of, page, typed, { errorSummary: summaryOf(errorList) }, 422);
    }
    const fingerprint = fingerprintOf([data, form.effectiveOn]);
    const shown = async () => ({ preview: await this.presented(preview, version, by), fingerprint });
    if (form.act !== 'publish') return this.page(of, page, typed, await shown());
    const command = {
      version,
      reason: form.reason,
      effectiveFrom: day,
      seen: Number(form.seen),
      by,
      formId,
    };
    try {
      if (form.fingerprint !== fingerprint) throw new Refused('changed-since-preview');
      const number = await this.publish.execute(command);
      const from = day && dayAndTime(day, preview.now, this.time.zone);
      return redirect(of.readAt, {
        notice: `Version ${number} ${from === null ? 'is in force' : `takes effect ${from}`}.`,
      });
    } catch (error) {
      const refusal = onFormOf(error);
      if (refusal === undefined) throw error;
      return this.page(of, page, typed, { ...(await shown()), refusal }, 409);
    }
  }

  /** The beginning of a local day; null for at once. */
  private beginningOf(day: string): Temporal.Instant | null | 'no such day' {
    try {
      return day === '' ? null : atLocalTime({ timeZone: this.time.zone }, plannedDay(day), '00:00');
    } catch {
      return 'no such day';
    }
  }

  /** The child, the age and the concern of each line are read only for a page that shows them. */
  private async presented(preview: Preview, version: NewVersion, by: StaffActor) {
    const named = await this.nameReferrals.execute(
      preview.lines.map(({ reference }) => reference),
      by,
    );
    const when = (instant: Temporal.Instant) => dayAndTime(instant, preview.now, this.time.zone);
    return {
      ...preview,
      kind: version.kind,
      ruleChanges: [
        ...presentRuleChanges(preview),
        ...presentFollowUpChanges(preview.followUps),
        ...presentWorkloadChanges(preview.policies.inForce, preview.policies.then),
      ],
      lines: preview.lines.map((line) => ({
        ...line,
        named: namedInWords(named.get(line.reference), preview.now, this.time.zone),
        rating: ratingTag(line.rating),
        dueNow: when(line.dueNow),
        dueThen: line.dueThen.equals(line.dueNow) ? 'unchanged' : when(line.dueThen),
      })),
    };
  }

  /** A version that takes effect later and replaces then what is published before it. */
  private presentedAhead<T>({ version, effectiveFrom }: VersionLine<T>, now: Temporal.Instant, fields: Typed) {
    return {
      version,
      from: dayAndTime(effectiveFrom, now, this.time.zone),
      isBase: fields['base'] === String(version),
    };
  }

  private page<T>(of: FormOfVersion<T>, page: VersionsPage<T>, fields: Typed, shown: Shown = {}, status = 200): View {
    const locals = {
      ahead: page.versions.filter(({ isAhead }) => isAhead).map((one) => this.presentedAhead(one, page.now, fields)),
      seen: fields['seen'],
      base: fields['base'],
      ...reasonAndDay(fields),
      ...of.present(fields),
      ...shown,
    };
    return view(of.template, locals, status);
  }
}

/** Why the version is made, and from when it holds. */
function reasonAndDay(typed: Typed) {
  const fields = new FormFields(typed, null);
  return {
    reason: fields.textarea('reason', { label: 'Why does this change?', isLarge: true }, { rows: 2 }),
    effectiveOn: fields.input(
      'effectiveOn',
      {
        label: 'Takes effect at the beginning of',
        isLarge: true,
        hint: 'Leave it empty for at once',
        classes: 'govuk-input--width-10',
      },
      { type: 'date' },
    ),
  };
}

/** A change begins with the version in force, or with another that a person names. */
function baseOf<T>({ versions }: VersionsPage<T>, wanted: unknown): VersionLine<T> {
  return versions.find(({ version }) => String(version) === wanted) ?? versions.find(({ isInForce }) => isInForce)!;
}

/** What the form says of a refusal; undefined when it can say nothing. */
function onFormOf(error: unknown): string | undefined {
  if (!(error instanceof Refused)) return undefined;
  // What has changed here is not a referral.
  return REFUSALS[error.code === 'changed-meanwhile' ? 'version-published-meanwhile' : error.code].onForm;
}

/** What is wrong with the day from which a version is to hold. */
function faultsOf(day: Temporal.Instant | null | 'no such day', now: Temporal.Instant): readonly string[] {
  if (day === 'no such day') return ['Enter a real date, or none for at once'];
  const isPast = day !== null && Temporal.Instant.compare(day, now) <= 0;
  return isPast ? ['Enter a day that is still ahead, or none for at once'] : [];
}
