import {
  AGENCY_KINDS,
  SCOPE_WORDS,
  SCOPES,
  type AgencyInFull,
  type ClientLine,
  type KeyLine,
  type KeySetLine,
} from '#access';
import { codeInWords, REFERRAL_SOURCE_WORDS, REFERRAL_SOURCES, referralSource } from '#domain';
import type { PersonLine } from '#work';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { addressInWords } from './address-in-words.ts';

/** What a person sent, and what is wrong with it. */
export interface Sent {
  readonly typed: object;
  readonly errors: FormErrors | null;
}

export const FIRST = { value: '', text: 'Select one' };

/** @param webhooksOff the ids of agencies that have a webhook which is switched off */
export function presentAgencies(
  agencies: readonly AgencyInFull[],
  webhooksOff: readonly string[],
  { typed, errors }: Sent,
  { now, zone }: At,
) {
  const fields = new FormFields(typed, errors);
  return {
    agencies: agencies.map(({ id, name, kind, sourceCode, feedbackBy, clients, people, formUsedAt, suspendedAt }) => ({
      ...{ href: `/administration/agencies/${id}`, name, kind: codeInWords(kind), clients, people },
      formUsed: formUsedAt === null ? 'Not yet' : dayAndTime(formUsedAt, now, zone),
      isSuspended: suspendedAt !== null,
      source: sourceInWords(sourceCode),
      told: toldInWords(feedbackBy),
    })),
    webhooksOff: agencies
      .filter(({ id }) => webhooksOff.includes(id))
      .map(({ id, name }) => ({ href: `/administration/agencies/${id}#webhooks`, name })),
    isAdding: errors !== null,
    name: fields.input('name', { label: 'Name of the agency' }),
    kind: fields.select('kind', { label: 'What is it?' }, KIND_ITEMS),
    sourceCode: fields.select(
      'sourceCode',
      { label: 'Source of referral', hint: 'As the children in need census has it' },
      [FIRST, ...REFERRAL_SOURCES.map((value) => ({ value, text: `${value}: ${REFERRAL_SOURCE_WORDS[value]}` }))],
    ),
    errorSummary: errorSummary(errors),
  };
}

const KIND_ITEMS = [FIRST, ...AGENCY_KINDS.map((value) => ({ value, text: codeInWords(value) }))];

interface At {
  readonly now: Temporal.Instant;
  readonly zone: string;
}

/** An agency with all that an administrator looks after of it. */
export interface AgencyPage {
  readonly agency: AgencyInFull;
  readonly clients: readonly ClientLine[];
  readonly people: readonly PersonLine[];
}

export function presentAgency({ agency, clients, people }: AgencyPage, { typed, errors }: Sent, at: At) {
  const fields = new FormFields(typed, errors);
  const when = (instant: Temporal.Instant) => dayAndTime(instant, at.now, at.zone);
  const { scopes } = typed as { readonly scopes?: readonly string[] };
  return {
    ...{ name: agency.name, kind: codeInWords(agency.kind), source: sourceInWords(agency.sourceCode) },
    at: `/administration/agencies/${agency.id}`,
    ...correctionOf(agency, { typed, errors }),
    suspended: agency.suspendedAt && when(agency.suspendedAt),
    formUsed: agency.formUsedAt && when(agency.formUsedAt),
    people: people.map(({ id, name, email, addedAt, isActive }) => ({
      ...{ href: `/administration/people/${id}`, name, email: addressInWords(email), added: when(addedAt), isActive },
    })),
    personName: fields.input('personName', { label: 'Name' }),
    subject: fields.input('subject', {
      label: 'What your identity provider calls the person',
      hint: 'The sub of their sign-in. The console shows it to a person who signs in and is not known yet',
    }),
    email: fields.input('email', { label: 'E-mail' }, { type: 'email' }),
    isAddingPerson: errors !== null && 'personName' in typed,
    feedbackBy: new FormFields({ feedbackBy: agency.feedbackBy, ...typed }, errors).radios(
      'feedbackBy',
      { label: 'How are its referrers told of decisions?' },
      [
        { value: 'email', text: 'By e-mail' },
        { value: 'person', text: 'By a person of the hub' },
      ],
    ),
    clients: clients.map((client) => ({
      ...{ id: client.id, name: client.name, scopes: client.scopes.map((scope) => SCOPE_WORDS[scope]).join(', ') },
      suspended: client.suspendedAt && when(client.suspendedAt),
      oldToken: client.oldTokenUntil && when(client.oldTokenUntil),
      keys: client.keys.map((key) => presentKey(key, when)),
      keySet: client.keySet && presentKeySet(client.keySet, when),
      nextKey: client.keys.length >= 2 ? null : nextKeyOf(client, { typed, errors }),
      nextAddress: nextAddressOf(client, { typed, errors }),
    })),
    clientName: fields.input('clientName', { label: 'Name of the program', hint: 'Such as the records system' }),
    scopes: {
      ...{ name: 'scopes', idPrefix: 'scopes', classes: 'govuk-checkboxes--small' },
      fieldset: { legend: { text: 'What may it do?' } },
      ...(errors?.['scopes'] === undefined ? {} : { errorMessage: { text: errors['scopes'] } }),
      items: SCOPES.map((value) => ({
        value,
        text: SCOPE_WORDS[value],
        checked: scopes === undefined || scopes.includes(value),
      })),
    } satisfies CheckboxesArgs,
    key: fields.textarea('key', { label: 'Its public key', hint: KEY_HINT }, { rows: 6 }),
    keyAddress: fields.input(
      'keyAddress',
      { label: 'Or the address of its keys', hint: ADDRESS_HINT },
      { type: 'url' },
    ),
    isAdding: errors !== null && 'clientName' in typed,
    errorSummary: errorSummary(errors, (field) =>
      ['nextKey', 'nextAddress'].includes(field) ? `#${idOf(field, (typed as OfClient).client ?? '')}` : `#${field}`,
    ),
  };
}

