/** A Jira behind an enforcer, for tests of swaps: it treats each client certificate as the test says, and tells what it was asked. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Identity } from '@sallyport/sandbox';
import { startTlsServer, type Authority } from './far-side.ts';

export interface AskedOfFarSide {
  /** Serial number of the client certificate. */
  readonly serial: string;
  /** Method and path, without what is asked in the query. */
  readonly what: string;
}

export interface JiraFarSide {
  readonly port: number;
  /** Every request that arrived, in order. */
  readonly asked: readonly AskedOfFarSide[];
  /** What arrived, decrypted, in the pieces in which it came. */
  readonly heard: readonly string[];
  /** Leaves requests with this certificate unanswered, on sockets that stay open, until `treat` says otherwise. */
  hold(certificate: Identity): void;
  /** Answers requests with the certificate by the page of an enforcer that does not trust it. */
  refuse(certificate: Identity): void;
  /** Answers again as Jira does, also what was held. */
  serve(certificate: Identity): void;
  /** Requests that are held now, of this certificate. */
  held(certificate: Identity): readonly AskedOfFarSide[];
  close(): Promise<void>;
}

const page = '<html><center>The SSL certificate error</center></html>';
const refusal = `HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`;

export const serialOf = (certificate: Identity): string => new X509Certificate(certificate.certificatePem).serialNumber;

export async function startJiraFarSide(authority: Authority): Promise<JiraFarSide> {
  const treatment = new Map<string, 'hold' | 'refuse'>();
  const asked: AskedOfFarSide[] = [];
  let held: (AskedOfFarSide & { readonly socket: TLSSocket })[] = [];
  const { certificatePem: cert, keyPem: key } = authority.server();
  const server = await startTlsServer(
    {
      cert,
      key,
      ca: authority.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    },
    (socket, bytes) => {
      const [, method, path] = /^(GET|POST) ([^ ?]+)/.exec(bytes) ?? [];
      // The body of a request whose head was seen.
      if (method === undefined || path === undefined) return;
      const request = { serial: socket.getPeerX509Certificate()?.serialNumber ?? '', what: `${method} ${path}` };
      asked.push(request);
      const now = treatment.get(request.serial);
      if (now === 'hold') held.push({ ...request, socket });
      else socket.write(now === 'refuse' ? refusal : answerTo(path));
    },
  );
  return {
    port: server.port,
    asked,
    heard: server.requests,
    hold: (certificate) => void treatment.set(serialOf(certificate), 'hold'),
    refuse: (certificate) => void treatment.set(serialOf(certificate), 'refuse'),
    serve: (certificate) => {
      const serial = serialOf(certificate);
      treatment.delete(serial);
      for (const { socket, what, serial: of } of held) if (of === serial) socket.write(answerTo(what));
      held = held.filter((one) => one.serial !== serial);
    },
    held: (certificate) => held.filter(({ serial, socket }) => serial === serialOf(certificate) && !socket.destroyed),
    close: server.close,
  };
}

function answerTo(path: string): string {
  const body = path.endsWith('/field')
    ? '[]'
    : path.endsWith('/search')
      ? '{"startAt":0,"maxResults":50,"total":0,"issues":[]}'
      : '{"name":"svc-align","key":"svc-align","timeZone":"UTC"}';
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ausername: svc-align\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}
