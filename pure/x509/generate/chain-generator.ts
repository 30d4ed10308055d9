/** Chains with any of many defects, by a seed: for differential runs against other validators. */
import {
  authorityKeyIdentifier,
  alternativeNames,
  basicConstraints,
  certificatePolicies,
  commonName,
  extendedKeyUsage,
  generalName,
  keyNamed,
  keyUsage,
  nameConstraints,
  policyConstraints,
  subjectKeyIdentifier,
  writeCertificate,
} from '../vectors/certificate-author.ts';
import { clientAuth, endEntitySpec, intermediateSpec, rootSpec, serverAuth } from '../vectors/chain-author.ts';
import type { Change, ChainChanges } from '../vectors/chain-author.ts';
import type { Bytes } from '../vectors/der-writer.ts';
import { hex, integer, time } from '../vectors/der-writer.ts';
import { unknownExtension } from './crl-author.ts';

export interface GeneratedChain {
  /** What was changed, as text; empty for a chain that is right. */
  readonly defects: readonly string[];
  readonly root: Bytes;
  readonly others: readonly Bytes[];
  readonly endEntity: Bytes;
}

type Place = keyof ChainChanges;
type Defect = readonly [name: string, place: Place, change: Change];

const host = 'jira.example.com';
const constraint = (kind: 'permitted' | 'excluded', ...names: readonly string[]): Change => {
  const list = names.map((name) => generalName.dns(name));
  return { set: [kind === 'permitted' ? nameConstraints(list) : nameConstraints(null, list)] };
};
const ipMask = (kind: 'permitted' | 'excluded', ...values: readonly number[]): Change => {
  const list = [generalName.ip(...values)];
  return { set: [kind === 'permitted' ? nameConstraints(list) : nameConstraints(null, list)] };
};

/** Single changes; some break the chain, some must not. */
const defects: readonly Defect[] = [
  ['end entity expired', 'endEntity', { notAfter: time('2026-05-01T00:00:00Z') }],
  ['end entity not yet valid', 'endEntity', { notBefore: time('2026-07-01T00:00:00Z') }],
  ['intermediate expired', 'intermediate', { notAfter: time('2026-05-01T00:00:00Z') }],
  ['intermediate not yet valid', 'intermediate', { notBefore: time('2026-07-01T00:00:00Z') }],
  ['root expired', 'root', { notAfter: time('2026-05-01T00:00:00Z') }],
  ['end entity signed by a stranger', 'endEntity', { signer: keyNamed('stranger') }],
  ['intermediate signed by a stranger', 'intermediate', { signer: keyNamed('stranger') }],
  ['end entity of another issuer', 'endEntity', { issuer: commonName('Else') }],
  ['intermediate of another issuer', 'intermediate', { issuer: commonName('Else') }],
  ['intermediate is no authority', 'intermediate', { drop: ['2.5.29.19'] }],
  ['intermediate may not sign certificates', 'intermediate', { set: [keyUsage(0, 6)] }],
  ['intermediate without key usage', 'intermediate', { drop: ['2.5.29.15'] }],
  ['root allows no intermediate', 'root', { set: [basicConstraints(true, 0)] }],
  ['root allows one intermediate', 'root', { set: [basicConstraints(true, 1)] }],
  ['another purpose', 'endEntity', { set: [extendedKeyUsage(clientAuth)] }],
  ['both purposes', 'endEntity', { set: [extendedKeyUsage(clientAuth, serverAuth)] }],
  ['any purpose', 'endEntity', { set: [extendedKeyUsage('2.5.29.37.0')] }],
  ['no purpose', 'endEntity', { drop: ['2.5.29.37'] }],
  ['intermediate for another purpose', 'intermediate', { set: [extendedKeyUsage(clientAuth)] }],
  ['intermediate for this purpose', 'intermediate', { set: [extendedKeyUsage(serverAuth)] }],
  ['another host', 'endEntity', { set: [alternativeNames(generalName.dns('other.example.com'))] }],
  ['a wildcard', 'endEntity', { set: [alternativeNames(generalName.dns('*.example.com'))] }],
  ['a wildcard two labels up', 'endEntity', { set: [alternativeNames(generalName.dns('*.com'))] }],
  ['a wildcard inside a label', 'endEntity', { set: [alternativeNames(generalName.dns('j*.example.com'))] }],
  ['host in capitals', 'endEntity', { set: [alternativeNames(generalName.dns('JIRA.Example.COM'))] }],
  [
    'host among others',
    'endEntity',
    { set: [alternativeNames(generalName.dns('a.example.com'), generalName.dns(host), generalName.ip(10, 0, 0, 1))] },
  ],
  ['no alternative name', 'endEntity', { drop: ['2.5.29.17'] }],
  ['an address alone', 'endEntity', { set: [alternativeNames(generalName.ip(10, 0, 0, 1))] }],
  ['permitted example.com', 'intermediate', constraint('permitted', 'example.com')],
  ['permitted ample.com', 'intermediate', constraint('permitted', 'ample.com')],
  ['permitted another host', 'intermediate', constraint('permitted', 'other.example.com')],
  ['excluded example.com', 'intermediate', constraint('excluded', 'example.com')],
  ['excluded another host', 'intermediate', constraint('excluded', 'other.example.com')],
  ['permitted 10.0.0.0/8', 'intermediate', ipMask('permitted', 10, 0, 0, 0, 255, 0, 0, 0)],
  ['excluded 10.0.0.0/8', 'intermediate', ipMask('excluded', 10, 0, 0, 0, 255, 0, 0, 0)],
  ['root permits example.com', 'root', constraint('permitted', 'example.com')],
  ['root permits another', 'root', constraint('permitted', 'example.org')],
  ['unknown critical extension of the end entity', 'endEntity', { set: [unknownExtension(true)] }],
  ['unknown extension of the end entity', 'endEntity', { set: [unknownExtension(false)] }],
  ['unknown critical extension of the intermediate', 'intermediate', { set: [unknownExtension(true)] }],
  ['explicit policy without a policy', 'intermediate', { set: [policyConstraints(0)] }],
  ['a policy of the end entity alone', 'endEntity', { set: [certificatePolicies('1.3.6.1.4.1.55555.2')] }],
  ['serial number zero', 'endEntity', { serial: integer(0) }],
  ['negative serial number', 'endEntity', { serial: integer(0x80) }],
  ['serial number of 21 octets', 'endEntity', { serial: integer(...Array.from({ length: 21 }, () => 0x41)) }],
  ['signature cut off', 'endEntity', { signature: hex('3003020101') }],
  ['no key identifier of the authority', 'endEntity', { drop: ['2.5.29.35'] }],
  ['key identifier of another authority', 'endEntity', { set: [authorityKeyIdentifier(keyNamed('stranger'))] }],
  ['no key identifier of the intermediate', 'intermediate', { drop: ['2.5.29.14'] }],
  ['another key identifier of the intermediate', 'intermediate', { set: [subjectKeyIdentifier(keyNamed('stranger'))] }],
  ['end entity is an authority', 'endEntity', { set: [basicConstraints(true), keyUsage(0, 5)] }],
  ['end entity is a member', 'endEntity', { set: [basicConstraints(false)] }],
  ['version 1 end entity', 'endEntity', { version: new Uint8Array(), extensions: [] }],
  ['extensions in version 1', 'endEntity', { version: new Uint8Array() }],
];

