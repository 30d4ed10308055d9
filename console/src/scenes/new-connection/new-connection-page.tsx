import { useNavigate } from 'react-router';
import { useCustomers } from '../../api/customers.ts';
import { useCreateConnection } from '../../api/new-connection.ts';
import { PageHeading } from '../../elements/page-heading.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { SandboxOffer } from '../sandbox/sandbox-offer.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { connectionRequest, refusedFields } from './connection-request.ts';

/** Writes down the terms of a new connection. */
export function NewConnectionPage() {
  const navigate = useNavigate();
  const customers = useCustomers();
  const create = useCreateConnection();
  return (
    <>
      <PageHeading title="New connection">
        What you write down here becomes the terms: both sides can read, print and sign them before anything is dialled.
      </PageHeading>
      <SandboxOffer />
      {create.isError ? <ProblemNotice problem={create.error} /> : null}
      <ConnectionForm
        customerNames={(customers.data ?? []).map(({ name }) => name)}
        busy={create.isPending}
        refused={refusedFields(create.error)}
        onSubmit={(draft) =>
          create.mutate(connectionRequest(draft, customers.data ?? []), {
            onSuccess: ({ id }) => void navigate(`/connections/${id}`),
          })
        }
      />
    </>
  );
}
