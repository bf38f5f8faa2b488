/** What a browser refused to load or run on a page, without anything that tells of a person or a referral. */
export interface ContentRefusal {
  /** The directive of the page's policy, such as `script-src-elem`. */
  readonly directive: string;
  /** The origin of the content, or a word such as `inline`. */
  readonly blocked: string;
  /** The path of the page, without references and ids. */
  readonly page: string;
}

/** Stands for a part of a report that is not as a browser writes it. */
const OTHER = 'other';

/**
 * Reads a report of a browser, in the form of the Reporting API or in that of `report-uri` (Content Security Policy 3,
 * section 5). Any visitor may send one: of what it says only what is known to be harmless is kept.
 *
 * @returns none for a report of another kind
 */
export function contentRefusalsIn(body: unknown): readonly ContentRefusal[] {
  const reports: readonly unknown[] = Array.isArray(body) ? body.slice(0, MOST_IN_A_REPORT) : [body];
  return reports.flatMap((report) => {
    const said = fieldsOf(fieldsOf(report)['body']);
    const old = fieldsOf(fieldsOf(report)['csp-report']);
    const directive = said['effectiveDirective'] ?? old['effective-directive'] ?? old['violated-directive'];
    if (typeof directive !== 'string') return [];
    const blocked = said['blockedURL'] ?? old['blocked-uri'];
    const page = said['documentURL'] ?? old['document-uri'];
    return [{ directive: directiveOf(directive), blocked: originOf(blocked), page: pageOf(page) }];
  });
}

const MOST_IN_A_REPORT = 20;

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function directiveOf(directive: string): string {
  const [name = ''] = directive.split(' ', 1);
  return /^[a-z-]{3,30}$/.test(name) ? name : OTHER;
}

function originOf(blocked: unknown): string {
  if (typeof blocked !== 'string' || blocked.length > 2_000) return OTHER;
  if (/^(inline|eval|wasm-eval|data|blob|self)$/.test(blocked)) return blocked;
  if (!URL.canParse(blocked)) return OTHER;
  const { origin, protocol } = new URL(blocked);
  return /^https?:$/.test(protocol) && origin.length <= 100 ? origin : OTHER;
}

/** Each part that is not a word of ours could name a person: `/referrals/MASH-7K3F-9QXT/rating` is `/referrals/…/rating`. */
function pageOf(page: unknown): string {
  if (typeof page !== 'string' || !URL.canParse(page)) return OTHER;
  const parts = new URL(page).pathname.split('/').map((part) => (/^[a-z-]{0,30}$/.test(part) ? part : '…'));
  return parts.length <= 8 ? parts.join('/') : OTHER;
}
