/** Small parts that every page is made of. */
import type { ReactNode } from 'react';
import { useTexts, worded } from '../texts';
import { icons, type Role } from './icons';
import { roleOf } from './roles';

export function Badge({ role, children, bare }: { role: Role; children: ReactNode; bare?: boolean }) {
  return (
    <span className={`badge role-${role}${bare ? ' bare' : ''}`}>
      {icons[role]}
      <span>{children}</span>
    </span>
  );
}

/** A state of the hub, by its word. Filled where somebody may have to act, bare elsewhere. */
export function State({ of, filled }: { of: string; filled?: boolean }) {
  const { t } = useTexts();
  const role = roleOf(of);
  return (
    <Badge role={role} bare={!(filled ?? (role === 'bad' || role === 'warn' || role === 'unknown'))}>
      {worded(t.states, of)}
    </Badge>
  );
}

export function Copy({ text }: { text: string }) {
  const { t } = useTexts();
  return (
    <button type="button" className="copy" aria-label={`${t.copy}: ${text}`} title={t.copy} onClick={() => void navigator.clipboard?.writeText(text)}>
      {icons.copy}
    </button>
  );
}

export function Money({ amount, currency, signed }: { amount: string; currency: string; signed?: boolean }) {
  const { f } = useTexts();
  return <span className="digits one-line">{f.money(amount, currency, signed ? 'exceptZero' : 'auto')}</span>;
}

export function When({ at, seconds }: { at: string | null | undefined; seconds?: boolean }) {
  const { t, f } = useTexts();
  if (!at) return <span className="quiet">{t.unknown}</span>;
  return (
    <time dateTime={at} title={f.full(at)} className="digits one-line">
      {seconds ? f.seconds(at) : f.moment(at)}
    </time>
  );
}

/** A zero is a dash, so that the figures that matter stand out. */
export function Count({ of, warn }: { of: number; warn?: boolean }) {
  if (of === 0 && !warn) return <span className="quiet">–</span>;
  return warn ? <b className="ink-warn">{of}</b> : <>{of}</>;
}

/** No landmark of its own: what scrolls in it is one, under the same heading. */
export function Card({ id, title, aside, children }: { id: string; title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="card">
      <div className="card-head">
        <h2 id={`h-${id}`}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A table that scrolls sideways by itself, never the page. */
export function Scroller({ labelledBy, children }: { labelledBy: string; children: ReactNode }) {
  return (
    <div className="scroller" role="region" tabIndex={0} aria-labelledby={`h-${labelledBy}`}>
      {children}
    </div>
  );
}

export function Note({ role, children }: { role: Role; children: ReactNode }) {
  return (
    <div className={`note role-${role}`}>
      {icons[role]}
      <div>{children}</div>
    </div>
  );
}

/** `agent:lena` as Lena's name, `connector:shop` as the shop. */
export function Actor({ of }: { of: string }) {
  const { t } = useTexts();
  const [kind, name] = of.includes(':') ? [of.slice(0, of.indexOf(':')), of.slice(of.indexOf(':') + 1)] : ['', of];
  if (kind === 'connector') return <>{t.system(name)}</>;
  return <>{name === 'hub' ? t.hub : name}</>;
}
