import assert from 'node:assert/strict';
import { constants } from 'node:crypto';
import { describe, it } from 'node:test';
import tls from 'node:tls';
import {
  secureContextOptions,
  secureOption,
  serverOptions,
  suiteByName,
  tls12Four,
  tls12Six,
  tls13,
  tlsPolicies,
  tlsPolicy,
} from './index.ts';

describe('TLS policies', () => {
  it('tls12-six has the six suites of the requirement, in the agreed order', () => {
    assert.deepEqual(
      tls12Six.suites.map((suite) => suite.iana),
      [
        'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
        'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
        'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
        'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      ],
    );
  });

  it('tls12-four is the same without finite-field groups', () => {
    assert.equal(tls12Four.suites.length, 4);
    assert.equal(
      tls12Four.suites.some((suite) => suite.keyExchange === 'DHE'),
      false,
    );
  });

  it('every suite has forward secrecy, and OpenSSL knows it by its name', () => {
    const known = new Set(tls.getCiphers());
    for (const policy of tlsPolicies)
      for (const suite of policy.suites) {
        assert.ok(known.has(suite.openssl.toLowerCase()), suite.openssl);
        assert.equal(suiteByName(suite.iana), suite);
        assert.equal(suiteByName(suite.openssl), suite);
      }
  });

  it('tls13 is tls12-four with TLS 1.3 and two suites of it, which OpenSSL knows', () => {
    assert.deepEqual(tls13.suites, tls12Four.suites);
    assert.deepEqual(
      tls13.tls13Suites.map(({ iana }) => iana),
      ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'],
    );
    for (const { openssl } of tls13.tls13Suites) assert.ok(tls.getCiphers().includes(openssl.toLowerCase()));
    for (const policy of [tls12Six, tls12Four])
      assert.deepEqual([policy.maxVersion, policy.tls13Suites], ['TLSv1.2', []]);
  });

  it('are found by id, and nothing else is', () => {
    assert.equal(tlsPolicy('tls12-six'), tls12Six);
    assert.equal(tlsPolicy('tls13'), tls13);
    assert.equal(tlsPolicy('tls14'), null);
  });

  it('have no signature with SHA-1', () => {
    for (const policy of tlsPolicies)
      assert.equal(
        policy.signatureAlgorithms.some((name) => name.includes('sha1')),
        false,
      );
  });
});

describe('options for Node', () => {
  it('are what OpenSSL takes', () => {
    for (const policy of tlsPolicies) {
      tls.createSecureContext(secureContextOptions(policy));
      tls.createSecureContext(serverOptions(policy));
    }
  });

  it('say TLS 1.2 only, the suites in order, and the groups by the names of OpenSSL', () => {
    const options = secureContextOptions(tls12Six);
    assert.equal(options.minVersion, 'TLSv1.2');
    assert.equal(options.maxVersion, 'TLSv1.2');
    assert.match(options.ciphers, /^ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:/);
    assert.equal(options.ecdhCurve, 'X25519:prime256v1:secp384r1');
    assert.equal(options.minDHSize, 2048);
  });

  it('refuse renegotiation, tickets and compression, by the bits that Node knows', () => {
    assert.equal(secureOption.noRenegotiation, constants.SSL_OP_NO_RENEGOTIATION);
    assert.equal(secureOption.noTicket, constants.SSL_OP_NO_TICKET);
    assert.equal(secureOption.noCompression, constants.SSL_OP_NO_COMPRESSION);
    assert.equal(secureOption.cipherServerPreference, constants.SSL_OP_CIPHER_SERVER_PREFERENCE);
    for (const options of [secureContextOptions(tls12Four), serverOptions(tls12Four)])
      for (const bit of [secureOption.noRenegotiation, secureOption.noTicket, secureOption.noCompression])
        assert.notEqual(options.secureOptions & bit, 0);
  });

  it('give the server a named group only where a suite needs one', () => {
    assert.equal(serverOptions(tls12Six).dhparam, 'auto');
    assert.equal(serverOptions(tls12Four).dhparam, undefined);
  });
});
