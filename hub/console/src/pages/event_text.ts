import type { Event } from '../api/types';
import { worded } from '../texts';
import type { Texts } from '../texts/en';
import type { Format } from '../texts/format';
import type { Role } from '../ui/icons';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How an event looks: what ended well, what needs a person, what is not known. */
export function roleOfEvent(event: Event): Role {
  if (/\.(parked|failed)$/.test(event.type) || event.type === 'refund.chargeback') return 'bad';
  if (/(unknown|unconfirmed)$/.test(event.type)) return 'unknown';
  if (/raised$|suggested$|dropped$/.test(event.type)) return 'warn';
  if (/\.(done|completed|succeeded|posted|linked|confirmed|resolved)$/.test(event.type)) return 'good';
  if (/submitted$|retried$|started$/.test(event.type)) return 'progress';
  return 'neutral';
}

/** One sentence about an event, from its type and data. */
export function sentence(event: Event, t: Texts, f: Format, currency?: string): string {
  const data = event.data as Record<string, unknown>;
  const what = worded(t.events, event.type);
  const details: string[] = [];
  const action = text(data.action);
  const delta = data.delta as { inc?: string } | undefined;
  if (action && action in t.actions) details.push(t.actions[action as keyof Texts['actions']].name);
  if (text(data.kind)) details.push(worded(t.steps, text(data.kind)));
  if (delta?.inc && currency && !/^-?[0.]+$/.test(delta.inc)) details.push(f.money(delta.inc, currency));
  if (text(data.subject) && event.type.startsWith('exception')) details.push(worded(t.exceptions, text(data.subject)));
  if (text(data.reason)) details.push(t.quoted(text(data.reason)));
  if (text(data.message)) details.push(t.quoted(text(data.message)));
  return details.length ? `${what}: ${details.join(', ')}` : what;
}
