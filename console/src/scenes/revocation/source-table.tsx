import type { RevocationSource } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { Fragment } from 'react';
import { useFetchSource } from '../../api/revocation.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import tableStyles from '../../elements/table.module.css';
import { sizeWords } from '../../words/size.ts';
import { FreshnessBar } from './freshness-bar.tsx';
import { authorityWords, sourceCondition } from './source-condition.ts';
import styles from './source-table.module.css';

/** A row for each source on each host of connectors: what is held, how fresh it is, and what the last attempt said. */
export function SourceTable({ sources }: { sources: readonly RevocationSource[] }) {
  const fetchNow = useFetchSource();
  const announce = useAnnounce();
  return (
    <>
      {fetchNow.isError ? <ProblemNotice problem={fetchNow.error} /> : null}
      <div className={tableStyles.scroll}>
        <table className={`${tableStyles.table} ${styles.table}`}>
          <caption className="visually-hidden">Revocation sources</caption>
          <thead>
            <tr>
              <th scope="col">Authority and source</th>
              <th scope="col">Condition</th>
              <th scope="col">Age and next update</th>
              <th scope="col">Held</th>
              <th scope="col">Connector host</th>
              <th scope="col">Asked by</th>
              <th scope="col">
                <span className="visually-hidden">Fetch</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <Fragment key={source.id}>
                <tr className={styles.row} data-troubled={source.lastError !== null}>
                  <th scope="row">
                    <span title={source.authority}>{authorityWords(source.authority)}</span>
                    <span className={styles.sub}>
                      <span className={styles.kind}>{source.kind === 'crl' ? 'CRL' : 'OCSP'}</span>{' '}
                      {source.url.replace(/^http:\/\//u, '')}
                    </span>
                  </th>
                  <td data-label="Condition">
                    <SourceState source={source} />
                  </td>
                  <td data-label="Age">
                    <FreshnessBar thisUpdate={source.thisUpdate} nextUpdate={source.nextUpdate} />
                  </td>
                  <td data-label="Held">
                    <Held source={source} />
                  </td>
                  <td data-label="Host">
                    <span>{source.host}</span>
                  </td>
                  <td data-label="Asked by">
                    <AskedBy source={source} />
                  </td>
                  <td>
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`Fetch now: ${authorityWords(source.authority)}, ${source.kind === 'crl' ? 'CRL' : 'OCSP'} at ${source.url}`}
                      onClick={() =>
                        fetchNow.mutate(source.id, { onSuccess: () => announce('Its host will fetch it at once.') })
                      }
                    >
                      {fetchNow.isPending && fetchNow.variables === source.id ? 'Asking…' : 'Fetch now'}
                    </Button>
                  </td>
                </tr>
                {source.lastError === null ? null : (
                  <tr className={styles.trouble}>
                    <td colSpan={7}>
                      <strong>
                        {source.failures > 1
                          ? `The last ${source.failures} attempts failed:`
                          : 'The last attempt failed:'}
                      </strong>{' '}
                      {source.lastError.message} <code>{source.lastError.code}</code>
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function SourceState({ source }: { source: RevocationSource }) {
  const { word, tone } = sourceCondition(source);
  return (
    <>
      <Pill tone={tone}>{word}</Pill>
      {source.staleSince === null ? null : (
        <span className={styles.sub}>
          {source.thisUpdate === null ? 'without an answer' : 'stale'} since <Instant at={source.staleSince} />
        </span>
      )}
      <span className={styles.sub}>
        next attempt <Instant at={source.nextFetchAt} />
      </span>
    </>
  );
}

function Held({ source: { kind, entries, bytes, fetchedAt } }: { source: RevocationSource }) {
  if (bytes === null) return <span className={styles.sub}>nothing</span>;
  return (
    <span>
      {kind === 'crl' && entries !== null
        ? `${entries.toLocaleString('en-GB')} ${entries === 1 ? 'entry' : 'entries'}, `
        : ''}
      {sizeWords(bytes)}
      {fetchedAt === null ? null : (
        <span className={styles.sub}>
          fetched <Instant at={fetchedAt} />
        </span>
      )}
    </span>
  );
}

function AskedBy({ source: { connections, clientCertificates } }: { source: RevocationSource }) {
  const words = [
    ...(connections === 0 ? [] : [connections === 1 ? '1 connection' : `${connections} connections`]),
    ...(clientCertificates === 0
      ? []
      : [clientCertificates === 1 ? '1 certificate of ours' : `${clientCertificates} certificates of ours`]),
  ];
  return <span>{words.length === 0 ? 'nobody now' : words.join(', ')}</span>;
}
