/**
 * Every advisory lock of the service, by name. PostgreSQL knows a lock by a number: the hash of its key, seeded with the
 * number here, so that two locks of different names never meet. A number is never used for another lock.
 *
 * All but the first are held until their transaction ends.
 */
export const LOCKS = {
  /**
   * One process at a time migrates. Locked by this number alone, the same in every release, and held by the session,
   * since each migration is a transaction of its own.
   */
  migration: 7_320_190_701,
  /** An agency's idempotency key stores one referral: a second sending does not wait, it is told that the first runs. */
  idempotencyKey: 0,
  /** One worker at a time takes messages for a provider, so that the provider's limit is counted once. */
  takingForProvider: 1,
  /** An alert that reached no person is passed on once, however many of its deliveries fail at the same moment. */
  passingOnAlert: 2,
  /** A form does its work once: a second sending waits for the first, and finds its answer. */
  sentForm: 3,
  /** A draft is saved by one request at a time: a save while a person types may meet the save of a form that is sent. */
  draft: 4,
  /** A deadline of the service about one subject is opened once. */
  serviceDeadline: 5,
  /** A change of shift makes one hand-over, however many workers see it. */
  handover: 6,
  /** Two managers who publish at the same moment get two versions, and the second is told of the first. */
  publishingVersion: 7,
  /** The group of last resort never loses its last person to two changes at the same moment. */
  lastResort: 8,
  /** One canary a minute, however many watchdogs run. */
  canary: 9,
  /** Days are closed by one worker at a time. */
  closingDays: 10,
  /** The closing of a day is called for once. */
  planningClose: 11,
  /** The sample of a month is drawn once. */
  drawingSample: 12,
  /** The weekly e-mail is called for once. */
  planningSummary: 13,
  /** Children are joined and parted by one person at a time. */
  judgingChildren: 14,
  /** Reports of one incident are put together and parted by one person at a time. */
  judgingIncidents: 42,
  /** Reports of one incident begin what must follow them one after the other, so that the incident has it once. */
  whatFollowsIncident: 16,
  /** What happened is numbered for an agency by one request at a time, so that numbers appear in their order. */
  numberingEvents: 54,
  /** A person is given work by one act at a time, of the queue or of a manager, so that two never exceed their cap. */
  takingWork: 15,
  /** A kept form is told of once. */
  remindingOfForms: 71,
  /** What is due for destruction is proposed by one worker at a time. */
  proposingDestruction: 69,
  /** A hold that is set waits for records that are destroyed at this moment, and they for the hold. */
  retentionHold: 70,
  /** A checkpoint of the record is made by one worker at a time. */
  takingCheckpoint: 52,
  /** The verification of the record is called for once a night. */
  planningVerification: 520,
  /** Two agencies that are added at the same moment do not get one name. */
  namingAgency: 53,
  /** A person whom the identity provider brings is added once, however many sign-ins they begin. */
  admittingPerson: 530,
  /** The roles that the identity provider gives are put in order by one administrator at a time. */
  mappingRoles: 531,
  /** What the council is called has one next version. */
  councilVersion: 532,
} as const;

export type LockName = keyof typeof LOCKS;
