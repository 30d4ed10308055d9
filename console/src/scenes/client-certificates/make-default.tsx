import type { ClientCertificate } from '@sallyport/console-api';
import { useMakeDefault } from '../../api/client-certificates.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';

/** Binds new connections to the certificate from now on; asks nothing, because it is taken back as easily. */
export function MakeDefault({ certificate }: { certificate: Pick<ClientCertificate, 'id' | 'name'> }) {
  const make = useMakeDefault(certificate.id);
  const announce = useAnnounce();
  return (
    <>
      <ActionButton
        busyWord="Making it the default"
        busy={make.isPending}
        onClick={() =>
          make.mutate(undefined, {
            onSuccess: () => announce(`New connections are bound to ${certificate.name} from now on.`),
          })
        }
      >
        Make it the default
      </ActionButton>
      {make.isError ? <ProblemNotice problem={make.error} /> : null}
    </>
  );
}
