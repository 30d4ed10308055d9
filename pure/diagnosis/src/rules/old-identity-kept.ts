import type { Rule } from '../rule.ts';

export const oldIdentityKept: Rule = {
  id: 'old-identity-kept',
  symptom: 'A new certificate is in use here, and the far side still sees the old one.',
  cause:
    'The far side still sees the certificate {seen}, and ours is {ourSerial}: a session or connection from before the swap is in use.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5077; measured: resumption of TLS 1.2 keeps the old identity',
  whatToDo:
    'drop the pooled connections and sessions of this connection; the next handshake shows the new certificate.',
  tellApart: 'A full handshake shows the new serial number in the far side’s log.',
  log: 'request',
  repeat: 'own-certificate',
  match: ({ observations: { serialSeenThere }, ours }) =>
    serialSeenThere !== null && ours !== null && serialSeenThere.replace(/^0+/, '') !== ours.serial.replace(/^0+/, '')
      ? { probe: 'ours', saw: `Seen there: ${serialSeenThere}; sent: ${ours.serial}.`, fill: { seen: serialSeenThere } }
      : null,
};
