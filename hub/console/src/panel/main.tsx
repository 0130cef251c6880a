/** The panel in a desk's own page: a page of its own without the libraries of the console, so that it is there at once. */
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/parts.css';
import './panel.css';
import { createRoot } from 'react-dom/client';
import { TextsProvider } from '../texts';
import { Panel } from './panel';

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.setAttribute('data-mantine-color-scheme', dark.matches ? 'dark' : 'light');
dark.addEventListener('change', paint);
paint();

createRoot(document.getElementById('root')!).render(
  <TextsProvider>
    <Panel />
  </TextsProvider>,
);
