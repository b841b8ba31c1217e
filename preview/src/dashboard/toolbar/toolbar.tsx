/** Above the panels: which dashboard, which time, which services. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { useDashboard } from '../state/dashboard-state.ts';
import { AnnotationSwitches } from './annotation-switches.tsx';
import { DashboardLinks } from './dashboard-links.tsx';
import { TimeControls } from './time-controls.tsx';
import { VariablePickers } from './variable-pickers.tsx';

export function Toolbar(): React.ReactElement {
  const { dashboard, variablesError } = useDashboard();
  const [showsFilters, setShowsFilters] = useState(false);
  return (
    <div className={useStyles2(getStyle)} role="region" aria-label="Dashboard controls">
      <div className="line">
        <h1>{dashboard.title}</h1>
        <DashboardLinks />
        <span className="space" />
        <TimeControls />
        <Button
          className="filter-button"
          variant="secondary"
          icon="filter"
          aria-expanded={showsFilters}
          onClick={() => setShowsFilters(!showsFilters)}
        >
          Filters
        </Button>
      </div>
      <div className="line filters" data-open={showsFilters}>
        <VariablePickers />
        <AnnotationSwitches />
      </div>
      {variablesError !== undefined && (
        <Alert severity="error" title="The variables of this dashboard cannot be loaded" bottomSpacing={0}>
          {variablesError.message}
        </Alert>
      )}
    </div>
  );
}

/** On small screens it scrolls away with the page, and filters are shown when they are asked for. */
const getStyle = ({ colors, spacing, typography, zIndex, breakpoints }: GrafanaTheme2): string =>
  css({
    position: 'sticky',
    top: 41,
    zIndex: zIndex.navbarFixed - 1,
    display: 'grid',
    gap: spacing(1),
    padding: spacing(1, 2),
    margin: spacing(0, -2, 1),
    background: colors.background.canvas,
    '> .line': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: spacing(1, 1.5), minHeight: 32 },
    '> .filters:empty': { display: 'none' },
    '> .line > h1': { ...typography.h4, margin: 0 },
    '> .line > .space': { flex: 1 },
    '> .line > .filter-button': { display: 'none' },
    [breakpoints.down('md')]: {
      position: 'static',
      padding: spacing(1),
      margin: spacing(0, -1, 1),
      '> .line > .filter-button': { display: 'inline-flex' },
      '> .filters[data-open=false]': { display: 'none' },
    },
    '@media (max-height: 600px)': { position: 'static' },
  });
