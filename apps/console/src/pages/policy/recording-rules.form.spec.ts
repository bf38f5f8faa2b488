import { DEFAULT_RECORDING_RULES } from '#domain';
import { recordingFromFields, recordingToFields } from './recording-rules.form.ts';

const fields = recordingToFields(DEFAULT_RECORDING_RULES);
const reasonsOf = (changed: Record<string, string>) =>
  recordingFromFields({ ...fields, ...changed }, DEFAULT_RECORDING_RULES).lateReasons;

it('reads the form of a policy as that policy', () => {
  expect(recordingFromFields(fields, DEFAULT_RECORDING_RULES)).toEqual(DEFAULT_RECORDING_RULES);
});

it('reads a form without these fields as no change', () => {
  expect(recordingFromFields({}, DEFAULT_RECORDING_RULES)).toEqual(DEFAULT_RECORDING_RULES);
});

it('removes a reason without words, keeps the code of one with other words, and adds new ones before the last', () => {
  const codes = DEFAULT_RECORDING_RULES.lateReasons.map(({ code }) => code);
  const reasons = reasonsOf({
    'late.staff_absence': ' ',
    'late.technical_fault': 'The computer',
    'late.+1': 'Court hearing',
    'late.+3': 'Court hearing!',
  });
  expect(reasons.map(({ code }) => code)).toEqual([
    ...codes.filter((code) => code !== 'staff_absence' && code !== 'other'),
    ...['court_hearing', 'court_hearing_2', 'other'],
  ]);
  expect(reasons).toContainEqual({ code: 'technical_fault', words: 'The computer' });
});
