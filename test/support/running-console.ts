import type { INestApplication } from '@nestjs/common';
import { createLogger, type ConsoleSettings } from '#platform';
import { createConsole } from '../../apps/console/src/create-console.ts';
import { startLocalSignIn, type LocalSignIn } from '../../scripts/demonstration/local-sign-in.ts';
import { freePort } from '../../scripts/stand-ins/free-port.ts';

export interface Page {
  readonly status: number;
  readonly html: string;
  /** Where it led, when it was a redirect. */
  readonly location: string | null;
  readonly headers: Headers;
}

/** The console in this process with the local sign-in beside it. */
export class RunningConsole {
  private constructor(
    private readonly app: INestApplication,
    private readonly signIn: LocalSignIn,
    readonly url: string,
  ) {}

  static async start(
    databaseUrl: string,
    people: () => Promise<readonly { subject: string; name: string; role: string }[]>,
  ): Promise<RunningConsole> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const signIn = await startLocalSignIn(await freePort(), url, people);
    const settings = {
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: 10,
      CONSOLE_URL: url,
      CONSOLE_PORT: port,
      SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
      COUNCIL_NAME: 'Loomshire Council',
      LOG_LEVEL: 'silent',
      ...signIn.settings,
    } as ConsoleSettings;
    const app = await createConsole(settings, createLogger('console', 'silent'));
    await app.listen(port, '127.0.0.1');
    return new RunningConsole(app, signIn, url);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.signIn.close();
  }
}

/** Somebody at the console: a browser without a screen, which keeps cookies and sends forms with their hidden fields. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private last: Page | null = null;

  constructor(private readonly console: RunningConsole) {}

  /** Signs in through the real OpenID Connect flow, as the person of this subject. */
  async signInAs(subject: string, path = '/queue'): Promise<Page> {
    let page = await this.get(path);
    while (page.location !== null) page = await this.get(page.location);
    const action = /action="([^"]+)"/.exec(page.html)![1]!;
    page = await this.send('POST', new URL(action, this.at).toString(), { subject });
    while (page.location !== null) page = await this.get(page.location);
    return page;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(path: string): Promise<Page> {
    return this.send('GET', path);
  }

  /** Sends the form of the page that is open, with its token and hidden fields, to where it belongs. */
  async submit(path: string, fields: Record<string, string> = {}): Promise<Page> {
    return this.send('POST', path, { ...this.hiddenFields(), ...fields });
  }

  /** Of the page that is open. */
  hiddenFields(): Record<string, string> {
    const html = this.last?.html ?? '';
    return Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [
        name!,
        value!,
      ]),
    );
  }

  async send(
    method: string,
    path: string,
    fields?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const url = new URL(path, this.at);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        Cookie: this.cookieHeader,
        ...(fields === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair!.indexOf('=');
      this.cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    this.at = url.toString();
    const location = response.headers.get('Location');
    const page = {
      status: response.status,
      html: await response.text(),
      location: location === null ? null : new URL(location, url).toString(),
      headers: response.headers,
    };
    if (location === null) this.last = page;
    return page;
  }

  private get at(): string {
    return this.current ?? this.console.url;
  }

  private set at(url: string) {
    this.current = url;
  }

  private current: string | null = null;
}
