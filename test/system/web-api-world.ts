/** The web tier with a played connector, for tests of its API; and connections as a person would create them. */
import assert from 'node:assert/strict';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { playConnector, type PlayedConnector } from './played-connector.ts';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';

export interface Fields {
  readonly [member: string]: unknown;
}

export const contacts = {
  owner: { name: 'Olga Owner', email: 'olga@example.org' },
  technical: { name: 'Tom Technical', email: 'tom@example.org' },
};
export const secretToken = 'a-very-secret-personal-access-token';
let hosts = 0;
/** A wish that has no fault; each on a host of its own. */
export const wish = (over: Fields = {}): Fields => ({
  customer: { name: `Customer ${++hosts}` },
  baseUrl: `https://jira-${hosts}.example.org/jira`,
  authentication: { kind: 'pat', token: secretToken },
  projectKeys: ['ABC', 'DEF'],
  contacts,
  ...over,
});

export class WebApiWorld {
  readonly database: EmbeddedDatabase;
  readonly connector: PlayedConnector;
  readonly web: RunningWeb;

  private constructor(database: EmbeddedDatabase, connector: PlayedConnector, web: RunningWeb) {
    this.database = database;
    this.connector = connector;
    this.web = web;
  }

  static async start(): Promise<WebApiWorld> {
    const database = await startDatabase();
    const connector = await playConnector(database);
    return new WebApiWorld(
      database,
      connector,
      await startWeb(database, { SALLYPORT_CALL_TIMEOUT_MILLISECONDS: '3000' }),
    );
  }

  api(method: string, path: string, body?: unknown): Promise<WebAnswer> {
    return this.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  }

  /** A connection that was created by the API. */
  async made(over: Fields = {}): Promise<Fields & { id: string }> {
    const answer = await this.api('POST', '/connections', wish(over));
    assert.equal(answer.status, 201, answer.text);
    return answer.body as Fields & { id: string };
  }

  async stop(): Promise<void> {
    await this.web.stop();
    await this.connector.stop();
    await this.database.stop();
  }
}

export const problem = (
  answer: WebAnswer,
): { code: string; detail: string; fields: { path: string; code: string }[] } & Fields => {
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/);
  return answer.body as never;
};
