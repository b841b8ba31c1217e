/** The first page: the dashboards. */
import { Link } from 'wouter';
import { useInfo } from '../shell/info-context.tsx';

export function StartPage(): React.ReactElement {
  const { dashboards } = useInfo();
  return (
    <main style={{ padding: 16 }}>
      {dashboards.map(({ uid, title }) => (
        <p key={uid}>
          <Link href={`/d/${uid}`}>{title}</Link>
        </p>
      ))}
    </main>
  );
}
