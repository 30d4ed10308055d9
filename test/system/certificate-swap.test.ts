/** Requests go on while the client certificate is swapped: over real TLS, against far sides that accept, refuse, or change their mind. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, it } from 'node:test';
import {
  Authority,
  clientCertificate,
  dispatcherTo,
  startTlsServer,
  targetAt,
  type RunningServer,
} from './far-side.ts';

const authority = new Authority();
const identity = authority.server();
const [ours, next] = [authority.client(), authority.client()];
const sink = { admits: () => true, take: () => undefined };
const tls = {
  cert: identity.certificatePem,
  key: identity.keyPem,
  ca: authority.root.certificatePem,
  requestCert: true,
  rejectUnauthorized: true,
  maxVersion: 'TLSv1.2',
} as const;

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const page = '<html><center>The SSL certificate error</center></html>';
const refusal = `HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`;

let server: RunningServer;
let refused: number[];
let dispatcher: ReturnType<typeof dispatcherTo>;

const generation = (number: number, certificate: typeof ours) => ({
  number,
  target: () => targetAt(server.port, authority, { clientCertificate: clientCertificate(certificate) }),
  sink,
});
const open = (connections = 4): void => {
  refused = [];
  const { number, target } = generation(1, ours);
  dispatcher = dispatcherTo(target, {
    sink,
    connections,
    generation: number,
    onCertificateRefused: (refusedNumber) => refused.push(refusedNumber),
  });
};
const get = async (method: 'GET' | 'POST' = 'GET'): Promise<string> => {
  const answer = await dispatcher.request({ origin: `https://localhost:${server.port}`, path: '/', method });
  return `${answer.statusCode} ${await answer.body.text()}`;
};
const read = { path: '/', method: 'GET' } as const;
const serialOf = (socket: TLSSocket): string => socket.getPeerX509Certificate()?.serialNumber ?? '';

afterEach(async () => {
  await dispatcher.destroy();
  await server.close();
});

describe('a swap of the client certificate', () => {
  it('opens sockets with the next certificate first, then moves what waits, and ends what is under way where it began', async () => {
    const held: (() => void)[] = [];
    let hold = true;
    server = await startTlsServer(tls, (socket) => {
      if (hold && held.length < 2) held.push(() => socket.write(ok));
      else socket.write(ok);
    });
    open(2);
    const underWay = [get(), get()];
    while (held.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const waiting = get();
    hold = false;
    await dispatcher.move(generation(2, next), read);
    assert.equal(await waiting, '200 ok', 'what waited goes on without those under way');
    for (const answer of held) answer();
    assert.deepEqual(await Promise.all(underWay), ['200 ok', '200 ok']);
    assert.equal(dispatcher.generation, 2);
    const before = server.clients.length;
    assert.equal(await get(), '200 ok');
    assert.equal(server.clients.length, before, 'sockets were opened before the traffic moved');
    assert.equal(new Set(server.clients).size, 2);
  });

  it('moves nothing where the far side refuses the next certificate, by alert or by page', async () => {
    const nextSerial = BigInt(`0x${serialNumberOf(next)}`);
    server = await startTlsServer(tls, (socket) =>
      socket.write(BigInt(`0x${serialOf(socket)}`) === nextSerial ? refusal : ok),
    );
    open();
    assert.equal(await get(), '200 ok');
    await assert.rejects(dispatcher.move(generation(2, next), read), { code: 'client-certificate-refused' });
    const stranger = new Authority().client();
    await assert.rejects(dispatcher.move(generation(3, stranger), read), { name: 'DialError' });
    assert.equal(dispatcher.generation, 1);
    assert.equal(await get(), '200 ok');
  });

  it('moves nothing where the pointer has gone elsewhere while the far side took its time', async () => {
    server = await startTlsServer(tls);
    open();
    assert.equal(await get(), '200 ok');
    let isWanted = true;
    const moving = dispatcher.move(generation(2, next), read, () => isWanted);
    isWanted = false;
    await assert.rejects(moving, { code: 'SALLYPORT_SOCKET_GONE' });
    assert.equal(dispatcher.generation, 1);
    const dials = server.clients.length;
    assert.equal(await get(), '200 ok');
    assert.equal(server.clients.length, dials, 'the sockets of before serve on');
  });

  it('fails no request where the far side accepts the canary and then refuses the real one, and never asks again', async () => {
    const nextSerial = BigInt(`0x${serialNumberOf(next)}`);
    let accepts = true;
    server = await startTlsServer(tls, (socket) => {
      const isNext = BigInt(`0x${serialOf(socket)}`) === nextSerial;
      socket.write(isNext && !accepts ? refusal : ok);
    });
    open();
    assert.deepEqual(await Promise.all([get(), get(), get()]), ['200 ok', '200 ok', '200 ok']);
    await dispatcher.move(generation(2, next), read);
    accepts = false;
    const answers = await Promise.all(Array.from({ length: 20 }, () => get()));
    assert.deepEqual(new Set(answers), new Set(['200 ok']));
    assert.equal(await get('POST'), '200 ok');
    assert.deepEqual(refused, [2], 'told once');
    assert.equal(dispatcher.generation, 1);
    const dials = server.clients.length;
    await get();
    assert.equal(server.clients.slice(dials).filter((serial) => serial === serialNumberOf(next)).length, 0);
  });

  it('repeats once what closed unanswered where the method may be repeated, and tells the rest', async () => {
    let closes = 0;
    server = await startTlsServer(tls, (socket) => {
      closes += 1;
      if (closes <= 1) socket.destroy();
      else socket.write(ok);
    });
    open(1);
    assert.equal(await get(), '200 ok');
    closes = 0;
    await assert.rejects(get('POST'), { code: 'UND_ERR_SOCKET' });
    closes = -1;
    await assert.rejects(get(), { code: 'UND_ERR_SOCKET' }, 'twice is not repeated again');
  });

  it('tells the refusal where there is no certificate to go back to', async () => {
    server = await startTlsServer(tls, (socket) => socket.write(refusal));
    open();
    assert.equal(await get(), `400 ${page}`);
    assert.deepEqual(refused, []);
  });

  it('goes back at once when told to, and nowhere once the window has closed', async () => {
    server = await startTlsServer(tls);
    open();
    await get();
    await dispatcher.move(generation(2, next), read);
    dispatcher.fallBack();
    assert.equal(dispatcher.generation, 1);
    await dispatcher.move(generation(3, next), read);
    dispatcher.forgetPrevious();
    dispatcher.fallBack();
    assert.equal(dispatcher.generation, 3);
    assert.equal(await get(), '200 ok');
  });

  it('tells everybody who waits when no way leads to the far side', async () => {
    server = await startTlsServer(tls);
    open();
    await server.close();
    const asked = await Promise.allSettled([get(), get(), get(), get(), get()]);
    for (const one of asked)
      assert.equal(one.status === 'rejected' && (one.reason as { code: string }).code, 'connect-refused');
    server = await startTlsServer(tls);
  });
});

function serialNumberOf(of: typeof ours): string {
  return new X509Certificate(of.certificatePem).serialNumber;
}
