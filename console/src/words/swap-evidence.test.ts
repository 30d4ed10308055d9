import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapActorWords, swapEventsByState, swapEventWords } from './swap-evidence.ts';

const names = { 'person:1': 'Ada' };
const event = (step: string, evidence: unknown, actor = 'connector:c1') =>
  ({ id: '1', at: '2026-11-26T00:00:00.000Z', from: null, to: 'proposed', step, actor, evidence }) as const;

describe('the evidence of a swap in words', () => {
  it('names who acted: people by name, programs by what they are', () => {
    assert.equal(swapActorWords('person:1', names), 'Ada');
    assert.equal(swapActorWords('person:2', names), 'a person who is gone');
    assert.equal(swapActorWords('token:1', names), 'automation with an API token');
    assert.equal(swapActorWords('connector:c1', names), 'connector c1');
  });

  it('names who asked and not the connector that wrote it down', () => {
    const told = swapEventWords(event('asked-trusted', { by: 'person:1', note: 'By mail' }), names);
    assert.deepEqual(told, {
      sentence: 'Ada recorded that the customer trusts the next certificate.',
      facts: [{ term: 'Note', detail: 'By mail' }],
    });
  });

  it('begins each sentence with a capital letter, whoever acted', () => {
    assert.equal(
      swapEventWords(event('propose', {}, 'token:1'), names).sentence,
      'Automation with an API token proposed it.',
    );
  });

  it('never says that a certificate is not revoked where that is not known', () => {
    assert.match(swapEventWords(event('validate', { revoked: null }), names).sentence, /revoked is not known/);
    assert.match(swapEventWords(event('validate', { revoked: false }), names).sentence, /, not revoked\.$/);
  });

  it('tells only what is there, whatever was kept', () => {
    for (const evidence of [null, 'text', [], { window: null }, { addresses: 3 }])
      for (const step of ['schedule', 'observe', 'canary-refused', 'roll-back', 'of a later version'])
        assert.match(swapEventWords(event(step, evidence), names).sentence, /\S\.$/);
  });

  it('counts reads beside handshakes where they were counted', () => {
    const rate = { handshakes: 9, failed: 0 };
    const told = (observation: object) => swapEventWords(event('observe', { observation }), names).facts[0]?.detail;
    const reads = { after: { made: 4, failed: 1 }, before: { made: 2, failed: 0 } };
    assert.equal(told({ after: rate, before: rate, reads }), '9 handshakes, 0 failed; 4 reads, 1 failed');
    assert.equal(told({ after: rate, before: rate }), '9 handshakes, 0 failed');
  });

  it('stands under the state that it is of; a stop and what follows under what was not reached', () => {
    const steps = [
      { step: 'propose', from: null },
      { step: 'validate', from: 'proposed' },
      { step: 'announce-trust', from: 'validated' },
      { step: 'canary-refused', from: 'trust-announced' },
      { step: 'block', from: 'trust-announced' },
      { step: 'resume', from: 'blocked' },
      { step: 'pass-canary', from: 'trust-announced' },
      { step: 'schedule', from: 'canary' },
      { step: 'activate', from: 'scheduled' },
      { step: 'block', from: 'active' },
      { step: 'roll-back', from: 'blocked' },
    ] as const;
    assert.deepEqual(
      [...swapEventsByState<(typeof steps)[number]>(steps)].map(([state, of]) => [
        state,
        of.map(({ step }) => step).join(' '),
      ]),
      [
        ['proposed', 'propose'],
        ['validated', 'validate'],
        ['trust-announced', 'announce-trust'],
        ['canary', 'canary-refused block resume pass-canary'],
        ['scheduled', 'schedule'],
        ['active', 'activate'],
        ['observed', 'block roll-back'],
      ],
    );
  });
});
