/**
 * The gate between a TCP socket and OpenSSL. What the far side sends is held and read until its first flight is complete; OpenSSL sees none of
 * it, so that it cannot answer with our certificate. There is one way to open it, `open`, and that takes a `VerifiedPath`. Every other way out,
 * a fault, an alert, the end of the stream, a refusal, ends the connection.
 */
import { Duplex } from 'node:stream';
import type { TlsPolicy } from '@sallyport/tls-policy';
import { VerifiedPath } from '@sallyport/x509';
import type { ServerFlight } from './flight.ts';
import { GateFailure } from './gate-failure.ts';
import { FlightReader } from './record-reader.ts';
import { IncomingWatch, OutgoingWatch } from './record-watch.ts';
import { OutgoingWatch13 } from './tls13/outgoing-watch13.ts';
import { VersionFork } from './tls13/version-fork.ts';

export interface GateListener {
  /** The whole flight is there and held. Called at most once. */
  readonly onFlight: (flight: ServerFlight) => void;
  /** Nothing that could be judged came. Called at most once, never after `open`. */
  readonly onFailure: (failure: GateFailure) => void;
}

/** What OpenSSL may say while the gate is shut: one ClientHello, of a few hundred bytes. */
const largestClientHello = 16_384;
/** Version of TLS 1.3 in a flight that was read. */
const tls13 = 0x0304;
const emptyChange = Buffer.from([20, 3, 3, 0, 1, 1]);
/** Milliseconds for a last alert to leave. */
const alertDeadlineMilliseconds = 1_000;

export class HandshakeGate extends Duplex {
  readonly #socket: Duplex;
  readonly #listener: GateListener;
  readonly #reader: FlightReader | VersionFork;
  readonly #incoming: IncomingWatch;
  #outgoing: OutgoingWatch | OutgoingWatch13 = new OutgoingWatch();
  #state: 'held' | 'open' | 'ended' = 'held';
  #held: Buffer[] = [];
  #flight: ServerFlight | null = null;
  #helloBytes = 0;
  #helloRepeated = false;
  readonly #gone = Promise.withResolvers<void>();

