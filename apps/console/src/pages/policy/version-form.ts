import { createHash } from 'node:crypto';
import type { StaffActor } from '#access';
import type { NewVersion, Preview, PreviewVersion, PublishVersion, VersionLine, VersionsPage } from '#deadlines';
import { atLocalTime, plannedDay, type PolicyFault } from '#domain';
import { Refused } from '#platform';
import { redirect, view, type Answer, type View } from '../../shell/answer/answer.ts';
import { dayAndTime, ratingTag } from '../../shell/words/words.ts';
import type { Fields } from './policy.form.ts';

const LONGEST_REASON = 2_000;

/** What a form for a new version has of its own. */
export interface VersionShape<T> {
  readonly view: string;
  /** Where it leads when it is done. */
  readonly readAt: string;
  readonly toFields: (data: T) => Fields;
  readonly fromFields: (fields: Fields, base: T) => T;
  readonly fieldOf: (fault: PolicyFault, fields: Fields) => string;
  readonly asVersion: (data: T) => NewVersion;
  readonly more: (fields: Fields) => object;
}

/**
 * The form for a new version of policy or calendar: filled in, previewed as often as one likes, and published as it
 * was previewed. What was typed comes back whatever is wrong with it.
 */
export class VersionForm<T> {
  constructor(
    private readonly shape: VersionShape<T>,
    private readonly preview: PreviewVersion,
    private readonly publish: PublishVersion,
    private readonly zone: string,
  ) {}

  /** @param wanted the number of the version to begin with; the one in force without it */
  show(page: VersionsPage<T>, wanted: unknown): Answer {
    const base = baseOf(page, wanted);
    const numbers = { base: String(base.version), seen: String(page.versions[0]!.version) };
    return this.page(page, { ...this.shape.toFields(base.data), ...numbers });
  }

  async receive(page: VersionsPage<T>, body: unknown, by: StaffActor): Promise<Answer> {
    const fields = readFields(body);
    const data = this.shape.fromFields(fields, baseOf(page, fields['base']).data);
    const version = this.shape.asVersion(data);
    const preview = await this.preview.execute(version, this.effectiveFromOrNull(fields));
    const errors = this.errorsOf(preview, fields);
    if (errors.length > 0) return this.page(page, fields, { errorList: errors }, 422);
    const print = fingerprint(data, fields['effectiveOn'] ?? '');
    const shown = { preview: this.presented(preview, version), fingerprint: print };
    if (fields['act'] !== 'publish') return this.page(page, fields, shown);
    if (fields['fingerprint'] !== print) {
      return this.page(page, fields, { ...shown, refusal: 'changed-since-preview' }, 409);
    }
    try {
      const effectiveFrom = this.effectiveFrom(fields);
      const seen = Number(fields['seen']);
      const reason = fields['reason']!.trim();
      const number = await this.publish.execute({ version, reason, effectiveFrom, seen, by });
      const from = effectiveFrom && dayAndTime(effectiveFrom, preview.now, this.zone);
      const notice = `Version ${number} ${from === null ? 'is in force' : `takes effect ${from}`}.`;
      return redirect(this.shape.readAt, { notice });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.page(page, fields, { ...shown, refusal: error.code }, 409);
    }
  }

  private errorsOf({ faults, now }: Preview, fields: Fields): readonly { href: string; text: string }[] {
    const errors = faults.map((fault) => ({ href: `#${this.shape.fieldOf(fault, fields)}`, text: fault.message }));
    const reason = fields['reason']?.trim() ?? '';
    if (reason === '') errors.push({ href: '#reason', text: 'Say why this changes' });
    if (reason.length > LONGEST_REASON)
      errors.push({ href: '#reason', text: 'The reason must be 2,000 characters or fewer' });
    try {
      const from = this.effectiveFrom(fields);
      if (from !== null && Temporal.Instant.compare(from, now) <= 0) {
        errors.push({ href: '#effectiveOn', text: 'Enter a day that is still ahead, or none for at once' });
      }
    } catch {
      errors.push({ href: '#effectiveOn', text: 'Enter a real date, or none for at once' });
    }
    return errors;
  }

  /** The beginning of a local day; null for at once. */
  private effectiveFrom(fields: Fields): Temporal.Instant | null {
    const day = fields['effectiveOn']?.trim() ?? '';
    return day === '' ? null : atLocalTime({ timeZone: this.zone }, plannedDay(day), '00:00');
  }

  private effectiveFromOrNull(fields: Fields): Temporal.Instant | null {
    try {
      return this.effectiveFrom(fields);
    } catch {
      return null;
    }
  }

  private presented(preview: Preview, version: NewVersion) {
    const when = (instant: Temporal.Instant) => dayAndTime(instant, preview.now, this.zone);
    return {
      ...preview,
      kind: version.kind,
      lines: preview.lines.map((line) => ({
        ...line,
        rating: ratingTag(line.rating),
        dueNow: when(line.dueNow),
        dueThen: line.dueThen.equals(line.dueNow) ? 'unchanged' : when(line.dueThen),
      })),
    };
  }

  private page(page: VersionsPage<T>, fields: Fields, more: object = {}, status = 200): View {
    const ahead = page.versions
      .filter(({ isAhead }) => isAhead)
      .map(({ version, effectiveFrom }) => ({ version, from: dayAndTime(effectiveFrom, page.now, this.zone) }));
    return view(this.shape.view, { fields, ahead, ...this.shape.more(fields), ...more }, status);
  }
}

/** A change begins with the version in force, or with another that somebody names. */
function baseOf<T>({ versions }: VersionsPage<T>, wanted: unknown): VersionLine<T> {
  return versions.find(({ version }) => String(version) === wanted) ?? versions.find(({ isInForce }) => isInForce)!;
}

function readFields(body: unknown): Fields {
  return Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, value]) => [name, value.toWellFormed().replaceAll('\u0000', '').normalize('NFC')]),
  );
}

function fingerprint(data: unknown, effectiveOn: string): string {
  return createHash('sha256')
    .update(JSON.stringify([data, effectiveOn]))
    .digest('hex')
    .slice(0, 32);
}
