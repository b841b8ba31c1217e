/** An address that leads nowhere. */
import { Link } from 'wouter';
import { Page } from './page.tsx';

export function NotFound(): React.ReactElement {
  return (
    <Page title="Not found">
      <h1>There is no such page</h1>
      <p>
        <Link href="/">All dashboards</Link> or <Link href="/runbooks/">all runbooks</Link>
      </p>
    </Page>
  );
}
