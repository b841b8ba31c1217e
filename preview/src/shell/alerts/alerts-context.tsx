/** The alerting rules, asked for once for the whole page: whether they answer is also whether Prometheus does. */
import { createContext, useContext } from 'react';
import { type AlertRule, fetchAlertRules } from '../../api/alert-rules.ts';
import { useControls } from '../controls-context.tsx';
import { type Polled, usePolled } from '../poll.ts';

const calmMillis = 5_000;
/** While something is broken on purpose, somebody waits for each step. */
const watchedMillis = 2_000;

const AlertsContext = createContext<Polled<readonly AlertRule[]>>({});

export function useAlerts(): Polled<readonly AlertRule[]> {
  return useContext(AlertsContext);
}

export function AlertsProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const isWatched = useControls().controls.some(({ on }) => on);
  const [rules] = usePolled(fetchAlertRules, isWatched ? watchedMillis : calmMillis);
  return <AlertsContext.Provider value={rules}>{children}</AlertsContext.Provider>;
}
