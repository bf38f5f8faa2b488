import { REFUSALS, type Refusal, type RefusalCode } from '#platform';

/** The operations of the contract. */
export const OPERATIONS = [
  'registerClient',
  'issueToken',
  'submitReferral',
  'checkReferral',
  'listReferrals',
  'addInformation',
  'withdrawReferral',
  'beginAttachment',
  'listAttachments',
  'storeAttachmentPart',
  'completeAttachment',
  'readReferral',
  'listEvents',
  'listCodeLists',
  'readCodeList',
  'listInformationRequests',
  'readInformationRequest',
  'answerInformationRequest',
  'listWebhookEndpoints',
  'addWebhookEndpoint',
  'readWebhookEndpoint',
  'removeWebhookEndpoint',
  'rotateWebhookSecret',
  'switchOnWebhookEndpoint',
  'testWebhookEndpoint',
  'listWebhookDeliveries',
  'replayWebhookDelivery',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A kind of answer other than success: how it is said, and where it can come. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Says what to do. A problem that is thrown may say it more exactly. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it lists places in the body. */
  readonly hasErrors?: true;
  readonly on: readonly Operation[];
}

/** Those that need an access token. */
const WITH_TOKEN = OPERATIONS.filter((one) => one !== 'issueToken' && one !== 'registerClient');
const WITH_REFERRAL = ['submitReferral', 'checkReferral'] as const;
const ADDING = ['addInformation', 'withdrawReferral'] as const;
/** Those about one file. */
const WITH_FILE = ['storeAttachmentPart', 'completeAttachment'] as const;
/** What is stored once for each key. */
const WITH_KEY = ['submitReferral', ...ADDING, 'beginAttachment'] as const;
const WITH_BODY = [
  ...WITH_REFERRAL,
  ...ADDING,
  'beginAttachment',
  'answerInformationRequest',
  'addWebhookEndpoint',
] as const;
/** Lists that are read a page at a time. */
const PAGED = ['listReferrals', 'listEvents', 'listWebhookDeliveries'] as const;
/** Of one endpoint that is there. */
const ON_ENDPOINT = [
  ...(['readWebhookEndpoint', 'removeWebhookEndpoint', 'rotateWebhookSecret', 'switchOnWebhookEndpoint'] as const),
  ...(['testWebhookEndpoint', 'listWebhookDeliveries', 'replayWebhookDelivery'] as const),
] as const;
const SAFE_TO_RETRY =
  'Nothing was stored, or it was and a retry will say so: send it again as it was, with its Idempotency-Key if it had one.';

/**
 * The one table of problems: the service answers these and no others, and the contract is written from it. A refusal
 * that is for agencies is a row by itself.
 */