function correctionOf({ name, kind }: AgencyInFull, { typed, errors }: Sent) {
  const fields = new FormFields({ agencyName: name, agencyKind: kind, ...typed }, errors);
  return {
    agencyName: fields.input('agencyName', { label: 'Name of the agency' }),
    agencyKind: fields.select('agencyKind', { label: 'What is it?' }, KIND_ITEMS),
    isCorrecting: errors !== null && 'agencyName' in typed,
  };
}

/** Of several programs only the one that was sent has a fault, and what was typed. */
function nextKeyOf({ id, name }: ClientLine, { typed, errors }: Sent) {
  const words = { label: `Public key of ${name}`, hint: KEY_HINT };
  return { ...fieldsOf(id, { typed, errors }).textarea('nextKey', words, { rows: 6 }), id: idOf('nextKey', id) };
}

function nextAddressOf({ id, name }: ClientLine, sent: Sent) {
  const words = { label: `Address of the keys of ${name}`, hint: ADDRESS_HINT };
  return { ...fieldsOf(id, sent).input('nextAddress', words, { type: 'url' }), id: idOf('nextAddress', id) };
}

function fieldsOf(client: string, { typed, errors }: Sent): FormFields {
  return (typed as OfClient).client === client ? new FormFields(typed, errors) : new FormFields({}, null);
}

interface OfClient {
  readonly client?: string;
}

const idOf = (field: string, client: string) => `${field}-${client}`;

const ADDRESS_HINT = 'Where the program shows a JSON Web Key Set (JWKS), such as https://keys.example.org/jwks.json';

function presentKeySet({ address, kids, fetchedAt, fault }: KeySetLine, when: (at: Temporal.Instant) => string) {
  return {
    ...{ address, kids: kids.join(', '), fetched: when(fetchedAt) },
    fault: fault && `${when(fault.at)}: ${fault.words}`,
  };
}

const KEY_HINT = 'As PEM (BEGIN PUBLIC KEY) or as a JSON Web Key. The private half stays with the agency';

function presentKey(
  { id, kid, kind, addedAt, expiresAt, lastUsedAt, standing }: KeyLine,
  when: (at: Temporal.Instant) => string,
) {
  const KINDS: Readonly<Record<string, string>> = { RSA: 'RSA', EC: 'P-256', OKP: 'Ed25519' };
  return {
    ...{ id, kid, kind: KINDS[kind] ?? kind, added: when(addedAt), expires: when(expiresAt) },
    lastUsed: lastUsedAt === null ? 'Not yet' : when(lastUsedAt),
    warning: standing === 'good' ? null : standing === 'expired' ? 'Expired' : 'Expires soon: add the next key',
  };
}

function sourceInWords(code: string): string {
  const source = referralSource(code);
  return source === null ? code : `${source}: ${REFERRAL_SOURCE_WORDS[source]}`;
}

const toldInWords = (by: AgencyInFull['feedbackBy']) => (by === 'email' ? 'By e-mail' : 'By a person');
