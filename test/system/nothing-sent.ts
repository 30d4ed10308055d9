/** What our side has sent where a dial was refused: nothing that is ours. */
import assert from 'node:assert/strict';
import { recordsOf } from './tls-records.ts';

const alertType = 21;
const handshakeType = 22;

/** Our side sent one ClientHello, and at most one alert after it: no certificate, no request. */
export function assertNothingLeft(sent: Buffer, about: string): void {
  const [hello, ...more] = recordsOf(sent);
  assert.equal(hello?.type, handshakeType, about);
  assert.equal(hello?.payload[0], 1, `${about}: a ClientHello`);
  assert.ok(more.length <= 1 && more.every(({ type }) => type === alertType), `${about}: then nothing but an alert`);
  const whole = recordsOf(sent).reduce((sum, { payload }) => sum + 5 + payload.length, 0);
  assert.equal(sent.length, whole, `${about}: nothing half-sent`);
}
