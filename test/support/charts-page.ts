import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isolateDirection } from '../../apps/console/src/shell/answer/isolate-direction.ts';
import { createTemplates } from '../../apps/console/src/shell/answer/templates.ts';
import type { Chart } from '../../apps/console/src/shell/charts/chart.ts';

const STYLE = join(import.meta.dirname, '../../dist/apps/console/assets/console.css');
const PAGE = `<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Charts</title><link rel="stylesheet" href="/console.css"><link rel="icon" href="data:,"></head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
<h1 class="govuk-heading-l">Charts</h1>
{% from "shell/charts/chart.njk" import mashChart %}
{% for chart in charts %}{{ mashChart(chart, "chart-" + loop.index) }}{% endfor %}
</main></div></body></html>`;

/** A page with charts under the console's content policy and with its style, which the build makes. */
export async function serveCharts(charts: readonly Chart[]): Promise<{ url: string; close: () => Promise<void> }> {
  const templates = createTemplates();
  const page = isolateDirection(templates.renderString(PAGE, { charts }));
  const server: Server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'self'; img-src 'self' data:");
    const isStyle = request.url === '/console.css';
    response.setHeader('Content-Type', isStyle ? 'text/css' : 'text/html; charset=utf-8');
    response.end(isStyle ? readFileSync(STYLE) : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}/`, close };
}
