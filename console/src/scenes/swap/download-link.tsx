import { Button } from '@mantine/core';
import { IconCalendarDown } from '@tabler/icons-react';

/** A calendar entry to be saved. */
export function DownloadLink({ address, children }: { address: string; children: string }) {
  return (
    <Button
      component="a"
      href={address}
      download
      variant="default"
      size="compact-md"
      leftSection={<IconCalendarDown size={16} aria-hidden />}
    >
      {children}
    </Button>
  );
}
