import type { Role } from './icons';

/** What a state asks of a person: good, nothing; warn and bad, to act; unknown, not to act. */
const ROLES: Record<string, Role> = {
  ordered: 'neutral', partially_allocated: 'progress', allocated: 'progress', partially_fulfilled: 'progress',
  fulfilled: 'good', return_initiated: 'progress', reshipped: 'good', returned: 'neutral', cancelled: 'neutral',
  partially_returned: 'neutral', authorized: 'progress', partly_captured: 'progress', captured: 'good',
  partly_refunded: 'neutral', refunded: 'neutral', partly_fulfilled: 'progress', delivered: 'good',
  initiated: 'progress', partly_returned: 'neutral', none: 'neutral',
  pending: 'progress', declined: 'bad', failed: 'bad', intent: 'progress', reserved: 'progress', sent: 'progress',
  unknown: 'unknown', succeeded: 'good', draft: 'neutral', shipped: 'good', submitted: 'progress', approved: 'progress',
  partly_received: 'progress', received: 'good', closed: 'neutral', open: 'progress',
  queued: 'progress', posted: 'good', differs: 'bad', refused: 'bad',
  waiting: 'progress', in_flight: 'progress', working: 'progress', done: 'good', parked: 'bad', dropped: 'neutral',
  active: 'warn', ignored: 'neutral', resolved: 'good',
  linked: 'good', suggested: 'warn', unlinked: 'neutral', running: 'progress', ready: 'progress', asking: 'warn', skipped: 'neutral', undone: 'neutral', completed: 'good',
  missing: 'bad', doubled: 'bad', different: 'warn', explained: 'neutral', half_open: 'warn', disabled: 'neutral',
};

export const roleOf = (state: string): Role => ROLES[state] ?? 'neutral';
