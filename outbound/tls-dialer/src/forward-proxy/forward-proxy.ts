/** A forward proxy between us and a target: what a dial is told of it. */
import type { TlsPolicy } from '@sallyport/tls-policy';
import type { RevocationMode, TrustAnchor } from '@sallyport/x509';

/** How we show ourselves to the proxy. Never with a client certificate: that one is for the target alone. */
export type ProxyAuthentication =
  | { readonly kind: 'none' }
  /** RFC 7617, in UTF-8. The user name holds no colon. */
  | { readonly kind: 'basic'; readonly user: string; readonly password: string };

export interface ForwardProxy {
  /** `http://host:port` or `https://host:port`; see `readProxyUrl`. */
  readonly url: string;
  readonly authentication: ProxyAuthentication;
  /** Whom we trust to name the proxy; used with https only. */
  readonly anchors: readonly TrustAnchor[];
  /** Policy of the TLS to the proxy; used with https only. */
  readonly policy: TlsPolicy;
  /** Whether the proxy may have a private or loopback address. Says nothing about the target. */
  readonly allowPrivate: boolean;
  /** For the proxy's own certificate; `soft` where it is left out: what tells of it often lies behind the proxy. */
  readonly revocation?: RevocationMode;
}
