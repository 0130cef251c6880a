import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Action, Exception, Order } from '../../api/types';
import { useTexts, worded } from '../../texts';
import type { Texts } from '../../texts/en';
import type { Format } from '../../texts/format';
import { icons, type Role } from '../../ui/icons';
import { Card, Scroller, State, When } from '../../ui/parts';

type Problem = { key: string; role: Role; head: string; text: string; button?: string; press?: () => void };
type Means = { t: Texts; f: Format; open: (action: Action, about?: string) => void; go: (to: string) => void };

/** The parked step that an exception is about: its subject is the idempotency key of what did not go out. */
function stepOf(order: Order, exception: Exception) {
  const parked = order.steps.filter((each) => each.state === 'parked');
  const memo = [...order.credit_memos, ...order.invoices].find((each) => each.id === exception.subject);
  const refund = order.refunds.find((each) => each.id === exception.subject);
  const action = memo?.action ?? refund?.action;
  return parked.find((each) => action && each.action === action) ?? parked[0];
}

function ofException(order: Order, exception: Exception, { t, f, open, go }: Means): Problem {
  const key = exception.id;
  const memo = [...order.credit_memos, ...order.invoices].find((each) => each.id === exception.subject);
  const step = exception.code === 'step_parked' ? stepOf(order, exception) : undefined;
  if (step && memo) {
    const head = t.problem.memoRefused(memo.number, t.system(step.connector), f.money(memo.totals.inc, order.currency));
    return { key, role: 'bad', head, text: `${t.quoted(memo.message || exception.message)} ${t.problem.customerNotAffected}`, button: t.problem.openMessage, press: () => go(`/ops/messages/${step.delivery}`) };
  }
  if (step) {
    return { key, role: 'bad', head: t.problem.stepParked(worded(t.steps, step.kind), t.system(step.connector)), text: t.quoted(step.message), button: t.problem.openMessage, press: () => go(`/ops/messages/${step.delivery}`) };
  }
  const refund = order.refunds.find((each) => each.id === exception.subject && each.state === 'failed');
  if (refund) {
    const head = t.problem.refundFailed(f.money(refund.amount, order.currency), t.system(order.connector));
    return { key, role: 'bad', head, text: `${t.quoted(refund.message)} ${t.problem.noMoneyYet}`, button: t.problem.otherWay, press: () => open('retry-refund', refund.id) };
  }
  return { key, role: 'warn', head: worded(t.exceptions, exception.code), text: t.quoted(exception.message), button: t.problem.resolve, press: () => open('resolve-exception', exception.id) };
}

function problemsOf(order: Order, means: Means): Problem[] {
  const { t, f } = means;
  const unknown = order.refunds
    .filter((each) => each.state === 'unknown')
    .map((each): Problem => {
      const step = order.steps.find((one) => one.action === each.action && one.kind === 'refund.create');
      const to = `/ops/messages/${step?.delivery ?? ''}`;
      return {
        key: each.id,
        role: 'unknown',
        head: t.problem.refundUnknown(f.money(each.amount, order.currency), t.system(order.connector)),
        text: t.problem.refundUnknownNext,
        ...(step ? { button: t.problem.openMessage, press: () => means.go(to) } : {}),
      };
    });
  const active = order.exceptions.filter((each) => each.status === 'active').map((each) => ofException(order, each, means));
  return [...unknown, ...active];
}

/** What somebody has to see to, above everything else: each with one button. */
export function Problems({ order, open }: { order: Order; open: (action: Action, about?: string) => void }) {
  const { t, f } = useTexts();
  const [, go] = useLocation();
  const problems = problemsOf(order, { t, f, open, go });
  if (!problems.length) return null;
  return (
    <ul className="problems" aria-label={t.problem.title}>
      {problems.map((each) => (
        <li key={each.key}>
          <span className={`edge edge-${each.role}`} />
          <span className={`ink-${each.role}`}>{icons[each.role]}</span>
          <div className="wrap-any">
            <span className="strong">{each.head}</span> <span className="quiet">{each.text}</span>
          </div>
          {each.button && (
            <Button size="compact-sm" variant="default" onClick={each.press}>
              {each.button}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** All that ever needed a person, with how it ended. */
export function ExceptionHistory({ order }: { order: Order }): ReactNode {
  const { t } = useTexts();
  if (!order.exceptions.length) return null;
  return (
    <Card id="exceptions" title={t.order.exceptions}>
      <Scroller labelledBy="exceptions">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.order.what}</th>
              <th scope="col">{t.order.raised}</th>
              <th scope="col">{t.order.state}</th>
              <th scope="col">{t.order.resolution}</th>
            </tr>
          </thead>
          <tbody>
            {order.exceptions.map((each) => (
              <tr key={each.id}>
                <td>
                  {worded(t.exceptions, each.code)}
                  <div className="small quiet wrap-any">{each.message}</div>
                </td>
                <td>
                  <When at={each.raised_at ?? null} />
                </td>
                <td>
                  <State of={each.status} />
                </td>
                <td>
                  {each.resolution || '–'}
                  {each.resolved_by && <div className="small quiet">{each.resolved_by}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}
