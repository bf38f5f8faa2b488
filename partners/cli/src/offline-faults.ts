import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { REFERRAL_SCHEMA } from './referral-schema.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
// The hub knows better which addresses can be used: no referral is held up here that it would take.
ajv.addFormat('email', true);
const validate = ajv.compile(REFERRAL_SCHEMA);

/** One line for each fault that the schema sees, by its JSON Pointer; no line holds what was sent. */
export function offlineFaults(referral: unknown): readonly string[] {
  if (validate(referral) === true) return [];
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const values = (params as { allowedValues?: readonly string[] }).allowedValues;
    const more = (params as { additionalProperty?: string }).additionalProperty;
    const at = more === undefined ? instancePath : `${instancePath}/${more}`;
    const what = more === undefined ? message : 'is not a property of the contract';
    return `${at || '/'}: ${what}${values === undefined ? '' : ` (${values.join(', ')})`}`;
  });
  return [...new Set(faults)];
}

/**
 * @returns the referral, or in words where the text stops being JSON; the words hold nothing of the text
 */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    // The engine's own message quotes the text.
    const place = /\(line \d+ column \d+\)/.exec((error as Error).message)?.[0] ?? '';
    return { fault: `The file is not JSON ${place}`.trim() };
  }
}
