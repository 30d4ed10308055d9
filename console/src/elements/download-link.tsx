import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

/** A file of the web tier to be saved. */
export function DownloadLink({ address, children }: { address: string; children: string }) {
  return (
    <Button
      component="a"
      href={address}
      download
      variant="default"
      size="compact-md"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {children}
    </Button>
  );
}
