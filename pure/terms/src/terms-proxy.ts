/** The forward proxy that terms may name: whom connectors ask to reach Jira, and what is judged of it. */
import { sameAnchors } from './same-anchors.ts';
import { readProxyUrl } from '@sallyport/addresses';
import type { TermsFault } from './terms-fault.ts';
import type { TermsAnchors, TermsPolicyId } from './terms-trust.ts';

export interface TermsProxy {
  /** `http://host:port` or `https://host:port`, the port always written; see `readProxyUrl`. */
  readonly url: string;
  /** `basic`: user name and password, sealed for this very URL. */
  readonly authenticationKind: 'none' | 'basic';
  /** Whose signature makes the certificate of an https proxy trusted. */
  readonly anchors: TermsAnchors;
  /** The proxy itself may have a private or loopback address. */
  readonly allowPrivate: boolean;
  /** Of the TLS to an https proxy; `tls12-six` where it is left out. */
  readonly tlsPolicy?: TermsPolicyId;
}

/** @param policies ids that exist */
export function proxyFaults(proxy: TermsProxy, policies: readonly string[]): TermsFault[] {
  const faults: TermsFault[] = [];
  const add = (path: string, message: string): void => {
    faults.push({ code: 'TERMS_PROXY', path: `proxy.${path}`, message });
  };
  const url = readProxyUrl(proxy.url);
  if (!url.ok) add('url', url.error.message);
  // One form only: the credential is sealed for this text.
  else if (url.value.href !== proxy.url) add('url', `Write it as ${url.value.href}.`);
  if (proxy.anchors.kind === 'pem' && !proxy.anchors.pem.includes('-----BEGIN CERTIFICATE-----'))
    add('anchors.pem', 'A private CA needs at least one certificate as PEM text.');
  if (proxy.tlsPolicy !== undefined && !policies.includes(proxy.tlsPolicy))
    add('tlsPolicy', `There is no TLS policy '${proxy.tlsPolicy}'; known: ${policies.join(', ')}.`);
  return faults;
}

/** How `after` opens what `before` did not. Another proxy sees what we call, and when; none at all lets us call straight. */
export function proxyWeakenings(before: TermsProxy | undefined, after: TermsProxy | undefined): string[] {
  if (after === undefined)
    return before === undefined ? [] : [`Connectors would call Jira straight instead of through ${before.url}.`];
  if (before === undefined) return [`Connectors would call Jira through the forward proxy ${after.url}.`];
  const sentences: string[] = [];
  if (before.url !== after.url)
    sentences.push(`Connectors would use the forward proxy ${after.url} instead of ${before.url}.`);
  if (before.authenticationKind !== after.authenticationKind && after.authenticationKind === 'basic')
    sentences.push('A user name and a password would be sent to the forward proxy.');
  if (!sameAnchors(before.anchors, after.anchors))
    sentences.push('Other certificate authorities would be trusted to name the forward proxy.');
  if (!before.allowPrivate && after.allowPrivate) sentences.push('The forward proxy could have a private address.');
  if (before.tlsPolicy === 'tls12-four' && (after.tlsPolicy ?? 'tls12-six') === 'tls12-six')
    sentences.push('Two suites with finite-field Diffie-Hellman would be allowed to the forward proxy.');
  return sentences;
}

/** The proxy in the words of the printed page. */
export function proxyWords(proxy: TermsProxy): string {
  const { url, authenticationKind, anchors, allowPrivate } = proxy;
  const shown = authenticationKind === 'none' ? 'nothing' : 'user name and password, which reach nobody else';
  const secure = url.startsWith('https:')
    ? `It is spoken to over TLS of its own (${proxy.tlsPolicy ?? 'tls12-six'}), after the five checks of its certificate against ${
        anchors.kind === 'public'
          ? 'public third-party certificate authorities'
          : 'the agreed private certificate authority'
      }; it never gets our client certificate.`
    : 'It is spoken to in plain text; what passes through it to Jira is TLS all the same.';
  return `Connectors ask ${url} by CONNECT for this host and port, and for nothing else. We show it ${shown}. ${secure} It resolves Jira's name; its own address ${
    allowPrivate ? 'may be private (chosen by the operator)' : 'is never a private one'
  }.`;
}
