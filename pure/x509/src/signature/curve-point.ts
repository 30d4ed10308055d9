/** Is an encoded point on its named curve? (SEC 1 §3.2.2.1; cofactor 1, so that this is enough.) Uncompressed form only, as RFC 5480 §2.2 makes every one support. */
import type { NamedCurve } from '../subject-public-key.ts';

interface Curve {
  readonly bytes: number;
  readonly prime: bigint;
  readonly b: bigint;
}

const curves: Readonly<Record<NamedCurve, Curve>> = {
  'P-256': {
    bytes: 32,
    prime: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    bytes: 48,
    prime: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  'P-521': {
    bytes: 66,
    prime: (1n << 521n) - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

export function isOnCurve(name: NamedCurve, point: Uint8Array): boolean {
  const { bytes, prime, b } = curves[name];
  if (point.length !== 1 + 2 * bytes || point[0] !== 4) return false;
  const digits = Buffer.from(point.buffer, point.byteOffset, point.byteLength).toString('hex');
  const x = BigInt(`0x${digits.slice(2, 2 + 2 * bytes)}`);
  const y = BigInt(`0x${digits.slice(2 + 2 * bytes)}`);
  if (x >= prime || y >= prime) return false;
  return (y * y - (x * x - 3n) * x - b) % prime === 0n;
}
