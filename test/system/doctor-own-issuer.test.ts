/** Who is above our certificate: the doctor looks at certificates where names of one organisation would mislead it. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { diagnose } from '@sallyport/diagnosis';
import { runDoctor } from '@sallyport/probes';
import { issueCertificate } from '@sallyport/sandbox';
import type { Identity } from '@sallyport/sandbox';
import { readAnchors } from '@sallyport/tls-dialer';
import type { FarSide, RunningProduct, Site } from '../faults/far-sides/site.ts';
import { opensslServer } from '../faults/far-sides/openssl-server.ts';
import { Authority, clientCertificate, newKey, targetAt } from './far-side.ts';

const day = 86_400_000;
const organization = 'Trial';
const period = { notBefore: Date.now() - day, notAfter: Date.now() + 30 * day };

function issue(
  commonName: string,
  kind: 'root' | 'issuing' | 'client',
  above: { readonly commonName: string; readonly identity: Identity } | null,
  issuerUrl: string | null = null,
): Identity {
  const purpose = kind === 'client' ? ({ kind, dnsNames: ['align.example'] } as const) : ({ kind } as const);
  return issueCertificate(
    { commonName, organization, ...period, purpose },
    newKey(),
    above === null
      ? null
      : {
          commonName: above.commonName,
          organization,
          keyPem: above.identity.keyPem,
          chainPem: '',
          pointers: issuerUrl === null ? null : { crl: null, ocsp: null, certificate: issuerUrl },
        },
  );
}

const servers = new Authority('Server Root');
const accepted = issue('Other Root', 'root', null);
const stranger = issue('Trial Client CA', 'root', null);
const between = issue('Trial Clients 2', 'issuing', { commonName: 'Other Root', identity: accepted });

const site: Site = {
  identity: servers.server(),
  asks: 'required',
  clientAnchors: accepted.certificatePem,
  clientRevocation: null,
  version: 'TLSv1.2',
  suites: 'usual',
  clientSignatures: 'any',
  staple: null,
};

describe(
  'a refused certificate of ours',
  { skip: opensslServer.program() === null && 'openssl is not installed' },
  () => {
    let running: RunningProduct;
    let farSide: FarSide;
    /** Hands out the certificate of our issuer, as authorities do. */
    const place = createServer((_request, answer) => answer.end(new X509Certificate(between.certificatePem).raw));
    let placeUrl: string;
    before(async () => {
      place.listen(0, '127.0.0.1');
      await once(place, 'listening');
      placeUrl = `http://127.0.0.1:${(place.address() as AddressInfo).port}/issuer.cer`;
      running = await opensslServer.start([site], 0);
      farSide = running.farSideOf(site);
    });
    after(async () => {
      place.close();
      await running.end();
    });

    async function examine(identity: Identity, agreedToo = '') {
      const anchors = readAnchors(servers.root.certificatePem + agreedToo);
      assert.ok(anchors.ok);
      const { observations } = await runDoctor({
        target: targetAt(farSide.port, servers, {
          anchors: anchors.anchors,
          clientCertificate: clientCertificate({ ...identity, chainPem: identity.certificatePem }),
        }),
        url: { href: `https://localhost:${farSide.port}${farSide.path}`, contextPath: farSide.path },
        negativeProbes: false,
        otherName: null,
        bearer: null,
        authentication: null,
        restPaths: null,
        lastError: null,
        serialSeenThere: null,
        timeZone: 'UTC',
      });
      const findings = diagnose(observations);
      const [top] = findings;
      return {
        top: [top?.rule, top?.certainty, top?.actor],
        lacksIntermediate: findings.find(({ rule }) => rule === 'our-intermediate-not-sent')?.certainty ?? null,
      };
    }

    it('from a root of the same organisation as the accepted one is the customer’s to accept', async () => {
      const ours = issue('align', 'client', { commonName: 'Trial Client CA', identity: stranger });
      assert.deepEqual(await examine(ours), {
        top: ['our-authority-not-accepted', 'likely', 'customer'],
        lacksIntermediate: 'possible',
      });
      assert.deepEqual(await examine(ours, stranger.certificatePem), {
        top: ['our-authority-not-accepted', 'certain', 'customer'],
        lacksIntermediate: null,
      });
    });

    it('lacks its intermediate for certain where the fetched issuer leads to an accepted authority', async () => {
      const ours = issue('align', 'client', { commonName: 'Trial Clients 2', identity: between }, placeUrl);
      assert.deepEqual(await examine(ours), {
        top: ['our-intermediate-not-sent', 'certain', 'operator'],
        lacksIntermediate: 'certain',
      });
    });

    it('is not explained by an issuer that has the right name and did not sign it', async () => {
      const forged = { commonName: 'Trial Clients 2', identity: stranger };
      const { top } = await examine(issue('align', 'client', forged, placeUrl));
      assert.deepEqual(top, ['our-authority-not-accepted', 'likely', 'customer']);
    });
  },
);
