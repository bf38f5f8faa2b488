/** A fault of a policy or calendar that a manager wants to publish. */
export interface PolicyFault {
  /** The path of the value, such as `ratings.red.escalation.3`. */
  readonly at: string;
  /** The fault in words for the manager. */
  readonly message: string;
}
