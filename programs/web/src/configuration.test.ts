import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readConfiguration } from './configuration.ts';
import { databaseAddressOf } from './database-address.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-web-'));
const credentials = join(folder, 'credentials');
mkdirSync(join(folder, 'secrets'), { recursive: true });
mkdirSync(credentials);
writeFileSync(join(folder, 'secrets/web-database-url'), 'postgresql://from-data\n');
writeFileSync(join(credentials, 'web-database-url'), 'postgresql://from-credentials\n');
writeFileSync(join(credentials, 'web.key'), 'a key');
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (environment: Record<string, string> = {}) =>
  readConfiguration({ SALLYPORT_DATA: folder, ...environment });
const refused = { code: 'configuration' };

describe('the configuration of the web tier', () => {
  it('begins with port 8443, the policy of six suites and a certificate of its own', () => {
    const { place, policy, certificateFiles, databaseUrl, bootstrapToken } = read();
    assert.deepEqual(place, { port: 8443 });
    assert.equal(policy.id, 'tls12-six');
    assert.equal(certificateFiles, null);
    assert.equal(databaseUrl, 'postgresql://from-data');
    assert.equal(bootstrapToken, null);
  });

  it('takes secrets from the service manager before those of the data directory', () => {
    const { databaseUrl, certificateFiles } = read({
      CREDENTIALS_DIRECTORY: credentials,
      SALLYPORT_TLS_CERTIFICATE: '/etc/web.pem',
    });
    assert.equal(databaseUrl, 'postgresql://from-credentials');
    assert.deepEqual(certificateFiles, { certificate: '/etc/web.pem', key: join(credentials, 'web.key') });
  });

  it('listens on a passed socket that is meant for this process, and on no other', () => {
    const { pid } = process;
    assert.deepEqual(read({ LISTEN_FDS: '1', LISTEN_PID: String(pid) }).place, { fileDescriptor: 3 });
    assert.deepEqual(read({ LISTEN_FDS: '1' }).place, { fileDescriptor: 3 });
    assert.deepEqual(read({ LISTEN_FDS: '1', LISTEN_PID: String(pid + 1), SALLYPORT_PORT: '0' }).place, { port: 0 });
    assert.throws(() => read({ LISTEN_FDS: '2', LISTEN_PID: String(pid) }), refused);
  });

  for (const environment of [
    { SALLYPORT_PORT: 'https' },
    { SALLYPORT_PORT: '70000' },
    { SALLYPORT_WEB_TLS_POLICY: 'tls14' },
    { SALLYPORT_TLS_KEY: '/etc/web.key' },
    { SALLYPORT_TLS_CERTIFICATE: '/etc/web.pem' },
    { SALLYPORT_WEB_CONNECTIONS: '-1' },
    { SALLYPORT_DATA: '/nowhere' },
  ] as Record<string, string>[]) {
    it(`refuses ${JSON.stringify(environment)}`, () => assert.throws(() => read(environment), refused));
  }
});

describe('the one address that the web tier dials', () => {
  for (const [url, address] of [
    ['postgresql://web:p%40ss@/sallyport?host=/run/pg', { socketDirectory: '/run/pg' }],
    ['postgresql://web@localhost/sallyport?host=%2Frun%2Fpg%2F', { socketDirectory: '/run/pg' }],
    ['postgresql://web:secret@db.example/sallyport', { host: 'db.example', port: 5432 }],
    ['postgres://web:secret@10.0.0.5:6432/sallyport', { host: '10.0.0.5', port: 6432 }],
    ['postgres://web:secret@[::1]:6432/sallyport', { host: '::1', port: 6432 }],
  ] as const) {
    it(`is read from ${url}`, () => assert.deepEqual(databaseAddressOf(url), address));
  }
});
