import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertOfError, isClientCertificateAlert } from './alert-number.ts';

const errorWith = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('the number of an alert', () => {
  const cases: readonly [string, Error, number | null][] = [
    ['as Node 20 spells it', errorWith('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', ''), 45],
    ['as Node 26 spells it', errorWith('ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', ''), 45],
    ['as OpenSSL says it', errorWith('', '0A000418:SSL routines:ssl3_read_bytes:x:y:916:SSL alert number 48'), 48],
    ['by its packed code only', errorWith('', 'error:0A000415:SSL routines::something new'), 45],
    ['of TLS 1.3', errorWith('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', ''), 116],
    ['where there is none', errorWith('ECONNRESET', 'read ECONNRESET'), null],
    ['where OpenSSL complains itself', errorWith('', 'error:0A00007B:SSL routines::bad signature'), null],
  ];
  for (const [sentence, error, number] of cases)
    it(`is read ${sentence}`, () => assert.equal(alertOfError(error), number));

  it('tells those about a client certificate from others', () => {
    assert.deepEqual([40, 45, 49, 116, 50, 70, 80].map(isClientCertificateAlert), [
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
