import { SERVICE, sql } from '#store';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMailbox } from '../demonstration/mailbox.ts';
import { readScenarios, type ScenarioFile } from '../demonstration/scenario-files.ts';
import { HubServer } from './hub-server.ts';
import { planOf } from './plan.ts';
import { startRedis } from '../stand-ins/redis-server.ts';
import type { Tally } from './tally.ts';
import { Trial, type Failure } from './trial.ts';
import { World, type Surroundings } from './world.ts';

/** Trials that share a world: the start of three processes costs as much as several trials. */
const PER_WORLD = 40;
const REPORTS = join('.local', 'trials');

/** Runs trials one after the other, in one world after the other. Several lanes run side by side. */
export class Lane {
  private readonly scenarios: readonly ScenarioFile[] = readScenarios();

  private constructor(
    private readonly around: Surroundings,
    private readonly tally: Tally,
    private readonly startAt: Temporal.Instant | null,
  ) {}

  /** @param startAt where the database's clock begins; by the seed without it */
  static async open(tally: Tally, startAt: Temporal.Instant | null): Promise<Lane> {
    const [server, redis, mailbox] = await Promise.all([HubServer.start(), startRedis(false), startMailbox(0)]);
    return new Lane({ server, redis, mailbox }, tally, startAt);
  }

  /** @param nextSeed the seed of the next trial, null when there is none */
  async run(nextSeed: () => number | null, onTrial: () => void): Promise<void> {
    for (let seed = nextSeed(); seed !== null;) {
      const world = await World.create(this.around, this.startAt ?? startOf(seed));
      let isWhole = true;
      for (let count = 0; isWhole && seed !== null && count < PER_WORLD; count++) {
        const beganAt = world.model.now;
        const failure = await new Trial(world, planOf(seed), this.tally, this.scenarios, seed).run();
        this.tally.trials++;
        isWhole = failure === null;
        if (failure !== null) this.report(world, seed, beganAt, failure);
        onTrial();
        seed = nextSeed();
      }
      await this.leave(world);
    }
  }

  async close(): Promise<void> {
    const { server, redis, mailbox } = this.around;
    await Promise.all([server.stop(), redis?.kill(), mailbox.close()]);
  }

  private async leave(world: World): Promise<void> {
    const { tally } = this;
    const sent = await world.patiently(() =>
      world.database
        .as(SERVICE)
        .row<{ n: number }>(sql`SELECT count(*)::int AS n FROM delivery WHERE channel <> ${'loopback'}`),
    );
    tally.deliveries += sent!.n;
    tally.endedByThemselves += world.apps.reduce((all, { endedByItself }) => all + endedByItself, 0);
    await world.close();
  }

  /** Says what went wrong and how to see it again; keeps what the processes said. */
  private report(world: World, seed: number, beganAt: Temporal.Instant, { step, violations }: Failure): void {
    this.tally.failed++;
    for (const { wrong } of violations) this.tally.count(this.tally.wrongs, wrong);
    const { steps, ...plan } = planOf(seed);
    const text = [
      `\nTrial with seed ${seed} failed ${step < steps.length ? `after step ${step}` : 'at its end'}:`,
      ...violations.map(({ wrong, what }) => `  ${wrong}: ${what}`),
      `  the clock stood at ${world.model.now.toString()}; the trial: ${JSON.stringify(plan)}`,
      ...steps.slice(0, step + 1).map((one, index) => `  ${index}. ${JSON.stringify(one)}`),
      `Again: npm run trial -- --trials 1 --seed ${seed} --start ${beganAt.toString()}\n`,
    ].join('\n');
    console.error(text);
    mkdirSync(REPORTS, { recursive: true });
    const said = world.apps.map(({ app, output }) => `\n=== ${app}\n${output}`).join('');
    writeFileSync(join(REPORTS, `seed-${seed}.log`), text + said);
  }
}

/** Some Monday of the two years whose bank holidays and clock changes are known. */
function startOf(seed: number): Temporal.Instant {
  const week = (seed * 37) % 100;
  return Temporal.PlainDate.from('2026-01-05').add({ weeks: week }).toZonedDateTime('Europe/London').toInstant();
}