export const defectNames: readonly string[] = defects.map(([name]) => name);

/** The same index and seed make the same defects; keys are new in each process. */
export function generateChain(index: number, seed: number): GeneratedChain {
  let state = (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b)) >>> 0;
  const next = (below: number): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    state = (state ^ (state >>> 15)) >>> 0;
    return state % below;
  };
  const chosen: Defect[] = [];
  for (const defect of chosenDefects(index, seed, next))
    if (!chosen.some(([, place, change]) => place === defect[1] && clash(change, defect[2]))) chosen.push(defect);
  const changeOf = (wanted: Place): Change => {
    const set = chosen.flatMap(([, place, change]) => (place === wanted ? (change.set ?? []) : []));
    const drop = chosen.flatMap(([, place, change]) => (place === wanted ? (change.drop ?? []) : []));
    return Object.assign({}, ...chosen.flatMap(([, place, change]) => (place === wanted ? [change] : [])), {
      set,
      drop,
    }) as Change;
  };
  return {
    defects: chosen.map(([name]) => name),
    root: writeCertificate(rootSpec(changeOf('root'))),
    others: [writeCertificate(intermediateSpec(changeOf('intermediate')))],
    endEntity: writeCertificate(endEntitySpec(changeOf('endEntity'))),
  };
}

/** One in eight is right, one in four has two defects, the rest one. Of 6,000 chains in a row every pair of defects is among them. */
function chosenDefects(index: number, seed: number, next: (below: number) => number): readonly Defect[] {
  if (index % 8 === 0) return [];
  const numbers = index % 4 === 2 ? pairNumbered((index >> 2) * 7 + seed * 13) : [next(defects.length)];
  return numbers.flatMap((number) => defects.slice(number, number + 1));
}

/** Names of the defects that a chain with two of them is given; where they touch the same part the second is left out. */
export function pairOfChain(index: number, seed: number): readonly string[] {
  return chosenDefects(index, seed, () => 0).map(([name]) => name);
}

/** The pairs of different defects in an order, over and over. */
function pairNumbered(number: number): readonly number[] {
  let rest = number % ((defects.length * (defects.length - 1)) / 2);
  for (let second = 1; second < defects.length; second++) {
    if (rest < second) return [rest, second];
    rest -= second;
  }
  return [];
}

/** Two changes of one certificate that touch the same part would hide one another. */
function clash(left: Change, right: Change): boolean {
  const parts = (change: Change): readonly string[] => [
    ...Object.keys(change).filter((name) => name !== 'set' && name !== 'drop'),
    ...(change.set ?? []).map(({ type }) => type),
    ...(change.drop ?? []),
  ];
  return parts(left).some((part) => parts(right).includes(part)) || 'extensions' in left || 'extensions' in right;
}
