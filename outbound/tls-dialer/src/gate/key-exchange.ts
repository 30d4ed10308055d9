/** Suites and groups by their numbers on the wire, and what the policy says of a key exchange. */
import { createHash, getDiffieHellman } from 'node:crypto';
import type { CipherSuite, Tls13Suite, TlsPolicy } from '@sallyport/tls-policy';
import type { KeyExchange } from './flight.ts';
import { GateFailure, protocolError } from './gate-failure.ts';

/** IANA numbers of the suites (RFC 5288 §3, RFC 5289 §3.2). */
const suiteNumbers: Readonly<Record<string, number>> = {
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: 0x009e,
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: 0x009f,
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 0xc02b,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 0xc02c,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 0xc02f,
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 0xc030,
};

/** IANA numbers of the named groups (RFC 8422 §5.1.1). */
const groupNames: Readonly<Record<number, string>> = {
  23: 'P-256',
  24: 'P-384',
  25: 'P-521',
  29: 'X25519',
  30: 'X448',
};

/** The policy's suite of a number; null where the policy has none. */
export function suiteOfNumber(number: number, policy: TlsPolicy): CipherSuite | null {
  return policy.suites.find((suite) => suiteNumbers[suite.iana] === number) ?? null;
}

/** RFC 8446 appendix B.4. */
const tls13SuiteNumbers: Readonly<Record<string, number>> = {
  TLS_AES_128_GCM_SHA256: 0x1301,
  TLS_AES_256_GCM_SHA384: 0x1302,
};

/** The policy's suite of TLS 1.3 of a number; null where the policy has none. */
export function tls13SuiteOfNumber(number: number, policy: TlsPolicy): Tls13Suite | null {
  return policy.tls13Suites.find((suite) => tls13SuiteNumbers[suite.iana] === number) ?? null;
}

/** The group as evidence shows it. */
export function keyExchangeName(keyExchange: KeyExchange): string {
  if (keyExchange.group !== null) return groupNames[keyExchange.group] ?? `group ${keyExchange.group}`;
  const prime = keyExchange.prime ?? new Uint8Array();
  return namedPrimes().get(digestOf(prime)) ?? `DH ${bitsOf(prime)}`;
}

/** @throws GateFailure where the policy does not allow this group. */
export function judgeKeyExchange(keyExchange: KeyExchange, policy: TlsPolicy): void {
  if (keyExchange.kind === 'ECDHE') {
    const name = keyExchangeName(keyExchange);
    if (!policy.groups.includes(name)) throw protocolError(`The far side chose ${name}, which was not offered.`);
    return;
  }
  const prime = keyExchange.prime ?? new Uint8Array();
  const bits = bitsOf(prime);
  if (bits < policy.minimumDhBits)
    throw new GateFailure(
      'weak-dh',
      `The far side's Diffie-Hellman group has ${bits} bits; at least ${policy.minimumDhBits} are required.`,
    );
  if (policy.namedDhGroupsOnly && !namedPrimes().has(digestOf(prime)))
    throw new GateFailure(
      'weak-dh',
      `The far side uses a Diffie-Hellman group of its own (${bits} bits); only the named groups of RFC 7919 and RFC 3526 are taken.`,
    );
}

let primes: ReadonlyMap<string, string> | null = null;

/** SHA-256 of each named prime → its name. Computed from the formulas of RFC 7919 and taken from Node for RFC 3526, once, where DHE is met. */
function namedPrimes(): ReadonlyMap<string, string> {
  primes ??= new Map<string, string>([
    ...(
      [
        [2048, 560_316n],
        [3072, 2_625_351n],
        [4096, 5_736_041n],
        [6144, 15_705_020n],
        [8192, 10_965_728n],
      ] as const
    ).map(([bits, offset]): [string, string] => [digestOf(ffdhePrime(bits, offset)), `ffdhe${bits}`]),
    ...(['modp14', 'modp15', 'modp16', 'modp17', 'modp18'] as const).map((name): [string, string] => [
      digestOf(getDiffieHellman(name).getPrime()),
      name,
    ]),
  ]);
  return primes;
}

/** RFC 7919 appendix A: p = 2^b − 2^(b−64) + (⌊2^(b−130)·e⌋ + X)·2^64 − 1. */
export function ffdhePrime(bits: number, offset: bigint): Uint8Array {
  const scale = BigInt(bits - 130);
  // e as the sum of 1/k!, with 64 bits to spare for what each division cuts off.
  let term = 1n << (scale + 64n);
  let sum = 0n;
  for (let k = 1n; term > 0n; k++) {
    sum += term;
    term /= k;
  }
  const b = BigInt(bits);
  const prime = (1n << b) - (1n << (b - 64n)) + (((sum >> 64n) + offset) << 64n) - 1n;
  return Buffer.from(prime.toString(16).padStart(bits / 4, '0'), 'hex');
}

function bitsOf(prime: Uint8Array): number {
  return prime.length === 0 ? 0 : prime.length * 8 - Math.clz32(prime[0] ?? 0) + 24;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
