import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCalendar } from '../window/calendar.ts';
import { announcement } from './announcement.ts';
import type { ChainIdentity } from './chain-identity.ts';
import type { SwapClass } from './swap-class.ts';
import type { SwapCertificateFacts } from './swap-facts.ts';
import { swapRules } from './swap-rules.ts';

const at = Date.parse('2026-11-26T10:00:00Z');
const identity = (more: Partial<ChainIdentity> = {}): ChainIdentity => ({
  name: 'CN=ours|ours.example',
  intermediates: ['CN=Intermediate 1|aa'],
  issuer: 'CN=Intermediate 1|01',
  authority: 'CN=Root 1',
  subjects: ['CN=ours', 'CN=Intermediate 1'],
  forClients: true,
  ...more,
});
const certificate = (id: string, its: ChainIdentity): SwapCertificateFacts => ({
  id,
  sha256: id.repeat(64),
  notBefore: at,
  notAfter: at,
  revoked: null,
  judged: true,
  blockedBy: null,
  owner: 'operator',
  identity: its,
});
const told = (swapClass: SwapClass, next: ChainIdentity): string =>
  announcement(
    {
      swapClass,
      next: certificate('b', next),
      current: certificate('a', identity()),
      window: null,
      customerCalendar: openCalendar,
      rules: swapRules(undefined),
      emergency: false,
      proposedAt: at,
    },
    'jira.example',
  );

describe('the announcement of a swap', () => {
  it('names the file that comes with it, and nothing new where nothing is', () => {
    const text = told('no-change', identity());
    assert.match(text, /comes with this text as a PEM file/);
    assert.doesNotMatch(text, /New for you/);
  });
  for (const [swapClass, next, expected] of [
    ['new-intermediate', identity({ intermediates: ['CN=Intermediate 2|bb'] }), 'the intermediate CN=Intermediate 2'],
    [
      'new-ca',
      identity({ intermediates: ['CN=Intermediate 2|bb'], authority: 'CN=Root 2' }),
      'the intermediate CN=Intermediate 2; the authority CN=Root 2',
    ],
    ['new-ca', identity({ name: 'CN=other|', subjects: ['CN=other'] }), 'the certificate CN=other'],
    ['leaf-pinned', identity(), 'the certificate CN=ours'],
  ] as const)
    it(`names what is new to the far side: ${expected}`, () =>
      assert.ok(told(swapClass, next).split('\n').includes(`New for you: ${expected}`)));
});
