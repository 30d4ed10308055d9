import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { countsOf, isAsExpected } from '../faults/agreement.ts';
import { lineOfCase } from '../faults/report-lines.ts';
import { runMatrix, type MatrixOutcome } from '../faults/run-matrix.ts';

/**
 * A part of the matrix: what needs no Java and no ten seconds. `npm run faults` runs all of it.
 * Sources of revocation data have a test of their own with the dial.
 */
const chosen =
  /^(?:server\/.*\/nginx|server\/(?:renegotiation|dh-1024|tls11-only)\/Apache|client-certificate\/.*\/(?:nginx|HAProxy)|revocation-source\/.*-staple\/nginx)$/;
const isComplete = ['/usr/sbin/nginx', '/usr/sbin/haproxy', '/usr/sbin/apache2'].every((path) => existsSync(path));

describe('the fault matrix, in part', { skip: !isComplete && 'nginx, HAProxy or Apache is not installed' }, () => {
  let outcome: MatrixOutcome;
  before(async () => {
    outcome = await runMatrix({ chosen: ({ name }) => chosen.test(name), probes: 'all' });
  });

  it('decides every case as expected, and the doctor names its cause and who must act', () => {
    const different = outcome.cases.filter((one) => !isAsExpected(one));
    assert.deepEqual(different.map(lineOfCase), []);
    assert.ok(outcome.cases.length > 40, `${outcome.cases.length} cases`);
  });

  it('accepts nothing under hard revocation whose revocation is not known to be well', () => {
    assert.equal(countsOf(outcome.cases, 0).failedOpen, 0);
  });

  it('says why a product cannot show a fault', () => {
    assert.ok(outcome.notApplicable.some(({ name }) => name === 'server/renegotiation/nginx'));
    for (const { reason } of outcome.notApplicable) assert.match(reason, /\w{3}/);
  });
});
