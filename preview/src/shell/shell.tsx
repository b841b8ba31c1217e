/** The bar at the top of every page. */
import { ToolbarButton } from '@grafana/ui';
import { Link } from 'wouter';
import { useThemeSwitch } from './theme.tsx';

export function Shell({ children }: React.PropsWithChildren): React.ReactElement {
  const { mode, toggle } = useThemeSwitch();
  return (
    <>
      <header style={{ display: 'flex', justifyContent: 'space-between', padding: '8px 16px' }}>
        <Link href="/">Telltale</Link>
        <ToolbarButton
          icon="adjust-circle"
          aria-label={`Switch to ${mode === 'dark' ? 'light' : 'dark'}`}
          onClick={toggle}
        />
      </header>
      {children}
    </>
  );
}
