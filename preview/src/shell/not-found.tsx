/** An address that leads nowhere. */
import { Link } from 'wouter';

export function NotFound(): React.ReactElement {
  return (
    <main style={{ padding: 24 }}>
      <h1>There is no such page</h1>
      <Link href="/">All dashboards</Link>
    </main>
  );
}
