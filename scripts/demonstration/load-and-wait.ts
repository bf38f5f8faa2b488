import 'reflect-metadata';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * Runs in the process of an app before the app's own code: loads the modules that the app consists of, and waits until it
 * is told that the database is ready. So loading costs no time of its own.
 */
const goWithParent = () => process.exit(0);
process.once('disconnect', goWithParent);
const [, main, app] = process.argv;
await import(pathToFileURL(join(dirname(main!), `create-${app}.js`)).href);
await new Promise<void>((resolve) => process.once('message', () => resolve()));
process.off('disconnect', goWithParent);
