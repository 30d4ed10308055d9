import { Link } from 'react-router';
import { EmptyState } from '../elements/empty-state.tsx';
import { PageHeading } from '../elements/page-heading.tsx';

/** An address that leads nowhere. */
export function UnknownPage() {
  return (
    <>
      <PageHeading title="No such page" />
      <EmptyState title="This address leads nowhere." action={<Link to="/">To the connections</Link>}>
        It may have been mistyped, or what it showed is gone.
      </EmptyState>
    </>
  );
}
