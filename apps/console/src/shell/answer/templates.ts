import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import nunjucks from 'nunjucks';

const { resolve: installed } = createRequire(import.meta.url);
export const GOVUK_FRONTEND = join(dirname(installed('govuk-frontend/package.json')), 'dist');
const MOJ_FRONTEND = dirname(installed('@ministryofjustice/frontend/package.json'));

/** apps/console/src, or where the build puts it. */
const CONSOLE = join(import.meta.dirname, '../..');

/** The console's templates with those of the GOV.UK and the Ministry of Justice design systems. */
export function createTemplates(): nunjucks.Environment {
  return (
    nunjucks
      .configure([CONSOLE, GOVUK_FRONTEND, MOJ_FRONTEND], { autoescape: true })
      // Each form on a page is one of its own: sent twice, it does its work once.
      .addGlobal('newFormId', () => randomUUID())
  );
}
