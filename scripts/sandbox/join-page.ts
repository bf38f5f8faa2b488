import type { SandboxGuest } from '#access';
import { REFERRAL_EXAMPLES } from '../../apps/api/src/contract/examples.ts';
import { escaped, page } from '../../apps/api/src/problems/render-page.ts';
import type { LetIn } from './fictional-hub.ts';

/** What the developers of a sandbox get. */
export interface Joined extends LetIn {
  /** The address of the API, as of a real hub. */
  readonly hub: string;
  /** Where the developers move the clock, and say what the people of the hub do. */
  readonly sandbox: string;
  readonly children: readonly string[];
}

const commands = (...lines: readonly string[]) => `<pre><code>${escaped(lines.join('\n'))}</code></pre>`;

/** What a link leads to before a person of the agency has pressed the button: looking at a link makes nothing. */
export function pageBeforeJoining({ agency }: SandboxGuest): string {
  return page(
    'Your sandbox',
    `<h1>A sandbox for ${escaped(agency.name)}</h1>
<p>A sandbox is a hub of your own with fictional people. Nothing that you send to it reaches a person or a real hub.</p>
<p><strong>Use fictional children only.</strong> If a child is in danger, dial 999.</p>
<form method="post"><button>Open the sandbox</button></form>
<p>In a shell, <code>curl -X POST</code> with the address of this page does the same, and answers in JSON.</p>`,
  );
}

export function pageOfSandbox({ agency, hub, sandbox, token, invitation, children }: Joined): string {
  const rows = children.map((child) => `<li>${escaped(child)}</li>`).join('');
  return page(
    'Your sandbox',
    `<h1>The sandbox of ${escaped(agency)}</h1>
<p>Keep this page to yourselves: who has these lines can use your sandbox. A sandbox that is not used for 30 days is removed.</p>
${commands(`export HUB=${hub}`, `export SANDBOX=${sandbox}`, `export TOKEN=${token}`)}
<h2>A first referral</h2>
${commands(
  'curl -sS "$HUB/api/v1/referrals" -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: first" \\',
  `  -H 'Content-Type: application/json' -d '${JSON.stringify(REFERRAL_EXAMPLES.shortest.value)}'`,
)}
<p>The answer has the reference of the referral. The whole contract is at <a href="${escaped(`${hub}/docs`)}">${escaped(`${hub}/docs`)}</a>,
and each kind of problem at <a href="${escaped(`${hub}/problems`)}">${escaped(`${hub}/problems`)}</a>.</p>
<p>This token needs no key, as only a sandbox’s does. To try a key too, make one, and let your program in with this invitation:</p>
${commands(
  'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out private.pem',
  'openssl pkey -in private.pem -pubout -out public.pem',
  `export INVITATION=${invitation}`,
  'curl -sS "$HUB/oauth2/register" -H "Authorization: Bearer $INVITATION" \\',
  '  -d client_name="My program" --data-urlencode public_key@public.pem',
)}
<h2>What the hub does</h2>
<p>No person works here. You say what the people of the hub do, with the reference of a referral:</p>
${commands(
  'export REFERENCE=…',
  'curl -sS "$SANDBOX"',
  'curl -sS -X POST "$SANDBOX/referrals/$REFERENCE/taken"',
  `curl -sS "$SANDBOX/referrals/$REFERENCE/questions" -H 'Content-Type: application/json' -d '{"whatFor":"Is the family known to you?"}'`,
  `curl -sS "$SANDBOX/referrals/$REFERENCE/decision" -H 'Content-Type: application/json' -d '{"outcome":"early_help"}'`,
)}
<h2>The clock</h2>
<p>The clock of this sandbox is yours. A decision can be taken back for a while, and you are told of it when that time is over: move the clock on. Your tokens and what you sign go by the real time all the while.</p>
${commands(`curl -sS "$SANDBOX/clock" -H 'Content-Type: application/json' -d '{"forward":"PT20M"}'`)}
<h2>Fictional children</h2>
<p>Use these, or invent others.</p>
<ul>${rows}</ul>`,
  );
}
