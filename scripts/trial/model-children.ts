import type { SubmittedReferral } from '#domain';
import type { Refused } from '#platform';

/** A child of a referral of the trial. */
export interface ModelChild {
  readonly reference: string;
  /** Its place among the children of the referral, from 0. */
  readonly position: number;
}

/** A person has said of two children that they are one, or that they are not. */
export interface ModelJudgement {
  readonly one: ModelChild;
  readonly other: ModelChild;
  readonly isSame: boolean;
}

const isOne = (a: ModelChild, b: ModelChild) => a.reference === b.reference && a.position === b.position;

/** Which children of a trial are one, as people have said. */
export class ModelChildren {
  readonly all: ModelChild[] = [];
  /** Those that hold. */
  readonly judgements: ModelJudgement[] = [];

  begin(): void {
    this.all.length = 0;
    this.judgements.length = 0;
  }

  submitted(reference: string, { children }: SubmittedReferral): void {
    this.all.push(...children.map((_, position) => ({ reference, position })));
  }

  /** Why a judgement must be refused; null when it must be taken. */
  refusalOf({ one, other, isSame }: ModelJudgement): Refused['code'] | null {
    if (one.reference === other.reference) return 'one-referral';
    const [mine, theirs] = [this.knownWith(one), this.knownWith(other)];
    const isAmong = (group: readonly ModelChild[], child: ModelChild) => group.some((each) => isOne(each, child));
    if (isAmong(mine, other)) return 'children-joined';
    if (isSame && mine.some(({ reference }) => theirs.some((each) => each.reference === reference)))
      return 'one-referral';
    const isApart = this.judgements.some(
      (said) =>
        !said.isSame &&
        ((isAmong(mine, said.one) && isAmong(theirs, said.other)) ||
          (isAmong(mine, said.other) && isAmong(theirs, said.one))),
    );
    return isApart ? 'children-kept-apart' : null;
  }

  judged(judgement: ModelJudgement): void {
    this.judgements.push(judgement);
  }

  takenBack(judgement: ModelJudgement): void {
    this.judgements.splice(this.judgements.indexOf(judgement), 1);
  }

  /** Each two referrals that are about one child, by what people say now. */
  get pairs(): ReadonlySet<string> {
    const pairs = this.all.flatMap((one) => this.knownWith(one).map((other) => pairOf(one.reference, other.reference)));
    return new Set(pairs);
  }

  /** The child and all that are the same, directly or by way of others. */
  private knownWith(child: ModelChild): readonly ModelChild[] {
    const known = [child];
    // Grows while it is gone through.
    for (const each of known) {
      for (const { one, other, isSame } of this.judgements) {
        if (!isSame) continue;
        const next = isOne(one, each) ? other : isOne(other, each) ? one : null;
        if (next !== null && !known.some((had) => isOne(had, next))) known.push(next);
      }
    }
    return known;
  }
}

/** Two referrals as one text, in whichever order they are given. */
export const pairOf = (one: string, other: string) => [one, other].toSorted().join(' ');
