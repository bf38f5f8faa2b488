import type { StaffActor } from '#access';
import { isOpen } from '#domain';
import type { PastAlert } from './past-alerts.ts';
import { inForceAt, type World } from './world.ts';

/** The people of a hub by what they do. */
export interface Team {
  readonly screeners: readonly StaffActor[];
  readonly socialWorkers: readonly StaffActor[];
  /** Those who sign off most of the time, the practice managers first. */
  readonly managers: readonly StaffActor[];
  /** The emergency duty team. */
  readonly outOfHours: { readonly workers: readonly StaffActor[]; readonly managers: readonly StaffActor[] };
}

/** A share of alerts that no person answers. */
const UNANSWERED = 0.12;

/** Who does what in the hub at which time, by day and while the front door is shut. */
export class HubAtWork {
  constructor(
    private readonly world: World,
    private readonly team: Team,
  ) {}

  isOpen(at: Temporal.Instant): boolean {
    return isOpen(inForceAt(this.world, at).calendar, at);
  }

  screener(): StaffActor {
    return this.world.random.pick(this.team.screeners);
  }

  /** A person who may decide. A manager decides one in eight. */
  decider(at: Temporal.Instant): StaffActor {
    const { random } = this.world;
    const { socialWorkers, managers, outOfHours } = this.team;
    if (!this.isOpen(at)) return random.pick(outOfHours.workers);
    return random.happens(0.12) ? managers[0]! : random.pick(socialWorkers);
  }

  /** A manager other than this person, to lower a rating or to sign off. */
  managerBeside(at: Temporal.Instant, other: StaffActor): StaffActor {
    const managers = (this.isOpen(at) ? this.team.managers : this.team.outOfHours.managers).filter(
      ({ id }) => id !== other.id,
    );
    // Most of it is the work of the practice manager.
    return this.world.random.weighted(managers, (one) => (one === managers[0] ? 4 : 1));
  }

  /** When a person whom an alert reached answers it: most within minutes, some late, some never. */
  answer({ at, told, reached }: PastAlert): { at: Temporal.Instant; by: StaffActor } | null {
    const { random, staff } = this.world;
    if (!reached || told.length === 0 || random.happens(UNANSWERED)) return null;
    const minutes = random.duration(this.isOpen(at) ? 6 : 12, 0.95);
    return { at: at.add({ seconds: Math.round(minutes * 60) + 5 }), by: staff.get(told[0]!)! };
  }
}
