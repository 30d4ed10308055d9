import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCalendar } from '../window/calendar.ts';
import { announcement } from './announcement.ts';
import type { ChainIdentity } from './chain-identity.ts';
import type { SwapClass } from './swap-class.ts';
import {
  accepted,
  active,
  blocked,
  certificate as example,
  hour,
  observed,
  proposed,
  scheduled,
} from './swap-examples.ts';
import type { SwapCertificateFacts, SwapFacts } from './swap-facts.ts';
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
      ...proposed,
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

describe('the announcement of a swap by where it stands', () => {
  const text = (facts: SwapFacts): string => announcement(facts, 'jira.example');
  const reason = (code: string, message = 'TLS alert 48.') => ({ code, message, actor: 'customer' as const });
  const seenAt = scheduled.now;
  const refusedCanary = { ...accepted, at: seenAt, verdict: 'refused', message: '192.0.2.1: HTTP 400.' } as const;

  it('says in an emergency that it is one, and why, with the window that was approved', () => {
    const emergency = { ...scheduled, emergency: true } as const;
    const revoked = text({ ...emergency, current: example('a', { revoked: true }) });
    assert.match(revoked, /^This is an emergency: the current certificate is revoked\./m);
    assert.match(revoked, /^Window: 2026-12-02 10:00 \(Europe\/Berlin\)/m);
    const ended = text({ ...emergency, current: example('a', { notAfter: emergency.now - hour }) });
    assert.match(ended, /emergency: the current certificate has ended on 2026-12-01 09:00 \(Europe\/Berlin\)/);
    assert.match(text({ ...emergency, slot: { ...emergency.slot, refused: true } }), /your side refuses the current/);
    assert.doesNotMatch(text(scheduled), /emergency/);
    assert.doesNotMatch(revoked, /while the current one serves/);
    assert.match(
      text({ ...emergency, swapClass: 'new-ca', current: example('a', { revoked: true }) }),
      /Please trust the next certificate at once/,
    );
  });

  it('says of a refused canary what was seen, when and at which address, and what to change', () => {
    const told = text({
      ...blocked('trust-announced', { ...proposed, canary: refusedCanary }),
      reason: reason('canary-refused'),
    });
    assert.match(
      told,
      /^- jira\.example, 2026-12-01 10:00 \(Europe\/Berlin\): your side refused it\. 192\.0\.2\.1: HTTP 400\.$/m,
    );
    assert.match(told, /Please see to it that your side trusts this chain/);
    assert.match(told, /Next certificate \(SHA-256\): b/);
    assert.doesNotMatch(told, /nothing to do|Nothing changes/i);
  });

  it('says what was seen where the far side refused it after the swap, whether or not something led back', () => {
    const back = text({ ...observed, state: 'rolled-back', reason: reason('client-certificate-refused') });
    assert.match(back, /your side refused it after the swap, and we went back to the current one\. TLS alert 48\./);
    assert.match(back, /what we saw/i);
    assert.doesNotMatch(back, /nothing to do|Window:/);
    const stuck = text({ ...blocked('active'), emergency: true, reason: reason('refused-without-way-back') });
    assert.match(stuck, /refused it after the swap\. TLS alert 48\.[^]*Until then nothing is read/);
  });

  it('asks nobody to keep a certificate trusted that nothing goes back to', () => {
    const facts = { ...active, emergency: true, current: example('a', { revoked: true }) };
    assert.doesNotMatch(text(facts), /keep the one before/);
    assert.match(text(facts), /There is nothing to do\. [^]*may remove it \(SHA-256 a/);
  });

  it('says at its end what came of it', () => {
    for (const [facts, expected] of [
      [
        { ...scheduled, state: 'cancelled', canary: refusedCanary },
        /was cancelled on [^]*There is nothing to do: the current one/,
      ],
      [{ ...observed, state: 'done' }, /was replaced on [^]*In use since then[^]*There is nothing to do\./],
      [
        { ...observed, state: 'rolled-back', reason: reason('asked-roll-back') },
        /took the replacement [^]*nothing to do/,
      ],
      [active, /was replaced on [^]*keep the one before trusted until 2026-12-02 14:00/],
    ] as const) {
      assert.match(text(facts), expected);
      assert.doesNotMatch(text(facts), /will be replaced|What we saw/);
    }
  });
});
