import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

interface DownloadButtonProperties {
  readonly fileName: string;
  readonly text: string;
  readonly label: string;
}

/** Saves a text that is here already as a file; nothing is asked of the web tier. */
export function DownloadButton({ fileName, text, label }: DownloadButtonProperties) {
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // The browser takes hold of the text before the next task.
    setTimeout(() => URL.revokeObjectURL(address), 0);
  };
  return (
    <Button
      variant="default"
      size="compact-md"
      aria-label={label}
      leftSection={<IconDownload size={15} aria-hidden />}
      onClick={save}
    >
      Download
    </Button>
  );
}
