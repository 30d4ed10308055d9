import type { ConnectionDetail, EnforcerKitAnswer } from '@sallyport/console-api';
import { enforcerProduct } from './enforcer-product.ts';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { enforcerTextAddress, useEnforcerKit } from '../../../api/enforcer.ts';
import { EmptyState } from '../../../elements/empty-state.tsx';
import { LiveLoader } from '../../../elements/live-loader.tsx';
import { Notice } from '../../../elements/notice.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { sentence } from '../../../words/sentence.ts';
import { KitAbilities } from './kit-abilities.tsx';
import { KitFiles } from './kit-files.tsx';
import { KitTests } from './kit-tests.tsx';
import { ProductChoice } from './product-choice.tsx';
import styles from './enforcer-kit.module.css';

/** What the customer puts in place so that their side lets us in and nobody else: complete, for the product that they have. */
export function EnforcerKit({ connection }: { connection: ConnectionDetail }) {
  const [search, setSearch] = useSearchParams();
  // The address follows a moment later: the choice itself answers at once.
  const [product, setProduct] = useState(() => enforcerProduct(search.get('product')));
  if (connection.clientCertificate === null) {
    return (
      <EmptyState title="There is nothing to enforce.">
        This connection goes without a client certificate: {connection.withoutReason}
      </EmptyState>
    );
  }
  return (
    <>
      <Panel title="What stands in front of Jira?">
        <ProductChoice
          product={product}
          onChange={(chosen) => {
            setProduct(chosen);
            setSearch({ product: chosen }, { replace: true, preventScrollReset: true });
          }}
        />
      </Panel>
      <Kit connection={connection} product={product} />
    </>
  );
}

interface KitProperties {
  readonly connection: ConnectionDetail;
  readonly product: EnforcerKitAnswer['product'];
}

function Kit({ connection, product }: KitProperties) {
  const query = useEnforcerKit(connection.id, product);
  return (
    <LiveLoader query={query} what="the kit">
      {(kit) => (
        <>
          <Notice
            tone={kit.testedWith === null ? 'warn' : 'ok'}
            title={
              kit.testedWith === null
                ? `${kit.title}: a checklist that we have not tested.`
                : `${kit.title}: our tests start this configuration.`
            }
            action={
              <Button
                component="a"
                href={enforcerTextAddress(connection.id, product)}
                download={`sallyport-${product}-${connection.host}.txt`}
                variant="default"
                size="compact-md"
                leftSection={<IconDownload size={15} aria-hidden />}
              >
                All as one text
              </Button>
            }
          >
            <p>
              {kit.testedWith === null
                ? 'It holds the same facts. Read it beside the product’s own manual, and try every test below.'
                : `Tested with ${kit.title} ${kit.testedWith}: our certificate gets in; none, an expired, revoked or foreign one, and one of the same authority under another name stay out.`}
            </p>
          </Notice>
          {kit.warnings.map((warning) => (
            <Notice key={warning} tone="warn" title={warning} />
          ))}
          <Panel title="What it does">
            <KitAbilities abilities={kit.abilities} differences={kit.differences} />
          </Panel>
          {kit.files.length === 0 ? null : (
            <Panel title={kit.files.length === 1 ? 'The file' : `The ${kit.files.length} files`}>
              <KitFiles files={kit.files} />
            </Panel>
          )}
          <Panel title="Put it in place">
            <ol className={styles.steps}>
              {kit.steps.map((step) => (
                <li key={step}>{sentence(step)}</li>
              ))}
            </ol>
          </Panel>
          <KitTests tests={kit.tests} reload={kit.reload} />
        </>
      )}
    </LiveLoader>
  );
}
