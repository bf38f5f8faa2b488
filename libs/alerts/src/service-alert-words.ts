import type { Deadline } from '#store';

/** What an alert that is not about the work on a referral says, on screen and in messages. */
export interface ServiceAlertWords {
  readonly text: string;
  /** The page of the console that helps. */
  readonly path: string;
  /** What else a message says; empty where the text is enough. */
  readonly more: string;
}

/** @param subject what the deadline is about; for a gap in the rota, its group; for a challenge, the reference and its id */
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
    case 'record_changed':
      return {
        text: 'The record of who did what was changed from outside of the service',
        path: '/service',
        more: 'Tell the people who run the service, who find the rows with "mash verify-record", and your information governance lead.',
      };
    case 'restriction_review':
      return {
        text: 'A restricted record is to be looked at again',
        path: '/restrictions',
        more: 'Say whether it is still needed. Where it names no manager who works here, open it in an emergency and name one.',
      };
    case 'challenge': {
      const [reference, id] = subject.split(' ');
      return {
        text: `The challenge to ${reference} is not settled`,
        path: `/oversight/challenges/${id}`,
        more: 'A manager answers it. It ends when the person who made it accepts the answer.',
      };
    }
    case 'supervision_action':
      return {
        text: 'An action of a supervision note is overdue',
        path: `/oversight/supervision/${subject.split(' ')[0]}`,
        more: 'Its owner says in the note when it is done.',
      };
    case 'information_request':
      return ofFollowUp(subject, 'The hub asks an agency for information', (_, id) => `/requests/${id}`, {
        more: 'The agency answers on this page. The hub can record an answer that comes by telephone.',
      });
    case 'late_answer':
      return ofFollowUp(
        subject,
        'An agency answered after the decision, or added to it',
        (reference) => `/referrals/${reference}/agencies`,
        {
          more: 'Read what it says, and whether the decision stands.',
        },
      );
    case 'strategy_discussion':
      return ofFollowUp(subject, 'The strategy discussion is not recorded as held', onReferral('discussion'));
    case 'conference':
      return ofFollowUp(subject, 'The child protection conference is not recorded as held', onReferral('discussion'));
    case 'route_answer':
      return ofFollowUp(
        subject,
        subject.endsWith(' returned')
          ? 'It came back from those it was sent to'
          : 'Those it was sent to have not accepted it',
        onReferral('route'),
      );
    case 'first_response':
      return ofFollowUp(subject, 'The family has had no first response', onReferral('edge-of-care'));
    case 'feedback':
      return ofFollowUp(subject, 'The referrer has not been told the outcome', onReferral('feedback'));
    case 'referral_advised':
      return ofFollowUp(subject, 'A referral was advised and has not come', (_, id) => `/consultations?one=${id}`);
    case 'third_contact':
      return ofFollowUp(
        subject,
        'A child was referred three times or more in 12 months',
        (reference) => `/referrals/${reference}`,
      );
    case 'glass_broken':
      return ofFollowUp(subject, 'A person opened this restricted record in an emergency', () => '/restrictions', {
        more: 'A manager reads why, and says whether it was needed.',
      });
    case 'canary':
    case 'decision':
    case 'claim':
      return { text: 'A test of the service', path: '/service', more: '' };
  }
}

/** @param subject the reference of a referral, a space, and the id of the thing that must follow */
function ofFollowUp(
  subject: string,
  text: string,
  path: (reference: string, id: string) => string,
  { more }: { readonly more: string } = { more: '' },
): ServiceAlertWords {
  const [reference = '', id = ''] = subject.split(' ');
  return { text: `${reference}: ${text}`, path: path(reference, id), more };
}

const onReferral = (page: string) => (reference: string) => `/referrals/${reference}/${page}`;
