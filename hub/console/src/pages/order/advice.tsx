import { Button } from '@mantine/core';
import type { Action, Eligibility, Order } from '../../api/types';
import { useTexts } from '../../texts';
import type { Texts } from '../../texts/en';
import type { Format } from '../../texts/format';
import { Note } from '../../ui/parts';

type Recommendation = { key: string; text: string; actions: [Action, string?][] };

const DAY_MS = 86_400_000;
const LATE_DAYS = 7;
const LATE = /where is|not arrived|hasn.t arrived|late|missing|lost|wo (ist|bleibt)|nicht (angekommen|erhalten)|verspätet|fehlt/i;

/** A parcel that left long ago and that nobody has seen arrive, or that a customer asks about. */
function lateParcel(order: Order, t: Texts, now: number): Recommendation | undefined {
  const parcel = order.fulfilments.find((each) => each.state === 'shipped' && each.kind === 'standard');
  if (!parcel?.at) return undefined;
  const days = Math.floor((now - Date.parse(parcel.at)) / DAY_MS);
  const asked = order.cases.find((each) => each.state === 'open' && LATE.test(each.subject ?? ''));
  if (days < LATE_DAYS && !asked) return undefined;
  const text = asked ? t.advice.asksAfterParcel(asked.subject ?? '', parcel.tracking_number) : t.advice.late(days, parcel.tracking_number);
  return { key: 'late', text, actions: [['reship'], ['return']] };
}

function recommendations(order: Order, t: Texts, f: Format): Recommendation[] {
  const found: Recommendation[] = [];
  const excess = order.money.excess;
  if (excess && !/^-?[0.]+$/.test(excess)) found.push({ key: 'excess', text: t.advice.excess(f.money(excess, order.currency)), actions: [['refund']] });
  const late = lateParcel(order, t, Date.now());
  if (late) found.push(late);
  for (const each of order.return_orders)
    if (each.state === 'received') found.push({ key: each.id, text: t.advice.closeReturn(each.number), actions: [['close-return', each.id]] });
  return found;
}

/** What to do next, from the state of the order and its cases; only what is possible. */
export function Advice({ order, eligibility, open }: { order: Order; eligibility: Eligibility | undefined; open: (action: Action, about?: string) => void }) {
  const { t, f } = useTexts();
  const possible = (action: Action) => eligibility?.actions.some((each) => each.action === action && each.possible);
  const shown = recommendations(order, t, f)
    .map((each) => ({ ...each, actions: each.actions.filter(([action]) => possible(action)) }))
    .filter((each) => each.actions.length);
  if (!shown.length) return null;
  return (
    <section className="advice" aria-label={t.advice.title}>
      {shown.map((each) => (
        <Note key={each.key} role="progress">
          <div className="row apart">
            <span className="wrap-any">{each.text}</span>
            <span className="row close">
              {each.actions.map(([action, about]) => (
                <Button key={action} size="compact-sm" variant="default" onClick={() => open(action, about)}>
                  {t.actions[action].name}
                </Button>
              ))}
            </span>
          </div>
        </Note>
      ))}
    </section>
  );
}
