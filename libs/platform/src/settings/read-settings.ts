import { readFileSync } from 'node:fs';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { isBlank } from '#domain';
import { BadSettings } from '../bad-settings.ts';
import type { Settings } from './settings.ts';

/**
 * Reads and checks the settings of an app. A blank value counts as missing.
 *
 * @param shape the class that declares the settings
 * @param environment the variables to read, usually `process.env`
 * @returns the settings, frozen
 * @throws BadSettings with the name of every setting that is missing or wrong
 */
export function readSettings<S extends Settings>(
  shape: ClassConstructor<S>,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<S> {
  const given = Object.fromEntries(
    Object.entries(withSecretFiles(environment)).filter(([, value]) => value !== undefined && !isBlank(value)),
  );
  const settings = plainToInstance(shape, given, { exposeDefaultValues: true });
  const faults = validateSync(settings, { whitelist: true }).map(({ property, value, constraints }) =>
    value === undefined
      ? `${property} is missing`
      : `${property} ${[...new Set(Object.values(constraints ?? {}))].join(', ').replaceAll(`${property} `, '')}`,
  );
  if (faults.length > 0) throw new BadSettings(`Bad settings: ${faults.join('; ')}. The README lists them.`);
  return Object.freeze(settings);
}

function withSecretFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = { ...environment };
  for (const [name, path] of Object.entries(environment)) {
    const setting = name.replace(/_FILE$/, '');
    if (setting === name || !path || !SECRETS.includes(setting)) continue;
    try {
      settings[setting] = readFileSync(path, 'utf8').trim();
    } catch {
      throw new BadSettings(`Bad settings: the file that ${name} names cannot be read.`);
    }
  }
  return settings;
}

const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
  'SESSION_SECRET',
  'SANDBOX_SECRET',
  'NOTIFY_API_KEY',
  'NOTIFY_CALLBACK_TOKEN',
  'TEAMS_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
  'DEAD_MANS_SWITCH_URL',
  'RECORD_SIGNING_KEY',
  'ATTACHMENT_KEYS',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'WEBHOOK_KEY',
];
