import type { ClientCertificate } from '@sallyport/console-api';
import { Button, NativeSelect } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useClientCertificates } from '../../api/client-certificates.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { useNow } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { dateWords, lifeLeftWords } from '../../words/time.ts';
import { RolloutForm } from './rollout-form.tsx';

/** Proposes that many connections go over to one certificate of ours; nothing moves before canaries and an approval. */
export function NewRolloutPage() {
  const certificates = useClientCertificates();
  return (
    <>
      <PageHeading title="Propose a rollout">
        One certificate of ours for many connections. Nothing moves yet: every connection is tried with it first, then
        you approve, then it goes cohort by cohort and stops by itself at the first that goes back.
      </PageHeading>
      <LiveLoader query={certificates} what="the client certificates">
        {(list) => <Chosen certificates={list} />}
      </LiveLoader>
    </>
  );
}

function Chosen({ certificates }: { certificates: readonly ClientCertificate[] }) {
  const now = useNow(60_000);
  const [search, setSearch] = useSearchParams();
  const ours = certificates
    .filter(
      ({ customerId, notAfter, revocation }) =>
        customerId === null && Date.parse(notAfter) > now && revocation?.status !== 'revoked',
    )
    // What was brought last is most likely the next one.
    .toSorted((one, other) => other.addedAt.localeCompare(one.addedAt));
  const wanted = search.get('certificate') ?? '';
  const next = ours.find(({ id }) => id === wanted);
  if (ours.length === 0)
    return (
      <EmptyState
        title="There is no certificate of ours to roll out."
        action={
          <Button component={Link} to="/client-certificates/new">
            New client certificate
          </Button>
        }
      >
        A rollout brings a certificate of the operator. Have a connector make a key, or upload the next certificate.
      </EmptyState>
    );
  return (
    <>
      <Panel title="The next certificate">
        <NativeSelect
          label="Certificate to roll out"
          data={[
            { value: '', label: 'Choose' },
            ...ours.map(({ id, name, notAfter, usages }) => ({
              value: id,
              label: `${name}, ${lifeLeftWords(notAfter, now)}${usages.length === 0 ? ', new' : ''}`,
            })),
          ]}
          value={next?.id ?? ''}
          onChange={(event) => setSearch({ certificate: event.currentTarget.value }, { replace: true })}
        />
        {next === undefined ? null : (
          <p>
            Until {dateWords(next.notAfter)}. <Link to={`/client-certificates/${next.id}`}>See the certificate</Link>
          </p>
        )}
      </Panel>
      {next === undefined ? null : (
        <RolloutForm key={next.id} certificate={next} replaces={search.get('replaces') ?? ''} />
      )}
    </>
  );
}
