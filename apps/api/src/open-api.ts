import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ProblemAnswer } from './referrals/answers.ts';

/** Publishes the contract at /openapi.json, readable at /docs. */
export function publishOpenApi(app: NestExpressApplication): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('MASH triage: partner API')
    .setDescription(
      'Refer children to the hub. A referral is ours from the moment that you get 201: until then, send it again ' +
        'with the same Idempotency-Key. If a child is in immediate danger, dial 999 first.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemAnswer] });
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'MASH triage: partner API',
  });
}
