import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';

const CONSOLE_URL = 'https://console.hub.example.org';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub, async () => [], { CONSOLE_URL });
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

/** Every cookie that the console sets, from the first page to the sign-out: name, and what is said of it. */
async function cookiesOfAVisit(): Promise<readonly (readonly [name: string, attributes: readonly string[]])[]> {
  const set: string[] = [];
  const visitor = console.visitor();
  const noting = async (path: string) => {
    const page = await visitor.get(path);
    if (page.url.startsWith(CONSOLE_URL)) set.push(...page.headers.getSetCookie());
    return page;
  };
  const goes = async (path: string) => {
    let page = await noting(path);
    while (page.location !== null) page = await noting(page.location);
    return page;
  };
  const choices = await goes('/queue');
  const chosen = await visitor.send('POST', new URL(choices.attributes('action')[0]!, choices.url).toString(), [
    ['subject', hub.screener.subject],
  ]);
  expect((await goes(chosen.location!)).heading).toBe('Waiting for a decision');
  return set.map((cookie) => {
    const [pair, ...attributes] = cookie.split('; ');
    return [pair!.split('=', 1)[0]!, attributes.filter((one) => !/^(Expires|Max-Age)=/.test(one)).toSorted()] as const;
  });
}

describe('a console whose address begins with https', () => {
  it('sets each cookie for this host alone, for TLS alone, for no script, and for no form of another site', async () => {
    const cookies = await cookiesOfAVisit();
    expect(new Set(cookies.map(([name]) => name.replace(/begun-.*/, 'begun-…')))).toEqual(
      new Set(['__Host-mash', '__Host-mash-page', '__Host-mash-begun-…']),
    );
    // No `Domain`: a name that begins with `__Host-` may have none.
    const said = ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'];
    expect(cookies.filter(([, attributes]) => attributes.join() !== said.join())).toEqual([]);
  });

  it('renews no session for a request that came to its proxy without TLS', async () => {
    const visitor = console.visitor();
    await visitor.signInAs(hub.screener);
    const sent = (scheme: string) =>
      fetch(`${console.url}/queue`, {
        redirect: 'manual',
        headers: { 'X-Forwarded-Proto': scheme, Cookie: visitor.cookieHeader },
      });
    const setBy = async (scheme: string) =>
      (await sent(scheme)).headers.getSetCookie().filter((cookie) => cookie.startsWith('__Host-mash='));
    expect(await setBy('https')).toHaveLength(1);
    expect(await setBy('http')).toEqual([]);
  });
});

it('a console whose address begins with http names no cookie as if it came by TLS', async () => {
  const plain = await RunningConsole.start(hub);
  try {
    const answer = await fetch(`${plain.url}/queue`, { redirect: 'manual' });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^mash-page=%2Fqueue; /)]);
    expect(answer.headers.getSetCookie().join()).not.toMatch(/Secure/);
  } finally {
    await plain.stop();
  }
});
