import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { ConnectionDetail } from '@sallyport/console-api';
import { Link } from 'react-router';
import { termsPageAddress } from '../../api/terms.ts';
import { Facts, type Fact } from '../../elements/facts.tsx';
import { Panel } from '../../elements/panel.tsx';
import { swapTermsSentences } from '../../words/swap-terms.ts';
import { revocationRuleSentences } from '../../words/revocation-rules.ts';
import styles from './terms-summary.module.css';

/** What both sides agreed on; the printable page is what is signed off. */
export function TermsSummary({ connection }: { connection: ConnectionDetail }) {
  const terms = connection.terms.document;
  return (
    <Panel
      title={`Terms, version ${terms.version}`}
      aside={
        <span className={styles.buttons}>
          {connection.state === 'retired' ? null : (
            <Button component={Link} to={`/connections/${connection.id}/change`} variant="default" size="compact-md">
              Change
            </Button>
          )}
          <Button
            component="a"
            href={termsPageAddress(connection.id)}
            target="_blank"
            rel="noopener"
            variant="default"
            size="compact-md"
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            Printable page
          </Button>
        </span>
      }
    >
      <Facts
        facts={[
          { term: 'Hash', detail: <code>{connection.terms.sha256}</code> },
          { term: 'Connectors call', detail: <code>{terms.baseUrl}</code> },
          { term: 'People click', detail: <code>{terms.linkUrl}</code> },
          { term: 'Egress group', detail: terms.egressGroup },
          { term: 'TLS policy', detail: terms.tlsPolicy },
          ...(terms.tls13ClientCertificate === undefined
            ? []
            : [{ term: 'TLS 1.3 with ours', detail: `accepted: ${terms.tls13ClientCertificate.reason}` }]),
          {
            term: 'Trusted',
            detail:
              terms.anchors.kind === 'public' ? 'public authorities' : 'a private authority, agreed with the customer',
          },
          {
            term: 'Revocation',
            detail: revocationRuleSentences(terms.revocation, terms.revocationRules ?? null).join(' '),
          },
          {
            term: 'Client certificate',
            detail: terms.clientCertificate.required ? 'with every request' : `none: ${terms.clientCertificate.reason}`,
          },
          ...(terms.clientCertificate.required
            ? [{ term: 'Swaps of ours', detail: swapTermsSentences(terms.swaps).join(' ') }]
            : []),
          {
            term: 'Authentication',
            detail: `${terms.authenticationKind === 'pat' ? 'personal access token' : 'user name and password'}${terms.accountName === null ? '' : `, account ${terms.accountName}`}`,
          },
          ...proxyFacts(terms),
          {
            term: 'Probes',
            detail: terms.probes === 'negative' ? 'also what the far side must refuse' : 'only what must succeed',
          },
          { term: 'Private addresses', detail: terms.allowPrivate ? 'allowed for this connection' : 'refused' },
          { term: 'Methods', detail: 'GET, and POST to search: read-only' },
          { term: 'Projects', detail: terms.projectKeys.join(', ') },
          { term: 'Fields', detail: terms.fields.join(', ') },
          {
            term: 'Kept',
            detail: `issues ${daysWords(terms.retention.issueDays)}, handshakes ${daysWords(terms.retention.handshakeDays)}`,
          },
          { term: 'Owner', detail: contactWords(terms.contacts.owner) },
          { term: 'Technical contact', detail: contactWords(terms.contacts.technical) },
        ]}
      />
    </Panel>
  );
}

function proxyFacts({ proxy }: ConnectionDetail['terms']['document']): readonly Fact[] {
  if (proxy === undefined) return [];
  const words = [
    proxy.authenticationKind === 'basic' ? 'with user name and password' : 'without a password',
    ...(proxy.anchors.kind === 'pem' ? ['a private authority vouches for it'] : []),
    ...(proxy.allowPrivate ? ['may have a private address'] : []),
    ...(proxy.tlsPolicy === undefined ? [] : [`policy ${proxy.tlsPolicy}`]),
  ];
  return [
    {
      term: 'Forward proxy',
      detail: (
        <>
          <code>{proxy.url}</code>, {words.join(', ')}
        </>
      ),
    },
  ];
}

function daysWords(days: number | null): string {
  return days === null ? 'until the connection is retired' : `${days} days`;
}

function contactWords({ name, email }: { name: string; email: string }): string {
  return `${name}, ${email}`;
}
