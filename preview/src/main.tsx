/** Mounts the page. */
import './shell/no-eval.ts';
import './grafana/public-path.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('Cannot mount the page as index.html has no element "root"');
createRoot(root).render(<App />);
