import { createLogger, type ConsoleSettings } from '#platform';
import { createConsole } from '../../apps/console/src/create-console.ts';
import { startLocalSignIn } from '../../scripts/demonstration/local-sign-in.ts';
import { freePort } from '../../scripts/stand-ins/free-port.ts';

/** A console in this process, and a person who has signed in to it. */
export interface SignedIn {
  /** Reads a page. @returns the milliseconds until the whole answer was there */
  read(path: string): Promise<number>;
  close(): Promise<void>;
}

type Person = Parameters<typeof startLocalSignIn>[2] extends () => Promise<readonly (infer P)[]> ? P : never;

/** @throws Error when a page does not answer 200 */
export async function signIn(databaseUrl: string, person: Person): Promise<SignedIn> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = await startLocalSignIn(await freePort(), url, async () => [person]);
  const settings = {
    ...{ DATABASE_URL: databaseUrl, DATABASE_POOL: 10, CONSOLE_URL: url, CONSOLE_PORT: port, LOG_LEVEL: 'silent' },
    ...{ SESSION_SECRET: 'a secret of the bench, of thirty-two characters', COUNCIL_NAME: 'Bench' },
    ...provider.settings,
  } as ConsoleSettings;
  const app = await createConsole(settings, createLogger('console', 'silent'));
  await app.listen(port, '127.0.0.1');
  const browser = new Browser();
  const page = await browser.get(`${url}/queue`);
  const [, action] = /action="([^"]+)"/.exec(page.text)!;
  await browser.post(new URL(action!.replaceAll('&amp;', '&'), page.url), { subject: person.subject });
  return {
    read: async (path) => {
      const begun = performance.now();
      const { status } = await browser.get(`${url}${path}`);
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      return performance.now() - begun;
    },
    close: async () => {
      await app.close();
      await provider.close();
    },
  };
}

/** Keeps cookies, and follows redirects. */
class Browser {
  private readonly cookies = new Map<string, string>();

  get(url: string | URL) {
    return this.send(url, {});
  }

  post(url: URL, form: Readonly<Record<string, string>>) {
    return this.send(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  private async send(to: string | URL, how: RequestInit): Promise<{ status: number; url: string; text: string }> {
    let [url, init] = [new URL(to), how];
    for (;;) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, origin: url.origin } });
      for (const set of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
        this.cookies.set(name!, value!);
      }
      const text = await answer.text();
      const next = answer.headers.get('location');
      if (next === null) return { status: answer.status, url: url.href, text };
      [url, init] = [new URL(next, url), {}];
    }
  }
}
