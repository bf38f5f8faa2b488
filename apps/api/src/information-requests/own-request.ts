import type { AskedChild, InformationRequestView, RequestAnswer } from '#partners';
import type { AskedChildAnswer, InformationAnswerAnswer, InformationRequestAnswer, StateOfRequest } from './answers.ts';

/** What an agency is shown of a request to it: nothing of the people of the hub, nor of what the hub made of an answer. */
export function ownRequest(request: InformationRequestView): InformationRequestAnswer {
  const { id, reference, whatFor, whyNow, power, askedAt, dueAt } = request;
  return {
    ...{ id, reference, state: stateOf(request) },
    children: request.children.map(ownChild),
    ...{ whatFor, whyNow, power },
    askedAt: askedAt.toString(),
    dueAt: dueAt.toString(),
    answers: request.answers.map(ownAnswer),
  };
}

function stateOf({ isWithdrawn, answers }: InformationRequestView): StateOfRequest {
  if (isWithdrawn) return 'withdrawn';
  return answers.length > 0 ? 'answered' : 'open';
}

const ownChild = ({ name, dateOfBirth }: AskedChild): AskedChildAnswer => ({
  ...(name === '' ? {} : { name }),
  ...(dateOfBirth === null ? {} : { dateOfBirth }),
});

const ownAnswer = (answer: RequestAnswer): InformationAnswerAnswer => ({
  kind: answer.kind,
  ...(answer.words === '' ? {} : { words: answer.words }),
  ...(answer.leadWorker === null ? {} : { leadWorker: answer.leadWorker }),
  ...(answer.lastContactOn === null ? {} : { lastContactOn: answer.lastContactOn }),
  handling: answer.handling,
  answeredAt: answer.answeredAt.toString(),
});
