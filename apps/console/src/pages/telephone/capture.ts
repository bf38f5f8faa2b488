import { countOf, placeOf } from './typed-referral.ts';
import type { Typed } from '#work';
import { REFERRAL_FIELDS, type FieldGroup } from './referral-fields.ts';

/** When a field is asked: while the caller is on the line, before the referral can be received, or afterwards. */
export type Stage = 'capture' | 'needed' | 'rest';

/** The groups in the order in which a caller tells them, with the fields that are asked while the caller is there. */
const CAPTURED: Readonly<Record<string, readonly string[]>> = {
  '/referrer': ['name', 'role', 'phone'],
  '/children': ['firstName', 'lastName', 'dateOfBirth', 'description', 'currentLocation', 'address/postcode'],
  '/concern': ['summary'],
  '': ['immediateDanger'],
};

/** What the contract needs as well, so that a call that ends early can still be received. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  '/concern': ['types', 'source'],
  '/parentsInformed': ['informed', 'notInformedReason'],
  '/agreement': ['status'],
};

/** The stage of a call in which a field is asked. */
export const stageOf = ({ at }: Pick<FieldGroup, 'at'>, name: string): Stage => {
  if (CAPTURED[at]?.includes(name) === true) return 'capture';
  return NEEDED[at]?.includes(name) === true ? 'needed' : 'rest';
};

/** A group with those of its fields that are asked in one stage. */
export interface StagedGroup {
  readonly group: FieldGroup;
  /** The button that makes room for one more stands where the group is asked first. */
  readonly isFirst: boolean;
  readonly names: readonly string[];
}

/** The groups of a stage, each once, in the order of the page. Each field is in one stage. */
export function groupsOf(stage: Stage): readonly StagedGroup[] {
  const staged = stagedBy(stageOf, stage);
  if (stage !== 'capture') return staged;
  const order = Object.keys(CAPTURED);
  return staged.toSorted((a, b) => order.indexOf(a.group.at) - order.indexOf(b.group.at));
}

/**
 * The groups with those of their fields that are asked in a stage, in the order of the form.
 *
 * @param of the stage of a field; the first of a group's stages is the first by the alphabet
 */
export function stagedBy<S extends string>(
  of: (group: FieldGroup, name: string) => S,
  stage: S,
): readonly StagedGroup[] {
  return REFERRAL_FIELDS.map((group) => {
    const names = group.fields.map(({ name }) => name).filter((name) => of(group, name) === stage);
    const [first] = group.fields.map(({ name }) => of(group, name)).sort();
    return { group, names, isFirst: first === stage };
  }).filter(({ names }) => names.length > 0);
}

/** Whether any field of the rest has an answer, so that it is unfolded. */
export function hasMore(typed: Typed, rest: readonly StagedGroup[] = groupsOf('rest')): boolean {
  return rest.some(
    ({ group, names, isFirst }) =>
      (isFirst && countOf(group, typed) > 1) ||
      Array.from({ length: countOf(group, typed) }, (_, index) => placeOf(group, index)).some((place) =>
        names.some((name) => {
          const at = `${place}/${name}`;
          return Object.entries(typed).some(([key, value]) => (key === at || key.startsWith(`${at}#`)) && value !== '');
        }),
      ),
  );
}
