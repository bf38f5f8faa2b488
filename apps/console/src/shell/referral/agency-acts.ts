import { callFaultInWords } from '#partners';
import { inside } from '../words/words.ts';
import { placeInWords } from './additions.presenter.ts';
import { coded, countOf, text, type Details, type Words } from './act-details.ts';

/** Such as `Demo Police`. */
const agencyInWords = (details: Details) => text(details, 'agencyName');

const CHECKED: Readonly<Record<string, string>> = {
  clean: 'no virus was found',
  infected: 'a virus was found',
  not_scanned: 'there is no scanner',
};

/** Acts of agencies, and of the hub with them. */
export const ACTS_WITH_AGENCIES = {
  'referral.information-added': ['Added information'],
  'referral.correction-added': ['Corrected what it sent'],
  'referral.withdrawal-asked': ['Withdrew the referral, which stays open until a person decides'],
  'referral.read-addition': ['Read what the agency added after the decision'],
  'attachment.begun': ['Began to send a file'],
  'attachment.added': ['Added a file'],
  'attachment.refused': ['Sent a file of a kind that the hub does not take'],
  'attachment.checked': ['Checked a file for viruses', (details) => CHECKED[text(details, 'state')] ?? ''],
  'attachment.removed': ['Removed a file that was not sent to its end'],
  'attachment.opened': ['Opened a file'],
  'attachments.listed': ['Asked how its files stand', (details) => countOf(details, 'lines', 'file', 'files')],
  'information.asked': ['Asked an agency for information', agencyInWords],
  'information.chased': ['Chased an agency for its answer', agencyInWords],
  'information.withdrawn': ['Withdrew a request to an agency', agencyInWords],
  'information.answered': [
    'Answered a request for information',
    (details) => [agencyInWords(details), inside(coded(details, 'kind'))].filter((one) => one !== '').join(', '),
  ],
  'information.read-late': ['Read an answer that came after the decision'],
  'requests.read': ['Looked at the requests to their agency'],
  'request.read': ['Opened a request for information'],
  'code-lists.read': ['Read the code lists', (details) => text(details, 'name')],
  'referral.flag-cleared': [
    'Looked into a value that was set apart',
    (details) => (text(details, 'pointer') === '' ? '' : placeInWords(text(details, 'pointer'))),
  ],
  'flags.read': ['Looked at the values to check', (details) => countOf(details, 'count', 'line', 'lines')],
  'events.read': ['Read what happened to their referrals', (details) => countOf(details, 'lines', 'line', 'lines')],
  'webhook.added': ['Said where a program is told of what happened'],
  'webhook.removed': ['Removed an address at which a program is told'],
  'webhook.secret-rotated': ['Changed the secret of a webhook'],
  'webhook.tested': ['Asked for a test of a webhook'],
  'webhook.switched-on': ['Switched a webhook on again'],
  'webhook.replayed': ['Asked for a webhook to be sent again'],
  'webhook.delivered': [
    'Told a program of an agency what happened',
    (details) => countOf(details, 'lines', 'message', 'messages'),
  ],
  'webhook.failed': ['Called a webhook, which failed', (details) => callFaultInWords(text(details, 'fault'))],
  'webhook.switched-off': [
    'Switched a webhook off',
    ({ why }) => (why === 'gone' ? 'its receiver says that it is gone' : 'it took nothing for 72 hours'),
  ],
  'webhooks.read': ['Read where its programs are told of what happened'],
  'webhook.log-read': ['Read the log of a webhook', (details) => countOf(details, 'lines', 'line', 'lines')],
  'referrals.listed': ['Listed their own referrals', (details) => countOf(details, 'lines', 'line', 'lines')],
} as const satisfies Readonly<Record<string, Words>>;
