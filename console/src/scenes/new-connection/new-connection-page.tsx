import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCustomers } from '../../api/customers.ts';
import { useCreateConnection } from '../../api/new-connection.ts';
import { Problem } from '../../api/problem.ts';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { SandboxOffer } from '../sandbox/sandbox-offer.tsx';
import { emptyDraft } from './connection-draft.ts';
import { ConnectionForm } from './connection-form.tsx';
import { connectionRequest, refusedFields } from './connection-request.ts';
import { SharedHostTick } from './shared-host-tick.tsx';

/** Writes down the terms of a new connection. */
export function NewConnectionPage() {
  const navigate = useNavigate();
  const customers = useCustomers();
  const create = useCreateConnection();
  const [confirmed, setConfirmed] = useState(false);
  const hostIsTaken = create.error instanceof Problem && create.error.code === 'host-belongs-to-another-customer';
  return (
    <>
      <PageHeading title="New connection">
        What you write down here becomes the terms: both sides can read, print and sign them before anything is dialled.
      </PageHeading>
      <SandboxOffer />
      <ConnectionForm
        initial={emptyDraft}
        existing={false}
        customerNames={(customers.data ?? []).map(({ name }) => name)}
        busy={create.isPending}
        refused={refusedFields(create.error)}
        onSubmit={(draft) =>
          create.mutate(connectionRequest(draft, customers.data ?? [], confirmed), {
            onSuccess: ({ id }) => void navigate(`/connections/${id}`),
          })
        }
        problem={
          create.isError ? (
            <>
              <ProblemNotice problem={create.error} />
              {hostIsTaken ? <SharedHostTick confirmed={confirmed} onChange={setConfirmed} /> : null}
            </>
          ) : null
        }
      />
    </>
  );
}
