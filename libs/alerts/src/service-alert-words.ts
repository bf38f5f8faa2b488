import type { Deadline } from '#store';

/** What an alert about the service itself says, on screen and in messages. */
export interface ServiceAlertWords {
  readonly text: string;
  /** The page of the console that helps. */
  readonly path: string;
  /** What else a message says; empty where the text is enough. */
  readonly more: string;
}

/** @param subject what the deadline is about; for a gap in the rota, its group */
export function serviceAlertWords(kind: Deadline['kind'], subject: string): ServiceAlertWords {
  switch (kind) {
    case 'rota_gap':
      return {
        text: `No person is on the rota for the ${subject.replaceAll('_', ' ')} at some time in the next 7 days`,
        path: '/rota',
        more: 'Until a person is, alerts for this group go to the next more senior people.',
      };
    case 'contact_failed':
      return {
        text: 'An address that alerts go to does not work',
        path: '/rota',
        more: 'The rota shows whose. Until it is corrected, alerts go by another channel or to another person.',
      };
    case 'undelivered':
      return {
        text: 'An alert has reached no person yet',
        path: '/alerts',
        more: 'The service goes on trying. Look at the alerts in the console now.',
      };
    case 'handover':
      return {
        text: 'A hand-over of open red referrals has not been accepted',
        path: '/handover',
        more: 'Accept it, or find out who should.',
      };
    case 'canary':
    case 'decision':
    case 'claim':
      return { text: 'A test of the service', path: '/service', more: '' };
  }
}
