/** What a far side's TLS shows to a client that asks for this and that. */
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { Identity } from '@sallyport/sandbox';

export interface TlsDoor {
  readonly port: number;
  readonly rootPem: string;
  readonly client: Identity;
}

function optionsOf({ port, rootPem, client }: TlsDoor, more: ConnectionOptions): ConnectionOptions {
  return {
    host: '127.0.0.1',
    port,
    servername: 'localhost',
    ca: rootPem,
    cert: client.chainPem,
    key: client.keyPem,
    maxVersion: 'TLSv1.2',
    ...more,
  };
}

/** The suite that is negotiated, with the group's bits where it is finite-field; or the alert. */
export function negotiates(door: TlsDoor, more: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect(optionsOf(door, more), () => {
      const key = socket.getEphemeralKeyInfo();
      const bits = key !== null && 'type' in key && key.type === 'DH' ? ` ${key.size}` : '';
      resolve(`${socket.getCipher().name}${bits}`);
      socket.destroy();
    });
    socket.on('error', (error) => resolve(`alert ${/SSL alert number (\d+)/.exec(error.message)?.[1]}`));
  });
}

/** Whether the second connection resumes the session of the first; the first has asked for something in between. */
export function resumes(door: TlsDoor): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let session: Buffer | undefined;
    const first = connect(optionsOf(door, {}), () => {
      session = first.getSession();
      first.write('GET /jira/rest/api/2/serverInfo HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
      first.resume();
    });
    first.on('error', reject);
    first.on('close', () => {
      const second = connect(optionsOf(door, { session }), () => {
        resolve(second.isSessionReused());
        second.destroy();
      });
      second.on('error', reject);
    });
  });
}

/** Whether the server lets a client renegotiate; false when it refuses or ends the connection. */
export function renegotiates(door: TlsDoor): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(optionsOf(door, {}), () => {
      socket.renegotiate({}, (error) => {
        resolve(error === null);
        socket.destroy();
      });
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.resume();
  });
}
