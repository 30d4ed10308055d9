/** The doctor before the sandbox, where a fault of the far side is easily taken for one of ours. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readBaseUrl } from '@sallyport/addresses';
import { diagnose } from '@sallyport/diagnosis';
import { runDoctor } from '@sallyport/probes';
import { readAnchors } from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import { RunningSandbox } from './running-sandbox.ts';

/** What is said first, and who must act. */
const expected = {
  'client-none': ['certificate-not-asked', 'failure', 'customer'],
  'client-expired': ['enforcer-clock-wrong', 'failure', 'customer'],
  'client-not-yet-valid': ['enforcer-clock-wrong', 'failure', 'customer'],
  anonymous: ['answered-as-anonymous', 'failure', 'customer'],
} as const;

describe('the doctor before the sandbox', () => {
  const sandbox = new RunningSandbox();
  before(() => sandbox.start({ SALLYPORT_SANDBOX_ISSUES: '10' }));
  after(() => sandbox.remove());

  for (const [fault, answer] of Object.entries(expected))
    it(`says ${answer[0]} of the fault ${fault}`, () =>
      sandbox.withFault(fault, async () => {
        const { published } = sandbox;
        const anchors = readAnchors(published.anchorsPem);
        const url = readBaseUrl(published.baseUrl);
        assert.ok(anchors.ok && url.ok);
        const { observations } = await runDoctor({
          target: {
            host: url.value.host,
            port: url.value.port,
            connectTo: null,
            policy: tls12Six,
            anchors: anchors.anchors,
            allowPrivate: true,
            revocation: 'soft',
            clientCertificate: published.clientCertificates[0] ?? null,
            at: null,
            deadlineMilliseconds: 10_000,
          },
          url: url.value,
          negativeProbes: false,
          otherName: null,
          bearer: `Bearer ${published.personalAccessToken}`,
          authentication: 'pat',
          restPaths: null,
          lastError: null,
          serialSeenThere: null,
          timeZone: 'UTC',
        });
        const [top] = diagnose(observations);
        assert.deepEqual([top?.rule, top?.severity, top?.actor], answer, JSON.stringify(top?.observation));
      }));
});
