import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

interface Contract {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const WRITTEN = '// Written by "npm run contract" from docs/openapi.json: change it there.\n\n';

/** The files of the partner kit that are written from the contract: each path with its text. */
export async function partnerKitFiles(contract: object): Promise<ReadonlyMap<string, string>> {
  const types = astToString(await openapiTS(withoutHeaders(contract)));
  const schema = JSON.stringify(referralSchema(contract as Contract), null, 2);
  return new Map([
    ['partners/client/src/contract.ts', WRITTEN + types],
    ['partners/cli/src/referral-schema.ts', `${WRITTEN}export const REFERRAL_SCHEMA: object = ${schema};\n`],
  ]);
}

/** The contract without the headers of answers: a program that reads bodies needs no types of them. */
function withoutHeaders(contract: object): OpenAPI3 {
  const isAnswer = (value: object) => 'description' in value && 'headers' in value;
  const text = JSON.stringify(contract, (_, value: unknown) =>
    typeof value === 'object' && value !== null && isAnswer(value) ? { ...value, headers: undefined } : value,
  );
  return JSON.parse(text) as OpenAPI3;
}

/** The JSON Schema of a referral by itself, with the schemas that it refers to. */
function referralSchema({ components }: Contract): object {
  const needed = new Set(['SubmitReferralBody']);
  for (const name of needed) {
    const text = JSON.stringify(components.schemas[name]);
    for (const [, other] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) needed.add(other!);
  }
  const schemas = Object.fromEntries([...needed].map((name) => [name, components.schemas[name]]));
  return { $ref: '#/components/schemas/SubmitReferralBody', components: { schemas } };
}
