/** Children for a developer to refer. Each is of a scenario of the demonstration; the NHS number is of the range for tests. */
export const FICTIONAL_CHILDREN = [
  'Maya Marsden-Pyke, 7',
  'Reuben Sandhu-Clegg, born 14 August 2024, NHS number 999 000 0018',
  'Tobias Achterberg, born 3 March 2015',
  'A baby who is not born yet, expected in three months',
] as const;
