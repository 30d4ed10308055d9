import type { EnforcerKitAnswer } from '@sallyport/console-api';
import { DownloadButton } from '../../../elements/download-button.tsx';
import { TextBlock } from '../../../elements/text-block.tsx';
import { sentence } from '../../../words/sentence.ts';
import { fileNameOf } from './product-names.ts';
import styles from './kit-files.module.css';

/** Every file of the kit: where it goes, with which rights, what it is for, and its text to copy or save. */
export function KitFiles({ files }: { files: EnforcerKitAnswer['files'] }) {
  return (
    <div className={styles.files}>
      {files.map(({ path, mode, purpose, text }) => (
        <section key={path} className={styles.file} aria-label={path}>
          <p className={styles.purpose}>
            {sentence(purpose)} <span className={styles.mode}>mode {mode}</span>
          </p>
          <TextBlock
            title={<code>{path}</code>}
            what={path}
            text={text}
            actions={<DownloadButton fileName={fileNameOf(path)} text={text} label={`Download ${path}`} />}
          />
        </section>
      ))}
    </div>
  );
}
