import { initAll } from './govuk-frontend.min.js';
import { listenForAlerts } from './live-alerts.js';

initAll();
listenForAlerts();

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
