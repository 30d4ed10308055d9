import { useId, useState, type ChangeEvent } from 'react';
import type { UploadedFiles } from '../../api/certificate-intake.ts';
import styles from './file-picker.module.css';

/** What the API takes of all files together. */
const largestBytes = 400_000;
const mostFiles = 20;

interface FilePickerProperties {
  readonly label: string;
  readonly description: string;
  readonly files: UploadedFiles;
  readonly fault?: string | undefined;
  readonly onChange: (files: UploadedFiles) => void;
}

/** Files from this machine; what is too much is refused here, before anything is sent. */
export function FilePicker({ label, description, files, fault, onChange }: FilePickerProperties) {
  const id = useId();
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const picker = event.currentTarget;
    const chosen = [...(picker.files ?? [])];
    const bytes = chosen.reduce((sum, { size }) => sum + size, 0);
    const empty = chosen.find(({ size }) => size === 0);
    const why =
      chosen.length > mostFiles
        ? `${chosen.length} files: at most ${mostFiles} are taken.`
        : bytes > largestBytes
          ? `The files have ${Math.ceil(bytes / 1000).toLocaleString('en-GB')} kB together; at most ${largestBytes / 1000} kB are taken. A certificate with chain and key has a few: choose those alone.`
          : empty === undefined
            ? null
            : `${empty.name} is empty.`;
    setRefused(why);
    // The name of a refused file must not pass for one that was taken.
    if (why !== null) picker.value = '';
    onChange(why === null ? await Promise.all(chosen.map(readFile)) : []);
  };
  const problem = refused ?? fault;
  return (
    <div className={styles.picker}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <p className={styles.description} id={`${id}-about`}>
        {description}
      </p>
      <input
        id={id}
        className={styles.input}
        type="file"
        multiple
        aria-describedby={problem === undefined ? `${id}-about` : `${id}-about ${id}-fault`}
        aria-invalid={problem !== undefined}
        onChange={(event) => void take(event)}
      />
      {files.length < 2 ? null : <p className={styles.description}>{files.map(({ name }) => name).join(', ')}</p>}
      {problem === undefined ? null : (
        <p className={styles.fault} id={`${id}-fault`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

async function readFile(file: File): Promise<UploadedFiles[number]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCodePoint(...bytes.subarray(at, at + 8192));
  return { name: file.name.slice(0, 200), base64: btoa(text) };
}
