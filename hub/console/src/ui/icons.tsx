import type { ReactNode } from 'react';

const draw = (content: ReactNode) => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {content}
  </svg>
);

/** A state is told by shape as well as by colour. */
export type Role = 'good' | 'bad' | 'warn' | 'unknown' | 'progress' | 'neutral';

export const icons = {
  good: draw(<><circle cx="8" cy="8" r="6.3" /><path d="M5 8.3 7.2 10.4 11 6" /></>),
  bad: draw(<><path d="M5.5 1.9h5l3.6 3.6v5l-3.6 3.6h-5L1.9 10.5v-5z" /><path d="m6 6 4 4m0-4-4 4" /></>),
  warn: draw(<><path d="m8 2 6.3 11.2H1.7z" /><path d="M8 6.4v3.2M8 11.5v.1" /></>),
  unknown: draw(<><path d="M8 1.3 14.7 8 8 14.7 1.3 8z" /><path d="M6.7 6.5c.1-1.8 2.8-1.5 2.6.1-.1 1-1.3 1.1-1.3 2.1M8 10.8v.1" /></>),
  progress: draw(<><circle cx="8" cy="8" r="6.3" strokeDasharray="28 12" /><path d="M8 4.6V8l2.3 1.4" /></>),
  neutral: draw(<><circle cx="8" cy="8" r="6.3" /><path d="M5.3 8h5.4" /></>),
  search: draw(<><circle cx="7" cy="7" r="4.5" /><path d="m10.4 10.4 3.4 3.4" /></>),
  orders: draw(<><path d="M2.4 5 8 2l5.6 3v6L8 14l-5.6-3z" /><path d="M2.4 5 8 8l5.6-3M8 8v6" /></>),
  cases: draw(<path d="M2 3h12v8H7.2L4 13.6V11H2z" />),
  approvals: draw(<><path d="M3 3h10v10H3z" /><path d="m5.4 8 1.8 1.8L10.8 6" /></>),
  receive: draw(<path d="M2 6h12v7.4H2zM4 6V2.8h8V6M6 9h4" />),
  systems: draw(<path d="M5 2v3m6-3v3M3.5 5h9v2.4a4.5 4.5 0 0 1-9 0zM8 12v2.3" />),
  messages: draw(<path d="m2 8 12-5-4 11-2.7-4.6z" />),
  flows: draw(<><circle cx="3.6" cy="8" r="1.8" /><circle cx="12.4" cy="3.8" r="1.8" /><circle cx="12.4" cy="12.2" r="1.8" /><path d="m5.3 7.2 5.4-2.7M5.3 8.8l5.4 2.7" /></>),
  metrics: draw(<path d="M2 2v12h12M4.6 10.4 8 7l2.3 2L14 4.6" />),
  events: draw(<path d="M2 4h2m2.4 0H14M2 8h2m2.4 0H14M2 12h2m2.4 0H14" />),
  audit: draw(<path d="M3 2h10v12H3zm2.6 3.5h4.8M5.6 8h4.8m-4.8 2.5h2.8" />),
  reconcile: draw(<path d="M8 2v12M3 5h10M3 5l-1.6 4.5a2 2 0 0 0 3.2 0zm10 0-1.6 4.5a2 2 0 0 0 3.2 0z" />),
  copy: draw(<><path d="M5.6 5.6h8v8h-8z" /><path d="M10.4 5.6V2.4h-8v8h3.2" /></>),
  down: draw(<path d="m4 6 4 4 4-4" />),
  away: draw(<path d="M9 2.4h4.6V7M13.6 2.4 7.4 8.6M6.6 3.4H2.4v10.2h10.2V9.4" />),
  moon: draw(<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" />),
  person: draw(<><circle cx="8" cy="5.4" r="2.8" /><path d="M2.6 14c.5-3.2 2.6-4.6 5.4-4.6s4.9 1.4 5.4 4.6" /></>),
};
