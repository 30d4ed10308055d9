import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { Choice } from './choice.tsx';
import { isTlsProxy, type TlsPolicy } from './connection-draft.ts';
import styles from './connection-form.module.css';
import type { SectionProperties } from './section-properties.ts';
import { Section } from './section.tsx';

/** Whether connectors go through a forward proxy, which one, and how it knows us. */
export function ProxySection({ draft, faults, change, existing }: SectionProperties) {
  return (
    <Section
      title="Forward proxy"
      reason="Some networks let nobody out directly. The proxy is asked by CONNECT for this host and port only; TLS to Jira stays end to end."
    >
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.withProxy}
          onChange={(event) => change({ withProxy: event.currentTarget.checked })}
        />
        <span>
          <strong>Go through a forward proxy</strong>
          <span className={styles.note}>
            {existing
              ? 'Another proxy needs the credential for Jira anew, above: it is sealed for the way that it goes.'
              : 'Leave it out where connectors reach the host themselves.'}
          </span>
        </span>
      </label>
      {draft.withProxy ? <Proxy draft={draft} faults={faults} change={change} existing={existing} /> : null}
    </Section>
  );
}

function Proxy({ draft, faults, change, existing }: SectionProperties) {
  return (
    <>
      <TextInput
        name="proxyUrl"
        label="Address of the proxy"
        description="http:// or https://, host and port; without user name and password"
        required
        inputMode="url"
        autoComplete="off"
        error={faults.proxyUrl}
        value={draft.proxyUrl}
        onChange={(event) => change({ proxyUrl: event.currentTarget.value })}
      />
      <Choice
        legend="How it knows us"
        value={draft.proxyAuthentication}
        options={[
          { value: 'none', label: 'Not by a password', meaning: 'By our address, or not at all.' },
          {
            value: 'basic',
            label: 'User name and password',
            meaning: 'Sealed for the connectors, for this proxy alone.',
          },
        ]}
        onChange={(proxyAuthentication) => change({ proxyAuthentication })}
      />
      {draft.proxyAuthentication === 'basic' ? (
        <div className={styles.two}>
          <TextInput
            name="proxyUsername"
            label="User name at the proxy"
            description={existing ? 'Left empty, the one that is sealed stays.' : undefined}
            autoComplete="off"
            error={faults.proxyUsername}
            value={draft.proxyUsername}
            onChange={(event) => change({ proxyUsername: event.currentTarget.value })}
          />
          <PasswordInput
            name="proxyPassword"
            label="Password at the proxy"
            description={existing ? 'Goes with the user name.' : undefined}
            autoComplete="off"
            error={faults.proxyPassword}
            value={draft.proxyPassword}
            onChange={(event) => change({ proxyPassword: event.currentTarget.value })}
          />
        </div>
      ) : null}
      {isTlsProxy(draft) ? <TlsToProxy draft={draft} faults={faults} change={change} existing={existing} /> : null}
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={draft.proxyAllowPrivate}
          onChange={(event) => change({ proxyAllowPrivate: event.currentTarget.checked })}
        />
        <span>
          <strong>The proxy itself may have a private address</strong>
          <span className={styles.note}>Usual for a proxy in our own network. Jira’s address is judged apart.</span>
        </span>
      </label>
    </>
  );
}

/** An https proxy is judged by five checks of its own, before its credential leaves. */
function TlsToProxy({ draft, faults, change }: SectionProperties) {
  return (
    <>
      <Choice
        legend="Who may vouch for the proxy"
        value={draft.proxyAnchorsKind}
        options={[
          { value: 'public', label: 'Public authorities at the proxy', meaning: 'Its certificate is of a public one.' },
          {
            value: 'pem',
            label: 'A private authority at the proxy',
            meaning: 'Only these certificates are trusted for it.',
          },
        ]}
        onChange={(proxyAnchorsKind) => change({ proxyAnchorsKind })}
      />
      {draft.proxyAnchorsKind === 'pem' ? (
        <Textarea
          name="proxyAnchorsPem"
          label="Certificates of the proxy’s authority (PEM)"
          required
          rows={4}
          spellCheck={false}
          error={faults.proxyAnchorsPem}
          value={draft.proxyAnchorsPem}
          onChange={(event) => change({ proxyAnchorsPem: event.currentTarget.value })}
        />
      ) : null}
      <NativeSelect
        label="TLS policy to the proxy"
        data={[
          { value: '', label: 'The same as to Jira' },
          { value: 'tls12-six', label: 'tls12-six' },
          { value: 'tls12-four', label: 'tls12-four' },
          { value: 'tls13', label: 'tls13: TLS 1.3 too; nothing of ours is shown to a proxy' },
        ]}
        value={draft.proxyTlsPolicy}
        onChange={(event) => change({ proxyTlsPolicy: event.currentTarget.value as TlsPolicy | '' })}
      />
    </>
  );
}
