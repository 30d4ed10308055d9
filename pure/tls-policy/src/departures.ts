/**
 * Every place where a policy does otherwise than RFC 9325, OWASP ASVS 5.0 section 12.1 or NIST SP 800-52r2 ask, as data:
 * the register in the documents is made from this table, so that one who signs off finds all of them in one place.
 */

export interface Departure {
  /** Policies it holds for, by id. */
  readonly policies: readonly string[];
  /** The text departed from, with section. */
  readonly from: string;
  /** What that text asks for. */
  readonly asks: string;
  /** What Sallyport does instead. */
  readonly does: string;
  readonly why: string;
  /** What takes it away. */
  readonly remedy: string;
}

export const departures: readonly Departure[] = [
  {
    policies: ['tls12-six'],
    from: 'RFC 10015 (updates RFC 9325)',
    asks: 'TLS 1.2 clients must not offer, and servers must not select, finite-field DHE suites.',
    does: 'Offers TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 and TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, last in the order, with named groups of at least 2048 bits.',
    why: 'Both are named in the agreed list of six suites.',
    remedy: 'Policy tls12-four, for each connection; the evidence of every dial shows which suite was negotiated.',
  },
  {
    policies: ['tls12-six'],
    from: 'RFC 9325 §4.1, §4.2',
    asks: 'Suites with ephemeral finite-field Diffie-Hellman should not be negotiated; the four ECDHE AES-GCM suites are recommended.',
    does: 'Accepts the two DHE suites where a peer has nothing better.',
    why: 'Both are named in the agreed list of six suites.',
    remedy: 'Policy tls12-four.',
  },
  {
    policies: ['tls12-six', 'tls12-four'],
    from: 'RFC 9325 §3.1.1',
    asks: 'Implementations should support TLS 1.3 and, where they do, prefer it over TLS 1.2.',
    does: 'Negotiates TLS 1.2 only, both ways.',
    why: 'The requirement says TLS 1.2 only. Besides, its first flight is readable by the customer, who can watch what was shown and judged.',
    remedy: 'Policy tls13.',
  },
  {
    policies: ['tls12-six', 'tls12-four'],
    from: 'OWASP ASVS 5.0, 12.1.1 (level 1)',
    asks: 'Only the latest recommended TLS versions are enabled, with the latest the preferred one.',
    does: 'TLS 1.2 is the only version.',
    why: 'The requirement says TLS 1.2 only.',
    remedy: 'Policy tls13.',
  },
  {
    policies: ['tls12-six'],
    from: 'OWASP ASVS 5.0, 12.1.2 (levels 2 and 3)',
    asks: 'Only recommended cipher suites are enabled, with the strongest first.',
    does: 'Two DHE suites are enabled; the order puts them last.',
    why: 'Both are named in the agreed list of six suites.',
    remedy: 'Policy tls12-four.',
  },
  {
    policies: ['tls12-six', 'tls12-four'],
    from: 'NIST SP 800-52r2 §3.1, §4.1',
    asks: 'Servers and clients support TLS 1.3 (since 2024-01-01).',
    does: 'TLS 1.2 is the only version.',
    why: 'The requirement says TLS 1.2 only.',
    remedy: 'Policy tls13.',
  },
  {
    policies: ['tls12-six', 'tls12-four', 'tls13'],
    from: 'RFC 9325 §3.4',
    asks: 'Session resumption, where used, is protected; it is not required.',
    does: 'Never resumes a session, in either direction.',
    why: 'A resumed session shows no chain to judge and keeps the old client identity after a swap.',
    remedy: 'None wanted: this departure is stricter.',
  },
  {
    policies: ['tls12-six', 'tls12-four', 'tls13'],
    from: 'RFC 9325 §7.5',
    asks: 'Revocation of certificates is checked.',
    does: 'Connections whose terms say soft go on where nobody can tell whether a certificate is revoked; that is shown as unknown, and revoked always refuses.',
    why: 'Terms from before revocation was fetched are not made stricter by an upgrade; some authorities publish nothing that can be reached.',
    remedy: 'Revocation mode hard in the terms: the default of new connections and of sallyport check.',
  },
  {
    policies: ['tls12-six', 'tls12-four', 'tls13'],
    from: 'OWASP ASVS 5.0, 12.1.5 (level 3)',
    asks: 'Encrypted Client Hello is enabled.',
    does: 'The name of the server is readable in ClientHello, both ways.',
    why: 'Encrypted Client Hello needs TLS 1.3, and Node offers no interface to it.',
    remedy: 'None yet; Node has to offer it first.',
  },
  {
    policies: ['tls13'],
    from: 'RFC 8446 §9.1',
    asks: 'TLS_AES_256_GCM_SHA384 and TLS_CHACHA20_POLY1305_SHA256 should be implemented.',
    does: 'Negotiates TLS_AES_256_GCM_SHA384 and TLS_AES_128_GCM_SHA256 only.',
    why: 'NIST SP 800-52r2 does not approve ChaCha20-Poly1305, and every peer that keeps to RFC 8446 has the mandatory AES-128.',
    remedy: 'None wanted: no peer is lost by it.',
  },
  {
    policies: ['tls13'],
    from: 'Agreed requirement (TLS 1.2 only)',
    asks: 'TLS 1.2 and no other version, outbound and inbound.',
    does: 'Prefers TLS 1.3. Outbound with a client certificate only where the terms hold the operator’s written acceptance.',
    why: 'RFC 9325, ASVS 12.1.1 and NIST SP 800-52r2 ask for TLS 1.3.',
    remedy: 'Policy tls12-six or tls12-four, which are the choice wherever nobody chose.',
  },
];
