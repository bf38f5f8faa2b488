/** Where families go, by the code of the kind; for a locality team and a named person their name says it. */
export const ROUTE_WORDS: Readonly<Record<string, string>> = {
  locality: 'a locality team',
  edge_of_care: 'the edge of care service',
  allocated_worker: 'the allocated worker',
  other_authority: 'another authority',
  lado: 'the LADO',
};

export const EDGE_OF_CARE_WORDS: Readonly<Record<string, string>> = {
  first_response: 'First response to the family',
  panel: 'Panel',
  review: 'Review',
  stayed: 'Ended: the child stayed at home',
  came_in: 'Ended: the child came into care',
  reunified: 'The child is at home again after coming into care',
};
