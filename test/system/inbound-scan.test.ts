import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfiguration, startSandbox, type Sandbox } from '@sallyport/sandbox';
import { defaultTlsPolicy } from '@sallyport/tls-policy';
import { attributesOf } from '../inbound/scanner-xml.ts';
import type { AllowedTls, Finding, ScanTarget } from '../inbound/finding.ts';
import { nmapProgram, scanWithNmap } from '../inbound/nmap.ts';
import { scanWithSslscan, sslscanProgram } from '../inbound/sslscan.ts';

/** Planted faults: a scan that calls them good would call anything good. */
describe('the scan of the web tier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-scan-'));
  const allowed: AllowedTls = {
    suites: defaultTlsPolicy.suites.filter(({ iana }) => !iana.includes('_ECDSA_')),
    groups: defaultTlsPolicy.groups,
    minimumDhBits: defaultTlsPolicy.minimumDhBits,
  };
  let sandbox: Sandbox;
  let server: Server;
  let target: ScanTarget;
  before(async () => {
    sandbox = await startSandbox(
      readConfiguration({ SALLYPORT_DATA: folder, SALLYPORT_SANDBOX_PORT: '0', SALLYPORT_SANDBOX_ISSUES: '5' }),
    );
    const { chainPem, keyPem } = await sandbox.issueServer(['sallyport.operator.example'], 'rsa');
    server = createServer({
      cert: chainPem,
      key: keyPem,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
      ciphers: 'AES128-SHA:ECDHE-RSA-AES256-GCM-SHA384@SECLEVEL=0',
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    target = { certificate: 'rsa', host: 'sallyport.operator.example', port, anchorsFile: '' };
  });
  after(async () => {
    server.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  const failedIn = (findings: readonly Finding[]): string[] =>
    findings.filter(({ severity }) => severity !== 'ok').map(({ id }) => id);

  it(
    'is not content with old protocols, foreign suites and renegotiation as sslscan sees them',
    { skip: existsSync(sslscanProgram) ? false : 'sslscan is not installed' },
    async () => {
      const failed = failedIn(await scanWithSslscan(target, allowed));
      for (const id of ['protocols', 'suites', 'renegotiation', 'groups']) assert.ok(failed.includes(id), id);
    },
  );

  it(
    'is not content with old protocols and foreign suites as nmap sees them',
    { skip: existsSync(nmapProgram) ? false : 'nmap is not installed' },
    async () => {
      const failed = failedIn(await scanWithNmap(target, allowed));
      for (const id of ['protocols', 'suites']) assert.ok(failed.includes(id), id);
    },
  );

  it('reads attributes with entities out of a scanner’s XML', () => {
    assert.deepEqual(attributesOf('<a><b-c x="1 &lt; 2" y:z="&#65;&quot;"/></a>'), [
      { name: 'a', attributes: {} },
      { name: 'b-c', attributes: { x: '1 < 2', 'y:z': 'A"' } },
    ]);
  });
});
