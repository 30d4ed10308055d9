import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tls12Four } from '@sallyport/tls-policy';
import { isAsJudged } from './negotiated.ts';

const judged = Buffer.from('the judged end entity');
const good = {
  protocol: 'TLSv1.2',
  suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  sessionReused: false,
  endEntity: Buffer.from(judged),
} as const;

describe('the last look before use', () => {
  it('passes what was judged', () => assert.equal(isAsJudged(good, judged, tls12Four), true));
  const others: readonly [string, Partial<Parameters<typeof isAsJudged>[0]>][] = [
    ['an end entity that differs in one byte', { endEntity: Buffer.from('the judged end entitz') }],
    ['no end entity', { endEntity: null }],
    ['a resumed session', { sessionReused: true }],
    ['another protocol', { protocol: 'TLSv1.3' }],
    ['a suite outside the policy', { suite: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' }],
    ['an unknown suite', { suite: 'TLS_AES_128_GCM_SHA256' }],
  ];
  for (const [sentence, change] of others)
    it(`refuses ${sentence}`, () => assert.equal(isAsJudged({ ...good, ...change }, judged, tls12Four), false));
});
