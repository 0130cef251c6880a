import './styles/mantine';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/order.css';
import './styles/dialog.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { nonce } from './nonce';

// Libraries that make style elements of their own look for the nonce here.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce();
createRoot(document.getElementById('root')!).render(<App />);
