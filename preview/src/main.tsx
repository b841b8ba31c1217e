/** Mounts the page. */
import './grafana/public-path.ts';
import '@fontsource-variable/inter/wght.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('Cannot mount the page as index.html has no element "root"');
createRoot(root).render(<App />);
