import type { Rule } from '../rule.ts';

export const ourKeyTypeNotAccepted: Rule = {
  id: 'our-key-type-not-accepted',
  symptom: 'CertificateRequest names types or algorithms that our key cannot serve, and nothing was sent.',
  cause: 'Our certificate was not sent: its key ({kind}) fits none of the types and algorithms that {host} asks for.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5246 §7.4.4, §7.4.8',
  whatToDo: 'bind a client certificate with a key of the kind that is asked for: {wanted}.',
  tellApart: 'The request names types and algorithms; what we sent was an empty list.',
  log: 'client-none',
  repeat: 'handshake',
  match: ({ refusal, ours, main }) => {
    if (refusal === null || ours === null || main === null || main.identity !== 'ours' || !main.requested) return null;
    // OpenSSL refuses a curve that it was not set up for so, although CertificateRequest named the algorithm.
    const isCurve = refusal.alert === 47 && ours.keyKind === 'ec' && ours.keyBits > 384;
    if (refusal.sent && !isCurve) return null;
    const types = main.certificateRequest?.types ?? [];
    const schemes = main.certificateRequest?.schemes ?? [];
    return {
      probe: refusal.probe,
      saw: `Asked for types ${types.join(', ') || 'none'} and algorithms ${schemes.map((one) => `0x${one.toString(16).padStart(4, '0')}`).join(', ') || 'none'}; ${refusal.words}`,
      fill: { kind: ours.keyKind, wanted: types.includes(64) ? (types.includes(1) ? 'RSA or P-256' : 'P-256') : 'RSA' },
    };
  },
};
