/** What is said of a refusal, and to whom. */
export interface Refusal {
  /** Of the answer, in HTTP. */
  readonly status: 403 | 404 | 409 | 422;
  /** Heads the page or the problem that says it. */
  readonly title: string;
  /** Says why, and what can be done. */
  readonly text: string;
  /** Says it on the form that was sent, where title and text would not do. */
  readonly onForm?: string;
  readonly log: 'debug' | 'info';
  /** Whether an agency is told this. Of every other refusal it learns only that there is nothing for it. */
  readonly isForAgencies?: true;
  /** Whether the record says that an act was refused for it: the person may not do it, however things stand. */
  readonly isOnRecord?: true;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
}
