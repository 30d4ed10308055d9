import type { EnforcerKitAnswer } from '@sallyport/console-api';
import { Panel } from '../../../elements/panel.tsx';
import { TextBlock } from '../../../elements/text-block.tsx';
import { sentence } from '../../../words/sentence.ts';
import styles from './kit-files.module.css';

interface KitTestsProperties {
  readonly tests: EnforcerKitAnswer['tests'];
  readonly reload: string | null;
}

/** How the new configuration is taken up, and how the customer proves that it keeps the right ones out. */
export function KitTests({ tests, reload }: KitTestsProperties) {
  return (
    <>
      {reload === null ? null : (
        <Panel title="Take it up">
          <TextBlock title="Check and reload" what="the reload command" form="command" text={reload} />
        </Panel>
      )}
      {tests.length === 0 ? null : (
        <Panel title="Test it">
          <div className={styles.files}>
            {tests.map(({ what, command, expect }) => (
              <div key={what} className={styles.file}>
                <TextBlock title={sentence(what, '')} what={`the command: ${what}`} form="command" text={command} />
                <p className={styles.purpose}>{sentence(`Expect: ${expect}`)}</p>
              </div>
            ))}
          </div>
        </Panel>
      )}
    </>
  );
}
