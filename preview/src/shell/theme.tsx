/** Dark or light: what the address says (`?theme=light`), else what was chosen last, else what the system prefers. */
import { createTheme, ThemeContext } from '@grafana/data';
import { GlobalStyles } from '@grafana/ui';
import './page.css';
import { createContext, useContext, useMemo, useState } from 'react';

export type Mode = 'dark' | 'light';

interface ThemeSwitch {
  readonly mode: Mode;
  readonly toggle: () => void;
}

const storageKey = 'telltale-theme';
/** Grafana serves its own: here Inter is beside the page, and code is written in what the system has. */
const fonts = {
  fontFamily: 'Inter, Helvetica, Arial, sans-serif',
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
};
const ThemeSwitchContext = createContext<ThemeSwitch>({ mode: 'dark', toggle: () => {} });

export function useThemeSwitch(): ThemeSwitch {
  return useContext(ThemeSwitchContext);
}

export function ThemeProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const [mode, setMode] = useState(firstMode);
  const theme = useMemo(() => createTheme({ colors: { mode }, typography: fonts }), [mode]);
  const themeSwitch = useMemo<ThemeSwitch>(
    () => ({
      mode,
      toggle: () => {
        const next = mode === 'dark' ? 'light' : 'dark';
        localStorage.setItem(storageKey, next);
        setMode(next);
      },
    }),
    [mode],
  );
  return (
    <ThemeContext.Provider value={theme}>
      <ThemeSwitchContext.Provider value={themeSwitch}>
        <GlobalStyles />
        {children}
      </ThemeSwitchContext.Provider>
    </ThemeContext.Provider>
  );
}

function firstMode(): Mode {
  const asked = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(storageKey);
  if (asked === 'dark' || asked === 'light') return asked;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}
