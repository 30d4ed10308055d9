import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCertificate } from '@sallyport/console-api';
import { day } from '../../words/time.ts';
import { filteredRows, wholeTimeline } from './timeline-filter.ts';
import { lastDayToAct, timelineRows, type TimelineSources } from './timeline-rows.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const at = (days: number): string => new Date(now + days * day).toISOString();
const usage = {
  connectionId: 'n',
  connectionName: 'Jira',
  customerId: 'c',
  customerName: 'ACME',
  pointer: 'current',
} as const;
const certificate = (id: string, members: Partial<ClientCertificate> = {}): ClientCertificate =>
  ({
    id,
    name: id,
    kind: 'operator-wildcard',
    customerId: null,
    customerName: null,
    subject: 'CN=*.operator.example',
    issuer: 'CN=CA',
    notBefore: at(-40),
    notAfter: at(7),
    isDefault: false,
    domain: null,
    usages: [usage],
    blocking: 0,
    warnings: 0,
    ...members,
  }) as ClientCertificate;
const rows = (sources: Partial<TimelineSources>) =>
  timelineRows({ certificates: [], swaps: [], rollouts: [], stranded: [], ...sources }, now);
const later = certificate('later', { notAfter: at(46), usages: [] });

describe('the rows of the timeline', () => {
  it('alarm for what ends soon and nothing follows', () => {
    const [row] = rows({ certificates: [certificate('old', { notAfter: at(5) })] });
    assert.deepEqual([row?.tone, row?.renewal.state], ['bad', 'none']);
    assert.ok(row?.actBy !== null);
  });
  it('alarm less where the next one is there, and still say by when to act', () => {
    const [row] = rows({ certificates: [later, certificate('old', { notAfter: at(5) })] });
    assert.deepEqual(
      [row?.id, row?.tone, row?.renewal],
      ['old', 'warn', { state: 'there', name: 'later', to: '/client-certificates/later' }],
    );
    assert.ok(row?.actBy !== null);
  });
  it('take no certificate for the next one that is another’s, blocked, revoked or of another name', () => {
    for (const wrong of [
      { customerId: 'c' },
      { blocking: 1 },
      { revocation: { status: 'revoked' } as ClientCertificate['revocation'] },
      { subject: 'CN=other' },
    ])
      assert.equal(rows({ certificates: [certificate('old'), { ...later, ...wrong }] })[0]?.renewal.state, 'none');
  });
  it('show a rollout on both, with its window, what it replaces, and nobody to act', () => {
    const rollout = {
      id: 'r',
      certificateId: 'later',
      certificateName: 'later',
      replaces: [{ certificateId: 'old', name: 'old', connections: 3 }],
      state: 'moving',
      windowStartsAt: at(1),
      windowEndsAt: at(2),
      counts: { connections: 3, moved: 1, wentBack: 0, canaryRefused: 0 },
    } as unknown as TimelineSources['rollouts'][number];
    const [old, next] = rows({ certificates: [certificate('old'), later], rollouts: [rollout] });
    assert.deepEqual(
      [old?.renewal, old?.actBy, old?.tone],
      [{ state: 'under-way', words: 'Rollout to later: 1 of 3 moved', to: '/rollouts/r' }, null, 'info'],
    );
    assert.deepEqual(
      [old?.plans[0]?.from, next?.plans[0]?.words, next?.follows],
      [now + day, 'rollout from old, 3 connections', [{ name: 'old', to: '/client-certificates/old' }]],
    );
    const [stopped] = rows({ certificates: [certificate('old'), later], rollouts: [{ ...rollout, state: 'stopped' }] });
    assert.deepEqual([stopped?.tone, stopped?.renewal.state], ['warn', 'under-way']);
    const done = rows({ certificates: [certificate('old'), later], rollouts: [{ ...rollout, state: 'done' }] });
    assert.deepEqual([done[0]?.renewal.state, done[0]?.plans], ['there', []]);
  });
  const swap = (members: object = {}) =>
    ({
      id: 's',
      state: 'proposed',
      connectionId: 'n',
      connectionName: 'Jira',
      customerName: 'ACME',
      rolloutId: null,
      reason: null,
      current: { id: 'old', name: 'old' },
      next: { id: 'later', name: 'later' },
      windowStartsAt: null,
      windowEndsAt: null,
      ...members,
    }) as unknown as TimelineSources['swaps'][number];
  const longLived = certificate('old', { notAfter: at(300) });
  it('are not calmed by a swap that leaves connections behind', () => {
    const usages = [usage, { ...usage, connectionId: 'o' }, { ...usage, connectionId: 'p' }];
    const [row] = rows({ certificates: [certificate('old', { notAfter: at(5), usages }), later], swaps: [swap()] });
    assert.deepEqual(
      [row?.tone, row?.renewal],
      ['bad', { state: 'under-way', words: 'Swap to later; 2 connections are in none', to: '/swaps/s' }],
    );
    assert.match(row?.look?.words ?? '', /leaves 2 connections in no swap. We, the operator, must propose theirs/);
    assert.ok(row?.actBy !== null);
  });
  it('say who must act where a swap is blocked, or was rolled back and nothing followed', () => {
    const reason = { code: 'refused', message: 'It refused.', actor: 'customer' };
    const blocked = swap({ state: 'blocked', reason });
    const [row] = rows({ certificates: [longLived, later], swaps: [blocked] }).filter(({ id }) => id === 'old');
    assert.deepEqual(
      [row?.tone, row?.look?.words],
      ['warn', 'has a swap that is blocked: ACME, Jira. The customer’s Jira administrator must act.'],
    );
    const back = swap({ state: 'rolled-back', reason });
    const [gone] = rows({ certificates: [longLived, later], stranded: [back] }).filter(({ id }) => id === 'old');
    assert.match(gone?.look?.words ?? '', /^has a swap that was rolled back/);
    const left = swap({ state: 'blocked', rolloutId: 'over', reason });
    assert.match(
      rows({ certificates: [longLived], stranded: [left] })[0]?.look?.words ?? '',
      /swap that is blocked: ACME/,
    );
    for (const calm of [
      { certificates: [longLived], stranded: [back], swaps: [swap({ id: 't' })] },
      { certificates: [{ ...longLived, usages: [{ ...usage, connectionId: 'o' }] }], stranded: [back] },
    ])
      assert.equal(rows(calm).find(({ id }) => id === 'old')?.look, null);
  });
  it('name the rollout that has stopped, or that somebody refuses', () => {
    const rollout = {
      id: 'r',
      certificateId: 'later',
      certificateName: 'later',
      replaces: [{ certificateId: 'old', name: 'old', connections: 1 }],
      state: 'moving',
      windowStartsAt: at(1),
      windowEndsAt: at(2),
      counts: { connections: 1, moved: 0, wentBack: 0, canaryRefused: 1 },
    } as unknown as TimelineSources['rollouts'][number];
    const words = (state: string) =>
      rows({ certificates: [longLived], rollouts: [{ ...rollout, state } as typeof rollout] })[0]?.look?.words ?? '';
    assert.match(words('moving'), /1 connection refuses the next one/);
    assert.match(words('stopped'), /has stopped. We, the operator, must look/);
  });
  it('are red in spite of a swap where the certificate is revoked, until nothing presents it', () => {
    const revocation = { status: 'revoked' } as ClientCertificate['revocation'];
    const [row] = rows({ certificates: [{ ...longLived, revocation }], swaps: [swap()] });
    assert.deepEqual([row?.tone, row?.look?.tone], ['bad', 'bad']);
    const moved = { ...longLived, revocation, usages: [{ ...usage, pointer: 'previous' as const }] };
    assert.equal(rows({ certificates: [moved], swaps: [swap({ state: 'active' })] })[0]?.look, null);
  });
  it('let what nothing presents rest, and what has ended alarm in spite of a swap', () => {
    const [rest] = rows({ certificates: [certificate('old', { usages: [] })] });
    assert.deepEqual([rest?.tone, rest?.renewal.state, rest?.actBy], ['idle', 'not-needed', null]);
    const [ended] = rows({ certificates: [certificate('old', { notAfter: at(-1) }), later], swaps: [swap()] });
    assert.deepEqual([ended?.tone, ended?.renewal.state, ended?.plans], ['bad', 'under-way', []]);
  });
});

