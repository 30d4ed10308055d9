import type { ConnectionDetail, Handshake } from '@sallyport/console-api';
import { commonName } from '../../words/distinguished-name.ts';
import type { Link, LinkOutcome, Place } from './travelled-path.ts';

/** The forward proxy as a place of the path; none where the terms name none. */
export function proxyPlaces({ terms }: ConnectionDetail): readonly Place[] {
  const { proxy } = terms.document;
  if (proxy === undefined) return [];
  const knows = proxy.authenticationKind === 'basic' ? 'asks a password' : 'forwards only';
  return [{ id: 'proxy', title: 'Proxy', detail: knows }];
}

/** From the connector to the proxy: a TLS of its own where it is an https one. */
export function proxyLinks({ terms }: ConnectionDetail, handshake: Handshake | null): readonly Link[] {
  const { proxy } = terms.document;
  if (proxy === undefined) return [];
  const ends = { from: 'connector', to: 'proxy', opensAt: 'connector' } as const;
  const isTls = proxy.url.startsWith('https:');
  const seen = handshake?.proxy ?? null;
  const server = seen?.report?.path[0];
  const outcome = handshake === null ? 'resting' : proxyOutcome(handshake);
  return [
    {
      ...ends,
      protocol: outcome === 'broken' ? brokenWords(handshake) : isTls ? 'TLS, CONNECT' : 'CONNECT',
      lines: [
        proxy.url,
        ...(seen?.tls == null ? [] : [`${seen.tls.protocol}, ${seen.tls.suite}`]),
        ...(server === undefined ? [] : [`theirs: ${commonName(server.subject)}`]),
        ...(seen?.status == null ? [] : [`answered ${seen.status}`]),
      ],
      outcome,
    },
  ];
}

/** Whether the last dial got through the proxy; under older terms, without one, nothing is known of it. */
export function proxyOutcome({ proxy, error }: Handshake): LinkOutcome {
  if (proxy === undefined) return error?.code.startsWith('proxy-') === true ? 'broken' : 'resting';
  const opened = proxy.status !== null && proxy.status >= 200 && proxy.status < 300;
  return opened ? 'proven' : 'broken';
}

function brokenWords(handshake: Handshake | null): string {
  const status = handshake?.proxy?.status ?? null;
  if (handshake?.proxy?.report?.verdict === 'refused') return 'refused by us';
  return status === null ? 'stopped here' : `answered ${status}`;
}
