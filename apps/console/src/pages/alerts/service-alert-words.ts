import type { LiveAlert } from '#alerts';
import { codeInWords } from '../../layout/words.ts';

/** What an alert about the service itself says on screen, and the page that helps. */
export function serviceAlertInWords(kind: LiveAlert['kind'], subject: string): { text: string; href: string } {
  switch (kind) {
    case 'handover':
      return { text: 'A hand-over of open red referrals has not been accepted', href: '/handover' };
    case 'undelivered':
      return { text: 'An alert has reached nobody yet', href: '/alerts' };
    case 'contact_failed':
      return { text: 'An address that alerts go to does not work', href: '/rota' };
    case 'rota_gap':
      return {
        text: `Nobody is on the rota for the ${codeInWords(subject).toLowerCase()} at some time in the next 7 days`,
        href: '/rota',
      };
    case 'canary':
    case 'claim':
    case 'decision':
      return { text: 'An alert about the service', href: '/service' };
  }
}
