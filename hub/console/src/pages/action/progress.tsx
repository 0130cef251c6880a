import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { queries } from '../../api/queries';
import type { Order, Step, Submission } from '../../api/types';
import { useTexts, worded } from '../../texts';
import { icons } from '../../ui/icons';
import { Note } from '../../ui/parts';
import { roleOf } from '../../ui/roles';

const LOOK_AGAIN_MS = 2_000;
const isOver = (step: Step) => ['done', 'parked', 'dropped'].includes(step.state);

export const stepsOf = (order: Order, actionId: string): Step[] => order.steps.filter((each) => each.action === actionId);

/** Follows an action until all of its effects are over, also if the stream of events is down. */
export function useSteps(order: Order, actionId: string | undefined): Step[] {
  const steps = actionId ? stepsOf(order, actionId) : [];
  const open = !!actionId && steps.some((each) => !isOver(each));
  useQuery({ ...queries.order(order.id), refetchInterval: open ? LOOK_AGAIN_MS : false, enabled: open });
  return steps;
}

function Effect({ step, order }: { step: Step; order: Order }) {
  const { t } = useTexts();
  const role = roleOf(step.state);
  const turning = step.state === 'waiting' || step.state === 'in_flight';
  const refund = step.kind === 'refund.create' ? order.refunds.find((each) => each.action === step.action) : undefined;
  const doneText = refund && refund.state === 'pending' ? t.progress.refundTaken(t.system(step.connector)) : worded(t.progress.states, step.state);
  return (
    <li>
      <span className={`ink-${role}${turning ? ' turning' : ''}`}>{icons[role]}</span>
      <span className="wrap-any">
        <b>{t.system(step.connector)}</b> <span className="quiet">{worded(t.steps, step.kind)}</span>
        <span className={`small ink-${role}`} style={{ display: 'block' }}>
          {step.state === 'done' ? doneText : worded(t.progress.states, step.state)}
          {step.state === 'waiting' && step.attempts > 0 && ` · ${t.progress.tries(step.attempts)}`}
        </span>
        {step.message && step.state !== 'done' && <span className="small quiet">{t.quoted(step.message)}</span>}
        {step.state === 'parked' && (
          <span className="small" style={{ display: 'block' }}>
            <Link href={`/ops/messages/${step.delivery}`}>{t.problem.openMessage}</Link>
          </span>
        )}
      </span>
      <span />
    </li>
  );
}

/** How far it is. The first sentence says what it means for the customer. */
export function Progress({ order, submission, replayed, steps }: { order: Order; submission: Submission; replayed: boolean; steps: Step[] }) {
  const { t } = useTexts();
  const parked = steps.filter((each) => each.state === 'parked').length;
  const unknown = steps.some((each) => each.state === 'unknown');
  const over = steps.length > 0 && steps.every(isOver);
  const nothing = submission.plan.steps.length === 0;
  const refundFailed = order.refunds.some((each) => each.action === submission.action_id && each.state === 'failed');
  const headline = parked ? (refundFailed ? t.progress.refundFailed : t.progress.partly(parked, steps.length)) : unknown ? t.progress.unknown : nothing || over ? t.progress.all : t.progress.accepted;
  const role = parked ? 'bad' : unknown ? 'unknown' : nothing || over ? 'good' : 'progress';
  return (
    <>
      <h3>{t.progress.title}</h3>
      <div role="status">
        <Note role={role}>
          {replayed && <p>{t.progress.replayed}</p>}
          <p>{headline}</p>
        </Note>
      </div>
      <ol className="effects" style={{ marginTop: 8 }}>
        {steps.map((each) => (
          <Effect key={each.delivery} step={each} order={order} />
        ))}
      </ol>
      {submission.created.exchange_order && (
        <p style={{ marginTop: 8 }}>
          <Link href={`/orders/${submission.created.exchange_order}`}>{t.preview.exchangeOrder}</Link>
        </p>
      )}
    </>
  );
}