  constructor(socket: Duplex, policy: TlsPolicy, listener: GateListener) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#listener = listener;
    this.#reader = policy.tls13Suites.length > 0 ? new VersionFork(policy) : new FlightReader(policy);
    this.#incoming = new IncomingWatch(() => this.emit('renegotiation'));
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('end', () => this.#end());
    socket.on('error', (error) => this.#break(error));
    socket.on('close', () => this.#close());
  }

  /** Fatal alert of the far side after opening, by number; null for none that was readable. */
  get fatalAlert(): number | null {
    return this.#incoming.fatalAlert;
  }

  /** The far side asked for another handshake; emitted as `renegotiation` when it happens. */
  get renegotiationAsked(): boolean {
    return this.#incoming.renegotiationAsked;
  }

  get secondFlightSent(): boolean {
    return this.#outgoing.secondFlightSent;
  }

  get certificateSent(): boolean {
    return this.#outgoing.certificateSent;
  }

  /** Resolves when a gate that was shut for good has said its last word and is closed. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** What has been read of the chain, also where the flight never got complete. */
  get chain(): readonly Uint8Array[] {
    return this.#reader.chain;
  }

  get warningAlerts(): readonly number[] {
    return this.#reader.warningAlerts;
  }

  /** A line of OpenSSL's key log: with TLS 1.3 the flight is read with it. */
  learn(line: string): void {
    if (!(this.#reader instanceof VersionFork) || this.#state === 'ended') return;
    if (this.#outgoing instanceof OutgoingWatch13) this.#outgoing.learn(line);
    const reader = this.#reader;
    // OpenSSL is in the middle of a step when it tells this; what follows may hand it more to read.
    setImmediate(() => {
      if (this.#state === 'held') this.#reading(() => reader.learn(line));
    });
  }

  /** Lets the held flight through to OpenSSL. @throws TypeError where the path is no proof for the chain that is held, or nothing is held */
  open(path: VerifiedPath): void {
    if (this.#state !== 'held' || this.#flight === null || !this.#reader.complete)
      throw new TypeError('the gate holds no complete flight');
    const judged = path.certificates[0]?.der;
    const shown = this.#flight.chain[0];
    if (
      !VerifiedPath.isProof(path) ||
      judged === undefined ||
      shown === undefined ||
      !Buffer.from(judged).equals(shown)
    )
      throw new TypeError('the path is no proof for the chain that is held');
    this.#state = 'open';
    if (this.#flight.serverHello.version === tls13)
      this.#outgoing = new OutgoingWatch13(this.#flight.serverHello.suite);
    const held = this.#held;
    this.#held = [];
    for (const bytes of held) this.push(bytes);
  }

  /** Whether nothing can pass any more, now or ever; a last alert may still be on its way. */
  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Tells the far side why with a plaintext alert, and closes. Resolves when the gate is closed: the alert has left, or a second has passed. */
  refuse(alert: number): Promise<void> {
    if (this.#state === 'held') {
      this.#state = 'ended';
      this.#held = [];
      void this.#sendLast(alert).then(() => this.destroy());
    }
    return this.gone;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const fault = this.#watchOutgoing(bytes);
    if (fault !== null) done(fault);
    else this.#socket.write(bytes, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(
      chunks.length === 1 && chunks[0] ? chunks[0].chunk : Buffer.concat(chunks.map(({ chunk }) => chunk)),
      'binary',
      done,
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#state === 'held') this.#held = [];
    this.#state = 'ended';
    this.#socket.destroy();
    this.#gone.resolve();
    done(error);
  }

  /** Shut, nothing but a ClientHello may leave; should OpenSSL ever say more, that is our bug and must not reach the wire. */
  #watchOutgoing(bytes: Buffer): Error | null {
    if (this.#state === 'open') {
      if (!this.#outgoing.done) this.#outgoing.take(bytes);
      return null;
    }
    const retried = this.#reader instanceof VersionFork && this.#reader.retried && !this.#helloRepeated;
    const first = this.#helloBytes === 0 || retried;
    if (retried) {
      // RFC 8446 appendix D.4: in front of a second ClientHello stands a ChangeCipherSpec that means nothing.
      const rest = bytes.subarray(0, 6).equals(emptyChange) ? bytes.subarray(6) : bytes;
      if (rest.length === 0) return null;
      bytes = rest;
      this.#helloRepeated = true;
    }
    this.#helloBytes += bytes.length;
    const isHello = !first || (bytes[0] === 22 && bytes[5] === 1 && 5 + bytes.readUInt16BE(3) === bytes.length);
    if (this.#state === 'held' && first && isHello && bytes.length <= largestClientHello) return null;
    return new Error('only a ClientHello may leave while the gate is shut');
  }

  #take(bytes: Buffer): void {
    if (this.#state === 'open') {
      this.#incoming.take(bytes);
      if (!this.push(bytes)) this.#socket.pause();
      return;
    }
    // After a refusal whatever comes is thrown away, so that the alert is not lost to a reset.
    if (this.#state === 'ended') return;
    const reader = this.#reader;
    this.#reading(() => {
      if (reader instanceof VersionFork) {
        const { pass, hold } = reader.take(bytes);
        this.#held.push(...hold);
        for (const part of pass) this.push(part);
      } else {
        reader.take(bytes);
        this.#held.push(bytes);
      }
    });
  }

  /** Takes a step of reading; a whole flight is told, a fault ends it. */
  #reading(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof GateFailure)) throw error;
      this.#fail(error);
      return;
    }
    if (this.#flight === null && this.#reader.complete) {
      this.#flight = this.#reader.flight;
      this.#listener.onFlight(this.#flight);
    }
  }

  #end(): void {
    if (this.#state === 'held') this.#fail(this.#reader.end());
    else if (this.#state === 'open') this.push(null);
  }

  #break(error: Error): void {
    if (this.#state === 'held')
      this.#fail(new GateFailure('peer-closed', 'The connection was cut off in the middle of the handshake.'));
    else if (this.#state === 'open') this.destroy(error);
  }

  #close(): void {
    if (this.#state === 'held') this.#fail(this.#reader.end());
    else if (this.#state === 'open') this.destroy();
  }

  #fail(failure: GateFailure): void {
    this.#state = 'ended';
    this.#held = [];
    this.#listener.onFailure(failure);
    // Where the far side has gone, or never spoke TLS, nobody would read an alert.
    const deaf = failure.code === 'peer-closed' || failure.code === 'not-tls' || failure.alert !== null;
    void (deaf ? Promise.resolve() : this.#sendLast(alertOfFailure(failure))).then(() => this.destroy());
  }

  async #sendLast(alert: number): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || !socket.writable) return;
    socket.resume();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, alertDeadlineMilliseconds);
    socket.once('close', resolve);
    socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert]), resolve);
    await promise;
    clearTimeout(timer);
  }
}

function alertOfFailure(failure: GateFailure): number {
  if (failure.code === 'protocol-version') return 70;
  // insufficient_security; unexpected_message.
  return failure.code === 'weak-dh' || failure.code === 'no-common-suite' ? 71 : 10;
}
