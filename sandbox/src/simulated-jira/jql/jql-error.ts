/** A query that Jira refuses: the messages of its 400 answer. */
export class JqlError extends Error {
  readonly messages: readonly string[];

  constructor(...messages: readonly string[]) {
    super(messages.join(' '));
    this.messages = messages;
  }
}
