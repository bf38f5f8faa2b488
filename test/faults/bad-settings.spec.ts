import { TestProcess } from '../support/app-process.ts';
import { ATTACHMENT_KEYS } from '../support/attachment-keys.ts';

it.each([
  ['api', { API_PORT: 'abc' }, /API_PORT must be a port number/],
  ['api', { DATABASE_URL: '' }, /DATABASE_URL is missing/],
  ['api', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /start PostgreSQL there or correct DATABASE_URL/],
  ['console', { SESSION_SECRET: 'short' }, /SESSION_SECRET must be at least 32 characters/],
] as const)(
  'ends the %s with one line that says what is wrong when it is started with %j',
  async (app, settings, said) => {
    const process = TestProcess.spawn(app, {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      CONSOLE_URL: 'http://127.0.0.1:3001',
      OIDC_ISSUER: 'http://127.0.0.1:3003',
      OIDC_CLIENT_ID: 'x',
      OIDC_CLIENT_SECRET: 'x',
      // Without it the api says first that it takes no files.
      ATTACHMENT_KEYS,
      ...settings,
    });
    expect(await process.exited).toBe(1);
    expect(process.output).toMatch(said);
    expect(process.output.trim().split('\n')).toHaveLength(1);
    expect(process.output).not.toContain('short');
  },
);
