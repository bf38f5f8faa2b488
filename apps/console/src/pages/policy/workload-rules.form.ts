import { RATINGS, type WorkloadRules } from '#domain';
import type { Typed } from '#work';

/** The names of the fields, as the faults of the policy name their places. */
export const WORKLOAD_FIELDS: readonly { readonly name: string; readonly label: string }[] = [
  ...RATINGS.map((rating) => ({ name: `workload.points.${rating}`, label: `Points of a referral that is ${rating}` })),
  { name: 'workload.eachChildBeyondTwo', label: 'Points of each child from the third on' },
  { name: 'workload.cap', label: 'Points that a person with full hours may have; only a red is given above' },
];

/** What the form shows for the workload. */
export function workloadToFields({ workload }: WorkloadRules): Typed {
  return {
    ...Object.fromEntries(RATINGS.map((rating) => [`workload.points.${rating}`, String(workload.points[rating])])),
    'workload.eachChildBeyondTwo': String(workload.eachChildBeyondTwo),
    'workload.cap': String(workload.cap),
  };
}

/** The workload that a posted form stands for; a form without a field leaves it as it was. */
export function workloadFromFields(fields: Typed, base: WorkloadRules): WorkloadRules {
  const typed = (name: string, before: number) => {
    const text = fields[name];
    return text === undefined ? before : Number(text.trim() || Number.NaN);
  };
  const { points, eachChildBeyondTwo, cap } = base.workload;
  return {
    workload: {
      points: {
        red: typed('workload.points.red', points.red),
        amber: typed('workload.points.amber', points.amber),
        green: typed('workload.points.green', points.green),
      },
      eachChildBeyondTwo: typed('workload.eachChildBeyondTwo', eachChildBeyondTwo),
      cap: typed('workload.cap', cap),
    },
  };
}

/** The field that a fault is shown at; null for a fault of another part of the policy. */
export const fieldOfWorkload = (at: string): string | null => (at.startsWith('workload.') ? at : null);

/** The workload in words, a line a number. */
export function presentWorkloadRules(rules: WorkloadRules) {
  const fields = workloadToFields(rules);
  return WORKLOAD_FIELDS.map(({ name, label }) => ({ what: label, value: fields[name] }));
}

/** How a version changes the workload, a sentence each. */
export function presentWorkloadChanges(before: WorkloadRules, then: WorkloadRules): readonly string[] {
  const [was, is] = [workloadToFields(before), workloadToFields(then)];
  return WORKLOAD_FIELDS.filter(({ name }) => was[name] !== is[name]).map(
    ({ name, label }) => `${label}: ${is[name]}, before ${was[name]}`,
  );
}
