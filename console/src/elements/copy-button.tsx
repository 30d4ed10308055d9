import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useAnnounce } from './announcement.tsx';

interface CopyButtonProperties {
  readonly text: string;
  /** What is copied, for the button's name: `Copy the text`. */
  readonly children?: string;
  /** Where the words alone do not say which of several is copied. */
  readonly label?: string;
}

/** Puts a text on the clipboard, and says for a moment that it did. */
export function CopyButton({ text, children = 'Copy', label }: CopyButtonProperties) {
  const clipboard = useClipboard({ timeout: 2500 });
  const announce = useAnnounce();
  return (
    <Button
      variant="default"
      size="compact-md"
      aria-label={label}
      leftSection={clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      onClick={() => {
        clipboard.copy(text);
        announce('Copied.');
      }}
    >
      {clipboard.error !== null ? 'Not copied: select it' : clipboard.copied ? 'Copied' : children}
    </Button>
  );
}
