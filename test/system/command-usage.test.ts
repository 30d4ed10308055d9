/** Wrong usage of the command line: told with the usage, status 2, and nothing is started or written for it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-usage-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, ...words: readonly string[]) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, program), ...words], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, SALLYPORT_DATA: join(folder, 'data') },
  });
  return { status, said: stderr + stdout };
}

describe('wrong usage of the command line', () => {
  for (const [why, words] of [
    ['nothing is named', []],
    ['the instant is none', ['jira.example', '--at', 'yesterday']],
    ['an option is unknown', ['jira.example', '--when', '2026-11-26T10:00:00Z']],
    ['two are named', ['a.example', 'b.example']],
  ] as const)
    it(`of evidence, where ${why}, ends with 2 before any database is started`, () => {
      const { status, said } = run('programs/database/src/main.ts', 'evidence', ...words);
      assert.equal(status, 2, said);
      assert.match(said, /^sallyport evidence: [^]*sallyport evidence CONNECTION \[--at INSTANT\]/);
      assert.ok(!existsSync(join(folder, 'data/database')), 'no database was made');
    });

  it('of the sandbox, with a fault that it does not know, ends with 2 and the list', () => {
    const { status, said } = run('sandbox/src/main.ts', 'fault', 'nope', 'on');
    assert.equal(status, 2, said);
    assert.match(said, /no fault 'nope'[^]*client-renewed-refused/);
  });

  it('of a fault that it knows, where no sandbox runs, is no wrong usage', () => {
    assert.equal(run('sandbox/src/main.ts', 'fault', 'expired', 'on').status, 1);
  });
});
