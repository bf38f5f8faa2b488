import { createDataSource, Database } from '#store';
import { hubToKill, PATHS, type Given, type PathName } from './paths.ts';
import { beginCounting, passed, point, watchStatements, watchWire } from './points.ts';

/** What a victim is told to do: a path, and at which point of it to end itself; null for at none. */
export interface Order<P extends PathName = PathName> {
  readonly path: P;
  readonly given: Given[P];
  readonly killAt: string | null;
  /** Where the provider listens, when the path leads to one. */
  readonly providerPort: number | null;
}

// A process of the tests, run from its source on the built libs: it is ready as soon as it has a connection.
const source = createDataSource({ url: process.env['DATABASE_URL']!, pool: 1, app: `victim ${process.pid}` });
while (!source.isInitialized) {
  await source.initialize().catch((error: Error) => {
    // Many start at once here: one may wait for its connection longer than the service lets an app wait.
    if (!/timeout/i.test(error.message)) throw error;
  });
}
const database = new Database(source.manager);
await database.now();
watchStatements();

process.once('message', (order: Order) => void obey(order));
process.send!('ready');

async function obey<P extends PathName>({ path, given, killAt, providerPort }: Order<P>): Promise<void> {
  const hub = await hubToKill(database, 'settings' in given ? given.settings : undefined);
  if (providerPort !== null) watchWire(providerPort);
  beginCounting(killAt);
  await PATHS[path](hub, given, database);
  point('done');
  process.send!({ passed }, () => process.exit(0));
}