const TABLE = {
  'malformed-request': {
    status: 400,
    title: 'The request is not HTTP as we can read it',
    detail: 'Look at its first line, its headers and the escapes in its address.',
    headers: { Connection: 'close' },
    on: OPERATIONS,
  },
  'malformed-body': {
    status: 400,
    title: 'The body is not JSON',
    detail: 'Nothing was stored. errors says at which line and column.',
    hasErrors: true,
    on: WITH_BODY,
  },
  'repeated-property': {
    status: 400,
    title: 'An object of the body names a property twice',
    detail: 'Nothing was stored: we cannot know which of the two values is meant. errors names each.',
    hasErrors: true,
    on: WITH_BODY,
  },
  'unknown-query-parameter': {
    status: 400,
    title: 'The address has a query parameter that this operation does not know, or one of them twice',
    detail:
      'Nothing was done. This operation has no query parameters. To try a referral without sending it, post it to /api/v1/referrals/validate.',
    on: WITH_TOKEN,
  },
  'invalid-query-parameter': {
    status: 400,
    title: 'A query parameter has a value that cannot be used',
    detail: 'Nothing was done. The contract says which values it can have.',
    on: PAGED,
  },
  'invalid-cursor': {
    status: 400,
    title: 'The cursor in after is not one of this list',
    detail:
      'Send page.next of an answer of the same list, with the same filter, as it was. Leave after out to begin at the start.',
    on: PAGED,
  },
  'idempotency-key-required': {
    status: 400,
    title: 'An Idempotency-Key header is required',
    detail:
      'Send 1 to 255 visible ASCII characters, such as a UUID: a new one for each thing that you send, the same one for each retry.',
    on: WITH_KEY,
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key header cannot be used',
    detail:
      'Send 1 to 255 visible ASCII characters, such as a UUID: a new one for each thing that you send, the same one for each retry.',
    on: WITH_KEY,
  },
  'credential-missing': {
    status: 401,
    title: 'The request has no access token',
    detail: 'Ask for a token at /oauth2/token, and send it as Authorization: Bearer, a space, and the token.',
    headers: { 'WWW-Authenticate': 'Bearer realm="mash"' },
    on: WITH_TOKEN,
  },
  'credential-unknown': {
    status: 401,
    title: 'The access token is not one of ours, or is good no more',
    detail: 'A token is good for some minutes: ask for another one at /oauth2/token. If none is given, ask the hub.',
    headers: { 'WWW-Authenticate': 'Bearer realm="mash", error="invalid_token"' },
    on: WITH_TOKEN,
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here that you may see',
    on: [
      ...(['readReferral', 'readCodeList', 'readInformationRequest', 'answerInformationRequest'] as const),
      ...([...ADDING, 'beginAttachment', 'listAttachments', ...WITH_FILE, ...ON_ENDPOINT] as const),
    ],
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take this method',
    detail: 'The header Allow says which it takes.',
    on: [],
  },
  'not-acceptable': {
    status: 406,
    title: 'We answer in JSON only',
    detail: 'Nothing was done. Send Accept: application/json, or no Accept at all.',
    on: WITH_TOKEN,
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    detail: 'Nothing was stored: send it again as it was, with its Idempotency-Key if it had one.',
    headers: { Connection: 'close' },
    on: OPERATIONS,
  },
  'too-large': {
    status: 413,
    title: 'The body is larger than we take',
    detail: 'Nothing was stored. JSON may have 256 kB, and a part of a file 1 MB. Send files as attachments, in parts.',
    headers: { Connection: 'close' },
    on: [...WITH_BODY, 'issueToken', 'registerClient', 'storeAttachmentPart'],
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body must be application/json in UTF-8, not compressed',
    detail: 'Nothing was stored. Send Content-Type: application/json, and no Content-Encoding.',
    headers: { 'Accept-Post': 'application/json' },
    on: WITH_BODY,
  },
  'part-not-octets': {
    status: 415,
    title: 'A part must be application/octet-stream, not compressed',
    detail:
      'Nothing was stored. Send the bytes of the part with Content-Type: application/octet-stream, and no Content-Encoding.',
    on: ['storeAttachmentPart'],
  },
  'expectation-failed': {
    status: 417,
    title: 'We cannot do what the header Expect asks',
    detail: 'Send Expect: 100-continue, or no Expect at all.',
    on: OPERATIONS,
  },
  'invalid-referral': {
    status: 422,
    title: 'Some fields of the referral cannot be accepted',
    detail: 'Nothing was stored. Put the fields named in errors right and send it again.',
    hasErrors: true,
    on: WITH_REFERRAL,
  },
  'invalid-answer': {
    status: 422,
    title: 'Some fields of the answer cannot be accepted',
    detail: 'Nothing was stored. Put the fields named in errors right and send it again.',
    hasErrors: true,
    on: ['answerInformationRequest'],
  },
  'invalid-addition': {
    status: 422,
    title: 'Some fields of what you add cannot be accepted',
    detail: 'Nothing was stored. Put the fields named in errors right and send it again.',
    hasErrors: true,
    on: ADDING,
  },
  'invalid-attachment': {
    status: 422,
    title: 'The file cannot be taken as you announce it',
    detail: 'Nothing was stored. Put the fields named in errors right and begin it again.',
    hasErrors: true,
    on: ['beginAttachment'],
  },
  'part-of-another-size': {
    status: 422,
    title: 'The part has another size than it must have',
    detail: 'Nothing was stored. Each part has partSize bytes, and the last one what is left of the file.',
    on: ['storeAttachmentPart'],
  },
  'attachment-incomplete': {
    status: 409,
    title: 'Parts of the file are missing',
    detail: 'The file is not added yet. Send the parts that are missing, then complete it.',
    on: ['completeAttachment'],
  },
  'invalid-webhook-endpoint': {
    status: 422,
    title: 'The endpoint cannot be added as it is',
    detail: 'Nothing was stored. Put the fields named in errors right and send it again.',
    hasErrors: true,
    on: ['addWebhookEndpoint'],
  },
  'too-many-requests': {
    status: 429,
    title: 'You have sent too many requests',
    detail: 'Nothing was stored. Send it again after Retry-After, with its Idempotency-Key if it had one.',
    headers: { 'Retry-After': '60' },
    on: OPERATIONS,
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers of the request are larger than 16 kB',
    detail: 'Nothing was stored. Send fewer or shorter headers.',
    headers: { Connection: 'close' },
    on: OPERATIONS,
  },
  'internal-error': { status: 500, title: 'Something went wrong with us', detail: SAFE_TO_RETRY, on: OPERATIONS },
  unavailable: {
    status: 503,
    title: 'We cannot take or show anything at this moment',
    detail: `${SAFE_TO_RETRY} If a child is in danger, dial 999 and ring the hub.`,
    headers: { 'Retry-After': '5' },
    on: OPERATIONS,
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** Refusals that only some operations can answer; any other that is for agencies can come from each. */
const REFUSED_ON: Partial<Record<RefusalCode, readonly Operation[]>> = {
  'idempotency-key-in-use': ['submitReferral'],
  'idempotency-key-reused': WITH_KEY,
  'attachments-not-taken': ['beginAttachment', ...WITH_FILE],
  'too-many-attachments': ['beginAttachment'],
  'attachment-completed': ['storeAttachmentPart'],
  'attachment-altered': ['completeAttachment'],
  'attachment-not-taken': ['completeAttachment'],
  'webhooks-off': ['addWebhookEndpoint', 'rotateWebhookSecret'],
  'webhook-address-taken': ['addWebhookEndpoint'],
  'webhook-endpoints-enough': ['addWebhookEndpoint'],
  'webhook-off': ['testWebhookEndpoint', 'replayWebhookDelivery'],
};

export type ProblemSlug = keyof typeof TABLE;

export const PROBLEMS: Readonly<Record<string, ProblemKind>> & Readonly<Record<ProblemSlug, ProblemKind>> = {
  ...TABLE,
  ...Object.fromEntries(
    Object.entries(REFUSALS)
      .filter(([, refusal]) => refusal.isForAgencies)
      .map(([code, refusal]) => [code, kindOf(code as RefusalCode, refusal)]),
  ),
};

function kindOf(code: RefusalCode, { status, title, text, retryAfter }: Refusal): ProblemKind {
  const headers: Record<string, string> = {
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    ...(code === 'insufficient-scope' && { 'WWW-Authenticate': 'Bearer realm="mash", error="insufficient_scope"' }),
  };
  return { status, title, detail: text, headers, on: REFUSED_ON[code] ?? WITH_TOKEN };
}

/** How a problem is named in the `type` of its answer. */
export const typeOf = (slug: string) => `urn:mash-triage:problem:${slug}`;
