import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { isHiddenFromPerson, may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import { isBlank, type AlertGroup, type ShiftChange } from '#domain';
import { Refused } from '#platform';
import { Database, Handover, HandoverNote, once, rowsOf, sql, type Transaction } from '#store';

/** A person of the next team takes over the reds of a hand-over; a person of either writes a note for that team. */
@Injectable()
export class AcceptHandover {
  constructor(private readonly database: Database) {}

  /**
   * Takes over, with what the person has written beside it; both or neither is stored.
   *
   * @param note empty when the person has written nothing
   * @param about the reference of the referral that the note is about, or null
   * @throws Refused `not-found`, `handover-already-accepted`, `handover-is-for-others`, or `form-sent-before`
   */
  async accept({ handoverId, note, about, formId, by }: HandoverNoteCommand): Promise<void> {
    const form = { id: formId, kind: 'handover', answers: { handoverId, note, about } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await accept(tx, handoverId, by);
        if (!isBlank(note)) await writeNote(tx, { handoverId, note, about, by });
        return {};
      }),
    );
  }

  /** @throws Refused `not-found`, `handover-already-accepted`, or `form-sent-before` */
  async write({ handoverId, note, about, formId, by }: HandoverNoteCommand): Promise<void> {
    const form = { id: formId, kind: 'handover-note', answers: { handoverId, note, about } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await open(tx, handoverId);
        await writeNote(tx, { handoverId, note, about, by });
        return {};
      }),
    );
  }
}

export interface HandoverNoteCommand {
  readonly handoverId: string;
  readonly note: string;
  /** The reference of the referral of the hand-over that the note is about; null for a note about none or about all. */
  readonly about: string | null;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

async function writeNote(
  tx: Transaction,
  { handoverId, note, about, by }: Omit<HandoverNoteCommand, 'formId'>,
): Promise<void> {
  const referralId = about === null ? null : await passedOn(tx, handoverId, about, by);
  await tx.insert(
    rowsOf(HandoverNote, { id: randomUUIDv7(), handoverId, referralId, writtenBy: by.id, writtenAt: tx.now, note }),
    auditEntry(tx, 'handover.noted', referralId, { handoverId }),
  );
}

/** The id of a referral that the hand-over passes on. @throws Refused `not-found`, `note-about-hidden` for one that the person may not open */
async function passedOn(tx: Transaction, handoverId: string, reference: string, by: StaffActor): Promise<string> {
  const found = await tx.row<{ id: string }>(sql`
    SELECT r.id FROM handover_referral h JOIN referral r ON r.id = h.referral_id
    WHERE h.handover_id = ${handoverId} AND r.reference = ${reference}`);
  if (found === null) throw new Refused('not-found');
  if (await isHiddenFromPerson(tx, found.id, by.id)) throw new Refused('note-about-hidden');
  return found.id;
}

async function accept(tx: Transaction, handoverId: string, by: StaffActor): Promise<void> {
  const { at, passesTo } = await open(tx, handoverId);
  await mustBeOf(tx, passesTo, by);
  await tx.change(Handover, handoverId, { acceptedBy: by.id, acceptedAt: tx.now });
  await endServiceDeadline(tx, 'handover', handoverId);
  // The team that has the referrals now has them, whether or not those before ever accepted: that stays on record.
  const earlier = await tx.rows<{ id: string }>(sql`SELECT id FROM handover WHERE accepted_at IS NULL AND at < ${at}`);
  for (const { id } of earlier) await endServiceDeadline(tx, 'handover', id, 'superseded');
  const referrals = await tx.rows<{ id: string }>(
    sql`SELECT referral_id AS id FROM handover_referral WHERE handover_id = ${handoverId}`,
  );
  await tx.insert(...referrals.map(({ id }) => auditEntry(tx, 'handover.accepted', id, { handoverId })));
}

interface OpenHandover {
  readonly at: Temporal.Instant;
  readonly passesTo: ShiftChange['to'];
}

async function open(tx: Transaction, id: string): Promise<OpenHandover> {
  const found = await tx.row<OpenHandover & { isOpen: boolean }>(
    sql`SELECT at, passes_to AS "passesTo", EXISTS (
       SELECT 1 FROM deadline WHERE kind = 'handover' AND subject = handover.id::text AND state = 'open') AS "isOpen"
     FROM handover WHERE id::text = ${id} FOR UPDATE`,
  );
  if (found === null) throw new Refused('not-found');
  if (!found.isOpen) throw new Refused('handover-already-accepted');
  return found;
}

const TEAMS: Readonly<Record<ShiftChange['to'], readonly AlertGroup[]>> = {
  emergency_duty_team: ['emergency_duty_team', 'on_call_manager'],
  hub: ['duty_team', 'practice_manager', 'service_manager', 'head_of_service'],
};

/** Those who hand over cannot accept for those who take over; a manager can for either. */
async function mustBeOf(tx: Transaction, team: ShiftChange['to'], by: StaffActor): Promise<void> {
  const isOf = await tx.row(sql`SELECT 1 FROM staff_member WHERE id = ${by.id} AND alert_groups && ${TEAMS[team]}`);
  if (isOf === null && !may(by, 'handover:accept-for-others')) throw new Refused('handover-is-for-others');
}
