import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiExcludeController, ApiProperty, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { HealthController } from '#access';
import type { ApiSettings } from '#platform';
import { describedFields } from '#referrals';
import { ProblemAnswerBody } from '../referrals/answers.ts';
import { ownAddress } from '../paging/own-address.ts';
import { completeExamples, type Schema } from './complete-examples.ts';
import { headerComponents } from './headers.ts';
import { isOperation, problemAnswers } from './problem-answers.ts';

const DESCRIPTION = `Refer children to the hub, and answer what it asks.

- **If a child is in immediate danger, dial 999 first.**
- A referral is ours from the moment that you get 201. Until then, send it again with the same Idempotency-Key: it is
  stored once.
- Every answer that is no success is a problem (RFC 9457) with a \`type\` that names its kind, the address of a page that
  says what to do (\`help\`), and a request id. It never holds what you sent.
- What we do not understand we refuse: unknown properties, names that an object has twice, query parameters. A method
  that an address does not take is answered 405, with Allow.
- An X-Request-Id that is a UUID names the request in our answers and our log; a traceparent (W3C Trace Context) goes into
  the log beside it.
- An access token from before client ids is answered with Deprecation and Sunset, which say when it runs out: sign an
  assertion at /oauth2/token instead.
- Changes are additions: new properties of answers, codes of faults and kinds of problem may come. Pass over what you do
  not know.
`;

const WEBHOOKS = `Being told of what happened to your referrals, instead of asking. The hub posts what listEvents answers: one
event a call, with its id, type, occurredAt and data, and no name. It signs as Standard Webhooks says, by the headers
webhook-id, webhook-timestamp and webhook-signature. Answer 2xx within ten seconds, also to a call that you have had: the
same webhook-id is the same event. No redirect is followed.`;

// Said here and not where they are declared: the other apps have them too, and publish no contract.
ApiExcludeController()(HealthController);
for (const { body, property, schema } of describedFields()) ApiProperty(schema)(body, property);

/** The contract of the API: what its routes declare, and every problem that they can answer. */
export function contractOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('MASH triage: partner API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'The hub that publishes this document')
    .addTag('access tokens', 'Identifying your client')
    .addTag('referrals', 'Referring children, and asking how a referral stands')
    .addTag('attachments', 'Adding files to your referrals')
    .addTag('events', 'Asking what happened to your referrals')
    .addTag('webhooks', WEBHOOKS)
    .addTag('code lists', 'The codes of what you send, with their words')
    .addTag('information requests', 'Reading what the hub asks your agency, and answering it')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'The access token that /oauth2/token gave you.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemAnswerBody] });
  for (const operation of Object.values(document.paths).flatMap((item) => [
    item.get,
    item.post,
    item.put,
    item.delete,
  ])) {
    if (!isOperation(operation?.operationId)) continue;
    const answers = operation.responses as Record<string, Answer>;
    for (const [status, answer] of Object.entries(problemAnswers(operation.operationId)))
      answers[status] = both(answers[status], answer);
  }
  const schemas = document.components!.schemas as Record<string, Schema>;
  // Unknown properties of a body are refused; answers may get new ones.
  for (const [name, schema] of Object.entries(schemas)) if (name.endsWith('Body')) schema.additionalProperties = false;
  completeExamples(schemas);
  const used = JSON.stringify(document.paths).matchAll(/#\/components\/headers\/([\w-]+)/g);
  Object.assign(document.components!, { headers: headerComponents([...used].map(([, name]) => name!)) });
  return document;
}

interface Answer {
  readonly description: string;
  readonly headers?: object;
  readonly content?: object;
}

/** A status that an operation answers in a form of its own, and with a problem as well. */
function both(own: Answer | undefined, problem: Answer): Answer {
  if (own === undefined) return problem;
  return {
    description: `${own.description} Or: ${problem.description}`,
    headers: { ...own.headers, ...problem.headers },
    content: { ...own.content, ...problem.content },
  };
}

/** Publishes the contract at /openapi.json, readable at /docs. */
export function publishOpenApi(app: NestExpressApplication, settings: ApiSettings): void {
  const contract = contractOf(app);
  contract.servers![0]!.url = ownAddress(settings, '') || '/';
  SwaggerModule.setup('docs', app, contract, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'MASH triage: partner API',
  });
}
