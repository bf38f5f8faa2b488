import type { INestApplication, Type } from '@nestjs/common';
import { createLogger, type ConsoleSettings } from '#platform';
import { createConsole } from '../../apps/console/src/create-console.ts';
import {
  startLocalSignIn,
  type ChangeIdToken,
  type DemonstrationPerson,
  type LocalSignIn,
} from '../../scripts/demonstration/local-sign-in.ts';
import { ATTACHMENT_KEYS } from './attachment-keys.ts';
import type { Hub } from './hub.ts';
import { ownPort } from './own-port.ts';
import { Visitor } from './visitor.ts';

/** Whom the sign-in knows and the hub does not. */
export const A_STRANGER = { subject: 'a-stranger', name: 'A visitor', role: 'stranger' } as const;

/** The console in this process with the local sign-in beside it, where every person of a hub signs in. */
export class RunningConsole {
  private constructor(
    private readonly settings: ConsoleSettings,
    private readonly signIn: LocalSignIn,
    readonly url: string,
    private app: INestApplication,
  ) {}

  /**
   * @param others whom the sign-in knows beside the people of the hub
   * @param more settings that are others than usual; with an address of its own, a proxy with TLS stands before it
   * @param changeIdToken makes the provider one that does not say what it must
   */
  static async start(
    hub: Hub,
    others: () => Promise<readonly DemonstrationPerson[]> = async () => [],
    more: Partial<ConsoleSettings> = {},
    changeIdToken?: ChangeIdToken,
  ): Promise<RunningConsole> {
    const port = await ownPort();
    const url = `http://127.0.0.1:${port}`;
    const people = async () => {
      const known = await others();
      const staff = (await hub.allStaff()).filter(({ subject }) => !known.some((one) => one.subject === subject));
      return [...staff, A_STRANGER, ...known];
    };
    const signIn = await startLocalSignIn(await ownPort(), more.CONSOLE_URL ?? url, people, changeIdToken);
    const settings = {
      DATABASE_URL: hub.url,
      DATABASE_POOL: 10,
      CONSOLE_URL: url,
      CONSOLE_PORT: port,
      SESSION_SECRET: 'a secret of the tests, of thirty-two characters',
      ATTACHMENT_KEYS,
      COUNCIL_NAME: 'Loomshire Council',
      LOG_LEVEL: 'silent',
      ...signIn.settings,
      ...more,
    } as ConsoleSettings;
    return new RunningConsole(settings, signIn, url, await listening(settings));
  }

  /** Forgets what a console remembers: the versions of policy and calendar, each of which it reads once. */
  async restart(): Promise<void> {
    await this.app.close();
    this.app = await listening(this.settings);
  }

  /** A thing that the console itself uses. */
  uses<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }

  /** A person who has signed in. */
  async visitedBy(person: { readonly subject: string }, path = '/queue'): Promise<Visitor> {
    const visitor = this.visitor();
    await visitor.signInAs(person);
    if (path !== '/queue') await visitor.open(path);
    return visitor;
  }

  /** A visitor, not signed in. */
  visitor(): Visitor {
    return new Visitor(this.settings.CONSOLE_URL, this.url);
  }

  /** The identity provider gives no answer any more. */
  async providerGoesAway(): Promise<void> {
    await this.signIn.close();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.signIn.close();
  }
}

async function listening(settings: ConsoleSettings): Promise<INestApplication> {
  const app = await createConsole(settings, createLogger('console', 'silent'));
  await app.listen(settings.CONSOLE_PORT, '127.0.0.1');
  return app;
}
