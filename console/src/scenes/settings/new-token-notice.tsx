import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Notice } from '../../elements/notice.tsx';

/** A token just made: shown this once, because only its hash is kept. */
export function NewTokenNotice({ token }: { token: string }) {
  const clipboard = useClipboard();
  return (
    <Notice
      tone="ok"
      role="status"
      title="Copy it now: it is not shown again."
      action={
        <Button variant="default" size="compact-md" onClick={() => clipboard.copy(token)}>
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      }
    >
      <code>{token}</code>
    </Notice>
  );
}
