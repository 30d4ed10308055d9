import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Agent } from 'node:https';
import { after, before, describe, it } from 'node:test';
import { RunningSandbox, type SandboxAnswer, type SearchPage } from './running-sandbox.ts';

const samplesFolder = new URL('../../../shared/jira-samples', import.meta.url).pathname;

describe('the simulated Jira', () => {
  const sandbox = new RunningSandbox();
  before(() => sandbox.start());
  after(() => sandbox.remove());

  describe('as a broken far side', () => {
    for (const { fault, code } of [
      { fault: 'expired', code: 'CERT_HAS_EXPIRED' },
      { fault: 'wrong-name', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ]) {
      it(`shows ${fault} at once when switched on by command, and heals when switched off`, async () => {
        const command = (state: string): string => {
          const { stdout, status } = sandbox.command('fault', fault, state);
          assert.equal(status, 0);
          return stdout;
        };
        assert.match(command('on'), new RegExp(fault));
        await assert.rejects(sandbox.ask('/status'), { code });
        assert.match(command('off'), /none/);
        assert.equal((await sandbox.ask('/status')).status, 200);
      });
    }

    it('ends connections that were open when its certificate changed', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      assert.equal((await sandbox.ask('/status', { agent })).headers.connection, 'keep-alive');
      const [open] = Object.values(agent.freeSockets).flat();
      assert.ok(open !== undefined);
      const closed = new Promise((resolve) => open.once('close', resolve));
      await sandbox.withFault('wrong-name', async () => {
        await closed;
        await assert.rejects(sandbox.ask('/status', { agent }), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
      });
      agent.destroy();
    });

    it('refuses us: the handshake works, our certificate is not accepted', async () => {
      await sandbox.withFault('refuses-us', async () => {
        const { status, text } = await sandbox.ask('/status');
        assert.equal(status, 400);
        assert.match(text, /The SSL certificate error/);
      });
    });

    it('names the faults that there are when asked for another, and a command that is none is usage', () => {
      const unknown = sandbox.command('fault', 'broken', 'on');
      assert.equal(unknown.status, 2);
      assert.match(
        unknown.stderr,
        / expired .* not-yet-valid .* wrong-name .* refuses-us .* source-down .* html-200 /s,
      );
      assert.equal(sandbox.command('fault', 'expired').status, 2);
      assert.equal(sandbox.command('dance').status, 2);
    });

    it('answers 200 with a sign-in page, 302 to one, 503, 429 and 401', async () => {
      await sandbox.withFault('html-200', async () => {
        const { status, headers } = await sandbox.ask('/rest/api/2/myself');
        assert.deepEqual([status, headers['content-type']], [200, 'text/html;charset=UTF-8']);
      });
      await sandbox.withFault('login-302', async () => {
        const { status, headers } = await sandbox.ask('/rest/api/2/myself');
        assert.deepEqual([status, headers.location], [302, 'https://sso.customer.example/login?to=jira']);
      });
      await sandbox.withFault('503-html', async () =>
        assert.equal((await sandbox.ask('/rest/api/2/myself')).status, 503),
      );
      await sandbox.withFault('429', async () => {
        const { status, headers } = await sandbox.ask('/rest/api/2/myself');
        assert.deepEqual([status, headers['retry-after']], [429, '1']);
      });
      await sandbox.withFault('unauthorized', async () =>
        assert.equal((await sandbox.ask('/rest/api/2/myself')).status, 401),
      );
    });

    it('sends JSON that ends in the middle, answers that stop, and a little gzip that becomes very much', async () => {
      await sandbox.withFault('truncated-json', async () => {
        const { text } = await sandbox.ask('/rest/api/2/field');
        assert.throws(() => JSON.parse(text), SyntaxError);
      });
      await sandbox.withFault('reset', async () => assert.rejects(sandbox.ask('/rest/api/2/field')));
      await sandbox.withFault('stall', async () =>
        assert.rejects(sandbox.ask('/rest/api/2/field', { timeout: 300 }), /timed out/),
      );
      await sandbox.withFault('gzip-bomb', async () => {
        const { headers, body } = await sandbox.ask('/rest/api/2/search');
        assert.equal(headers['content-encoding'], 'gzip');
        assert.ok(body.length < 2 << 20, `${body.length} bytes`);
      });
    });

    it('mixes odd issues into search', async () => {
      await sandbox.withFault('odd-issues', async () => {
        const { issues } = await sandbox.search('project = SAND', { maxResults: '1' });
        assert.ok(issues.length > 10);
        assert.ok(issues.includes(null as never));
      });
    });
  });

  describe('as a Jira', () => {
    it('knows the account by token and by password, and names it in a header', async () => {
      const { account, basicPassword } = sandbox.published;
      const authorization = `Basic ${Buffer.from(`${account.name}:${basicPassword}`).toString('base64')}`;
      for (const headers of [{}, { authorization }]) {
        const answer = await sandbox.ask('/rest/api/2/myself', { headers });
        const { key, timeZone } = JSON.parse(answer.text) as { key: string; timeZone: string };
        assert.deepEqual([key, timeZone], [account.key, account.timeZone]);
        assert.equal(answer.headers['x-ausername'], account.name);
        assert.match(String(answer.headers['set-cookie']), /JSESSIONID=/);
      }
    });

    it('locks the account after three wrong passwords until someone unlocks it', async () => {
      const wrong = {
        authorization: `Basic ${Buffer.from(`${sandbox.published.account.name}:no`).toString('base64')}`,
      };
      for (const status of [401, 401, 401, 403]) {
        assert.equal((await sandbox.ask('/rest/api/2/myself', { headers: wrong })).status, status);
      }
      assert.equal((await sandbox.ask('/rest/api/2/myself')).status, 200, 'a token is not concerned');
      await sandbox.control('/unlock', {});
      assert.equal((await sandbox.ask('/rest/api/2/myself', { headers: wrong })).status, 401);
      await sandbox.control('/unlock', {});
    });

    it('answers a stranger with the public subset and no challenge', async () => {
      const headers = { authorization: '' };
      const found = await sandbox.ask('/rest/api/2/search?maxResults=1000&fields=project', { headers });
      assert.equal(found.status, 200);
      assert.equal(found.headers['x-ausername'], 'anonymous');
      const { issues } = JSON.parse(found.text) as SearchPage;
      assert.ok(issues.length > 0);
      assert.ok(issues.every(({ key }) => key.startsWith('PUB-')));
      assert.equal((await sandbox.ask('/rest/api/2/issue/SAND-1', { headers })).status, 404);
    });

    it('serves 2,000 issues by page, each once, with changelog', async () => {
      const seen = new Set<string>();
      for (let startAt = 0; ;) {
        const page = await sandbox.search('ORDER BY updated ASC, id ASC', {
          startAt: String(startAt),
          maxResults: '700',
          expand: 'changelog',
        });
        for (const { id } of page.issues) seen.add(id);
        if (page.issues.length === 0) break;
        startAt += page.issues.length;
      }
      const digest = await sandbox.control('/issues/digest');
      assert.deepEqual([...seen].toSorted(), Object.keys(digest).toSorted());
      assert.equal(seen.size, 2000);
    });

    it('takes a search by POST, and says 400 to a query that it does not understand', async () => {
      const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<SandboxAnswer> =>
        sandbox.ask(
          '/rest/api/2/search',
          { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
          body,
        );
      const found = await post(JSON.stringify({ jql: 'project = PAY', maxResults: 3, fields: ['summary'] }));
      assert.equal((JSON.parse(found.text) as SearchPage).issues.length, 3);
      assert.equal((await post('{"jql": "project = PAY orr"}')).status, 400);
      assert.equal((await post('not json')).status, 400);
      assert.equal((await post('{}', { 'user-agent': 'Mozilla/5.0' })).status, 403, 'XSRF check');
    });

    it('finds a living change by its millisecond and by GET, and keeps it in the ledger', async () => {
      const changed = (await sandbox.control('/change', { count: 1 })).changed as {
        id: number;
        key: string;
        updated: number;
      }[];
      const [issue] = changed;
      assert.ok(issue !== undefined);
      const { issues } = await sandbox.search(`updated >= ${issue.updated}`, { fields: 'updated' });
      assert.deepEqual(
        issues.map(({ id }) => Number(id)),
        [issue.id],
      );
      const single = await sandbox.ask(`/rest/api/2/issue/${issue.id}?expand=changelog`);
      const { changelog } = JSON.parse(single.text) as { changelog: { histories: { created: string }[] } };
      assert.equal(Date.parse(changelog.histories.at(-1)?.created ?? ''), issue.updated);
      const { written } = (await sandbox.control('/ledger')) as { written: { id: number }[] };
      assert.equal(written.at(-1)?.id, issue.id);
    });

    it('writes in its ledger who asked what with which certificate, and takes no data', async () => {
      const refused = await sandbox.ask('/rest/api/2/issue/SAND-1', { method: 'PUT' }, '{"fields":{"summary":"x"}}');
      assert.equal(refused.status, 403);
      await sandbox.search('project = OPS', { maxResults: '5' });
      const { asked, totals } = (await sandbox.control('/ledger')) as {
        asked: { method: string; jql: string | null; user: string; clientCertificate: string; issues: number }[];
        totals: { refusedWrites: number };
      };
      const last = asked.at(-1);
      assert.deepEqual([last?.jql, last?.user, last?.issues], ['project = OPS', sandbox.published.account.name, 5]);
      assert.match(String(last?.clientCertificate), /CN=\*\.operator\.example/);
      assert.ok(totals.refusedWrites >= 1);
    });

    it('limits the rate when told to, with headers that say so', async () => {
      await sandbox.control('/rate-limit', { limit: 2, fillRate: 1, intervalSeconds: 60 });
      const statuses = [];
      for (let count = 0; count < 3; count += 1) statuses.push((await sandbox.ask('/rest/api/2/status')).status);
      assert.deepEqual(statuses, [200, 200, 429]);
      await sandbox.control('/rate-limit', { limit: null });
      const { headers } = await sandbox.ask('/rest/api/2/status');
      assert.ok(Number(headers['x-ratelimit-remaining']) > 1000);
    });

    it('says what it is on its pages, and knows no path that it does not have', async () => {
      assert.match((await sandbox.ask('/browse/SAND-1')).text, /SANDBOX: made-up data/);
      assert.match((await sandbox.ask('/')).text, /SANDBOX/);
      assert.equal((await sandbox.ask('/rest/api/2/issue/createmeta')).status, 404);
      assert.equal((await sandbox.ask('/rest/agile/1.0/sprint')).status, 404);
      assert.equal((await sandbox.ask(`/rest/api/2/search?jql=${'x'.repeat(9000)}`)).status, 414);
    });

    it(
      'answers with real samples when told to',
      { skip: existsSync(samplesFolder) ? false : 'the folder shared/jira-samples is not beside the repository' },
      async () => {
        const samples = (await sandbox.control('/samples')) as unknown as { name: string; issues: number }[];
        assert.equal(
          samples.reduce((sum, { issues }) => sum + issues, 0),
          26,
        );
        for (const { name, issues } of samples) {
          await sandbox.control('/sample', { name });
          assert.equal((await sandbox.search('')).issues.length, issues, name);
        }
        await sandbox.control('/sample', { name: null });
      },
    );
  });
});
