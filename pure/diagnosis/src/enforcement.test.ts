import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answer, dial, dialled, good } from './cases/observed.ts';
import { enforcementOf } from './enforcement.ts';
import type { Observations, ObservedDial, ObservedHttp } from './observations.ts';

type Seen = 'alert' | 'page' | 'closed' | 'let in' | 'gateway page' | 'timeout';
const identities = { 'without-certificate': 'none', 'throw-away': 'throw-away', 'other-name': 'other-name' } as const;

/** A run in which each identity met something. */
function run(seen: Partial<Record<keyof typeof identities, Seen>>): Observations {
  const dials: ObservedDial[] = [dial];
  const http: ObservedHttp[] = [answer];
  for (const probe of ['without-certificate', 'throw-away', 'other-name'] as const) {
    const met = seen[probe];
    const identity = identities[probe];
    if (met === undefined) continue;
    const broke = (code: string): ObservedDial => ({
      ...dial,
      probe,
      identity,
      verdict: 'none',
      error: { code, message: code, actor: 'customer' },
    });
    if (met === 'alert') dials.push(broke('client-certificate-refused'));
    else if (met === 'closed') dials.push(broke('peer-closed'));
    else if (met === 'timeout') dials.push({ ...broke('connect-timeout'), requested: false });
    else {
      dials.push({ ...dial, probe, identity });
      const refusal =
        met === 'page' ? ({ kind: 'missing', words: 'No required SSL certificate was sent' } as const) : null;
      const status = met === 'page' ? 400 : met === 'gateway page' ? 403 : 401;
      http.push({ ...answer, probe, identity, status, refusal, kind: met === 'let in' ? 'json' : 'html' });
    }
  }
  return { ...good, dials, http };
}

describe('the proof of enforcement', () => {
  for (const [sentence, seen, enforces, identityProven, words] of [
    [
      'needs both refusals',
      { 'without-certificate': 'alert', 'throw-away': 'page' },
      true,
      null,
      /identity not proven/,
    ],
    [
      'takes a closed connection for a refusal',
      { 'without-certificate': 'closed', 'throw-away': 'closed' },
      true,
      null,
      /identity not proven/,
    ],
    [
      'takes a gateway’s page for a refusal',
      { 'without-certificate': 'gateway page', 'throw-away': 'alert' },
      true,
      null,
      /identity not proven/,
    ],
    [
      'proves the identity by another name',
      { 'without-certificate': 'alert', 'throw-away': 'alert', 'other-name': 'alert' },
      true,
      true,
      /another name/,
    ],
    [
      'disproves the identity by another name',
      { 'without-certificate': 'alert', 'throw-away': 'alert', 'other-name': 'let in' },
      true,
      false,
      /whatever its name/,
    ],
    [
      'is disproven by whoever gets in without a certificate',
      { 'without-certificate': 'let in', 'throw-away': 'alert' },
      false,
      false,
      /no certificate/,
    ],
    [
      'is disproven by a certificate that signed itself',
      { 'without-certificate': 'alert', 'throw-away': 'let in' },
      false,
      false,
      /does not verify/,
    ],
    ['is no proof with one half', { 'without-certificate': 'alert' }, null, null, /Not proven/],
    [
      'is no proof where nobody answered',
      { 'without-certificate': 'timeout', 'throw-away': 'timeout' },
      null,
      null,
      /Not proven/,
    ],
    ['is no proof where nothing was tried', {}, null, null, /Not proven/],
  ] as const)
    it(sentence, () => {
      const proof = enforcementOf(run(seen));
      assert.deepEqual([proof.enforces, proof.identityProven], [enforces, identityProven]);
      assert.match(proof.statement, words);
    });

  it('is disproven by a far side that never asks, also where nothing was tried', () => {
    const proof = enforcementOf(dialled({ requested: false, sent: false, certificateRequest: null }));
    assert.equal(proof.enforces, false);
    assert.match(proof.statement, /never asks/);
  });
});
