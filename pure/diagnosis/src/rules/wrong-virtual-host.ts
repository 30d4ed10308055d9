import type { Rule } from '../rule.ts';

export const wrongVirtualHost: Rule = {
  id: 'wrong-virtual-host',
  symptom: 'The certificate is of another name (ERR_TLS_CERT_ALTNAME_INVALID).',
  cause: 'What answers for {host} shows the certificate of {names}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9525 §6; RFC 6066 §3',
  whatToDo: 'install a certificate for {host} on {place}, or repair which certificate is shown for this server name.',
  tellApart: 'If a hello without a server name shows the same certificate, it is the default of the listener.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('name');
    const { leaf } = facts;
    if (!facts.serverRefused || check?.status !== 'fail' || leaf === null) return null;
    const names = leaf.alternativeNames ?? [];
    if (names.length === 0) return null;
    const isDefault = facts.hello('without-sni')?.endEntity?.sha256 === leaf.sha256;
    return {
      probe: 'ours',
      saw: `${check.message}${isDefault ? ' Without a server name it shows the same certificate: it is the default.' : ''}`,
      fill: { names: names.slice(0, 5).join(', '), alert: '42', alertName: 'bad_certificate' },
      // A chain of strangers mostly bears a strange name too: then that is not the first thing to repair.
      certainty: facts.trouble('trust')?.status === 'fail' ? 'possible' : 'certain',
    };
  },
};
