/** Bags that are made to be slow; each must be refused, and soon. */
import { generateKeyPairSync } from 'node:crypto';
import { anchorFromCertificate, readCertificate, utcInstant, validate, validationPolicy } from '@sallyport/x509';
import {
  alternativeNames,
  authorKey,
  basicConstraints,
  commonName,
  extendedKeyUsage,
  generalName,
  keyNamed,
  keyUsage,
  nameConstraints,
  rsaSha256,
  writeCertificate,
} from '../../pure/x509/vectors/certificate-author.ts';
import {
  endEntitySpec,
  hostName,
  intermediateSpec,
  rootSpec,
  serverAuth,
} from '../../pure/x509/vectors/chain-author.ts';
import { median } from './measure.ts';
import type { Figure } from './measure.ts';

const candidates = 2000;
const root = writeCertificate(rootSpec());
const serialOf = (index: number): Uint8Array => Uint8Array.of(2, 3, 0x40, index >> 8, index & 255);

interface Bag {
  readonly name: string;
  readonly leaf: Uint8Array;
  readonly others: readonly Uint8Array[];
}

/** So many issuers of the right name, none of whose keys made the signature. */
function impostors(): Bag {
  const leaf = writeCertificate(endEntitySpec());
  const others = Array.from({ length: candidates }, (_, index) =>
    writeCertificate(
      intermediateSpec({
        key: keyNamed(`impostor ${index % 50}`),
        serial: serialOf(index),
        extensions: [basicConstraints(true), keyUsage(5, 6)],
      }),
    ),
  );
  return { name: 'hostile-impostors', leaf, others };
}

/** Authorities that certify one another: every order of them is a path that ends nowhere. */
function loops(): Bag {
  const leaf = writeCertificate(endEntitySpec({ issuer: commonName('Loop 0'), signer: keyNamed('loop 0') }));
  const others: Uint8Array[] = [];
  for (let index = 0; index < candidates; index++) {
    const [from, to] = [index % 45, Math.floor(index / 45)];
    others.push(
      writeCertificate({
        subject: commonName(`Loop ${from}`),
        issuer: commonName(`Loop ${to}`),
        key: keyNamed(`loop ${from}`),
        signer: keyNamed(`loop ${to}`),
        serial: serialOf(index),
        extensions: [basicConstraints(true), keyUsage(5, 6)],
      }),
    );
  }
  return { name: 'hostile-loops', leaf, others };
}

/** 10,000 names under 10,000 constraints. */
function names(): Bag {
  const list = (text: string) =>
    Array.from({ length: 10_000 }, (_, index) => generalName.dns(`${text}${index}.example.com`));
  const leaf = writeCertificate(
    endEntitySpec({
      extensions: [
        keyUsage(0),
        extendedKeyUsage(serverAuth),
        alternativeNames(...list('a'), generalName.dns(hostName)),
      ],
    }),
  );
  return {
    name: 'hostile-names',
    leaf,
    others: [writeCertificate(intermediateSpec({ set: [nameConstraints(null, list('x'))] }))],
  };
}

/** Issuers with large RSA keys; a full-length exponent, which the key policy refuses, and 8,192 bits, which it does not. */
function slowKeys(): Bag {
  const leafKey = authorKey(generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const leaf = writeCertificate({ ...endEntitySpec({ signer: leafKey }), algorithm: rsaSha256 });
  const others = Array.from({ length: candidates }, (_, index) =>
    writeCertificate(
      intermediateSpec({
        key: { ...leafKey, spki: slowRsaSpki(index) },
        serial: serialOf(index),
        extensions: [basicConstraints(true), keyUsage(5, 6)],
      }),
    ),
  );
  return { name: 'hostile-rsa', leaf, others };
}

/** SubjectPublicKeyInfo of an odd modulus that nobody knows the factors of. */
function slowRsaSpki(index: number): Uint8Array {
  const wide = index % 2 === 0;
  const number = (length: number, seed: number): Buffer => {
    const bytes = Buffer.alloc(length, 0xa5 ^ (seed & 15));
    bytes.writeUInt16BE(0x8001 + (seed & 0xfff), 0);
    bytes[length - 1] = 0xff;
    return Buffer.concat([Buffer.from([0]), bytes]);
  };
  const element = (tag: number, content: Buffer): Buffer =>
    Buffer.concat([
      content.length < 128
        ? Buffer.from([tag, content.length])
        : Buffer.from([tag, 0x82, content.length >> 8, content.length & 255]),
      content,
    ]);
  const modulus = number(wide ? 1024 : 384, index);
  const exponent = wide ? Buffer.from([1, 0, 1]) : number(384, index + 1);
  const key = element(0x30, Buffer.concat([element(2, modulus), element(2, exponent)]));
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  return new Uint8Array(element(0x30, Buffer.concat([algorithm, element(3, Buffer.concat([Buffer.from([0]), key]))])));
}

export function hostileFigures(rounds: number): readonly Figure[] {
  const anchors = [anchorFromCertificate(readCertificate(root))];
  return [impostors(), loops(), names(), slowKeys()].map(({ name, leaf, others }) => {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const start = performance.now();
      const report = validate({
        leaf,
        others,
        anchors,
        at: utcInstant('2026-06-15T12:00:00Z'),
        purpose: 'serverAuth',
        name: { kind: 'dns', value: hostName },
        policy: validationPolicy('rfc5280', { rules: { keyIdentifiers: false } }),
        revocation: { mode: 'off', crls: [], ocspResponses: [] },
      });
      if (report.accepted) throw new Error(`${name} was accepted`);
      if (round > 0) times.push(performance.now() - start);
    }
    return { name, milliseconds: Math.round(median(times) * 10) / 10, runs: rounds };
  });
}
