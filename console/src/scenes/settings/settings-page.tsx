import { PageHeading } from '../../elements/page-heading.tsx';
import { Tokens } from './tokens.tsx';

/** Tokens for the API. */
export function SettingsPage() {
  return (
    <>
      <PageHeading title="Settings">The same facts as in this console are in the API, under /api/v1.</PageHeading>
      <Tokens />
    </>
  );
}
