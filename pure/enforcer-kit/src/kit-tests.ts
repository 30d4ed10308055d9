/** How the customer proves that the enforcer enforces: commands to run from another machine, and what must come of each. */
import type { EnforcerFacts } from './enforcer-facts.ts';
import { versionsOf } from './policy-words.ts';
import type { KitTest, Product } from './product.ts';

export function kitTests(product: Product, facts: EnforcerFacts): KitTest[] {
  const { listenPort } = facts.places;
  const port = listenPort === 443 ? '' : `:${listenPort}`;
  const host = facts.host.includes(':') ? `[${facts.host}]` : facts.host;
  const newest = versionsOf(facts.policy).at(-1)?.slice('TLSv'.length) ?? '1.2';
  const origin = `https://${host}${port}${facts.contextPath}`;
  const path = facts.restPaths.find((one) => !one.endsWith('*')) ?? '/rest/api/2/serverInfo';
  const curl = `curl --silent --show-error --include --tls-max ${newest}`;
  const tests: KitTest[] = [
    {
      what: 'without a client certificate',
      command: `${curl} ${origin}${path}`,
      expect: `refused: ${product.refusal}`,
    },
    {
      what: 'with a certificate that you make yourself',
      command: `openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=stranger -keyout stranger.key -out stranger.pem -days 1 && ${curl} --cert stranger.pem --key stranger.key ${origin}${path}`,
      expect: `refused: ${product.refusal}`,
    },
    {
      what: 'with a valid certificate of the same CA and another name, where you have one',
      command: `${curl} --cert other.pem --key other.key ${origin}${path}`,
      expect: product.abilities.nameMatch.can === 'yes' ? 'refused' : 'refused, but see what the product cannot match',
    },
    {
      what: 'with TLS 1.1',
      command: `openssl s_client -tls1_1 -cipher ALL:@SECLEVEL=0 -connect ${host}:${listenPort} -servername ${facts.host} </dev/null`,
      expect: 'a protocol version alert',
    },
    {
      what: 'ours: the operator presses "Check" on the connection, or runs sallyport check',
      command: `sallyport check ${origin} --client-cert OURS.pem --client-key OURS.key --expect-mutual`,
      expect: 'exit code 0: it works',
    },
  ];
  if (product.abilities.restPaths.can !== 'no')
    tests.push({
      what: 'ours, but a path that is not agreed',
      command: `${curl} --cert OURS.pem --key OURS.key ${origin}/secure/Dashboard.jspa`,
      expect: 'HTTP 403',
    });
  return tests;
}
