import type { ClientCertificateDetail } from '@sallyport/console-api';
import { MakeDefault } from '../client-certificates/make-default.tsx';
import styles from './new-connections.module.css';

/** Whether new connections are bound to it, and the change of that where it can be; nothing where it never could. */
export function NewConnections({ certificate }: { certificate: ClientCertificateDetail }) {
  const { isDefault, customerId, retirement, blocking } = certificate;
  if (isDefault)
    return <p className={styles.line}>It is the default: new connections are bound to it unless they name another.</p>;
  if (customerId !== null || retirement !== null || blocking > 0) return null;
  return (
    <div className={styles.line}>
      <p>
        New connections are bound to another certificate, the default. This one can take its place; connections that are
        there stay as they are.
      </p>
      <MakeDefault certificate={certificate} />
    </div>
  );
}