describe('the last sensible day to act', () => {
  it('is 30 days before the end, or a third of a short life', () => {
    assert.equal(lastDayToAct({ notBefore: at(-10), notAfter: at(355) }), now + 325 * day);
    assert.equal(lastDayToAct({ notBefore: at(0), notAfter: at(47) }), now + 47 * day - (47 * day) / 3);
  });
});

describe('the filter of the timeline', () => {
  const all = rows({
    certificates: [
      certificate('gone', { notAfter: at(-9), usages: [] }),
      certificate('old'),
      certificate('acme', { customerName: 'ACME', customerId: 'c', kind: 'customer-custom', notAfter: at(300) }),
    ],
  });
  const found = (filter: Partial<typeof wholeTimeline>) =>
    filteredRows(all, { ...wholeTimeline, ...filter }, now).map(({ id }) => id);
  it('leaves out what has ended and is needed by nothing, unless it is asked for', () => {
    assert.deepEqual(found({}), ['old', 'acme']);
    assert.deepEqual(found({ state: 'all' }), ['gone', 'old', 'acme']);
  });
  it('finds by word, kind, owner, and by what has to be acted on now', () => {
    assert.deepEqual(found({ search: 'acm' }), ['acme']);
    assert.deepEqual(found({ kind: 'customer-custom' }), ['acme']);
    assert.deepEqual(found({ owner: 'ours' }), ['old']);
    assert.deepEqual(found({ state: 'act' }), ['old']);
    // The one rule: what the banner names is found, and nothing else.
    assert.deepEqual(
      all.filter(({ look }) => look !== null).map(({ id }) => id),
      ['old'],
    );
    assert.deepEqual(found({ state: 'planned' }), []);
  });
});
