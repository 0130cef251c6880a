import { Button, TextInput } from '@mantine/core';
import { useRef, useState, type ComponentType } from 'react';
import type { Action, Eligibility, Eligible, Order, Plan } from '../../api/types';
import { useLive } from '../../shell/live';
import { useTexts } from '../../texts';
import type { Texts } from '../../texts/en';
import type { Format } from '../../texts/format';
import { Dialog } from '../../ui/dialog';
import { Placeholder } from '../../ui/loading';
import { Note } from '../../ui/parts';
import { told } from '../../ui/told';
import { sentence } from '../event_text';
import { begin, isComplete, needsReason, type Body, type FormProps } from './body';
import { DiscountForm, ExceptionForm, ExchangeForm, FulfilForm, RecordPaymentForm, RefundForm, RetryRefundForm, ReturnOrderForm } from './other_forms';
import { Figures, isZero, PlannedEffects } from './preview_panel';
import { Progress, useSteps } from './progress';
import { UnitsAndMoneyForm, UnitsForm } from './units_form';
import { usePreview, type Previewed } from './use_preview';
import { useSubmission } from './use_submission';

const FORMS: Partial<Record<Action, ComponentType<FormProps>>> = {
  cancel: UnitsAndMoneyForm,
  return: UnitsAndMoneyForm,
  'open-return': UnitsAndMoneyForm,
  reship: UnitsForm,
  exchange: ExchangeForm,
  fulfil: FulfilForm,
  'record-payment': RecordPaymentForm,
  discount: DiscountForm,
  appease: DiscountForm,
  refund: RefundForm,
  'retry-refund': RetryRefundForm,
  'resolve-exception': ExceptionForm,
  'submit-return': ReturnOrderForm,
  'approve-return': ReturnOrderForm,
  'close-return': ReturnOrderForm,
  'cancel-return': ReturnOrderForm,
};

/** The verb and, if money moves, how much. */
function buttonText(action: Action, plan: Plan | undefined, t: Texts, f: Format): string {
  const verb = t.actions[action].submit;
  if (!plan) return verb;
  const refund = plan.money.refund;
  if (!isZero(refund)) return t.action.andRefund(verb, f.money(refund!, plan.currency), action);
  const operation = plan.payment_operations[0];
  if (operation && plan.payment_operations.length === 1) return `${verb} ${f.money(operation.amount, plan.currency)}`;
  const change = plan.totals.change?.inc;
  if ((action === 'discount' || action === 'appease') && !isZero(change)) return `${verb} ${f.money(change!.replace('-', ''), plan.currency)}`;
  return verb;
}

function StaleNote({ order, previewed, problemEvents }: { order: Order; previewed: Previewed; problemEvents: string[] }) {
  const { t } = useTexts();
  if (!previewed.stale) return null;
  return (
    <Note role="warn">
      <p role="alert">{previewed.stale === 'changed' ? t.action.changed(order.number) : t.action.old}</p>
      {previewed.stale === 'changed' && problemEvents.map((each) => <p key={each} className="small">{each}</p>)}
      <Button size="compact-sm" variant="default" mt={6} onClick={previewed.recalculate}>
        {t.action.recalculate} <span className="kbd" style={{ marginLeft: 6 }}>Ctrl+Enter</span>
      </Button>
    </Note>
  );
}

type Props = { order: Order; action: Action; about: string | undefined; eligibility: Eligibility | undefined; close: () => void };

function NotPossible({ eligible, action, close }: { eligible: Eligible | undefined; action: Action; close: () => void }) {
  const { t } = useTexts();
  return (
    <Dialog title={t.actions[action]?.name ?? action} close={close} size={520}>
      <Note role="warn">{eligible ? (t.impossible[eligible.code] ?? eligible.reason) : t.noSuchPage}</Note>
    </Dialog>
  );
}

/** One action: inputs on the left, the hub's figures on the right, then how far its effects are. */
export default function ActionDialog(props: Props) {
  const { eligibility, action } = props;
  const eligible = eligibility?.actions.find((each) => each.action === action);
  // Once open it stays: what it has just done may not be possible again.
  const opened = useRef(false);
  if (!eligibility && !opened.current) return null;
  if (!eligible?.possible && !opened.current) return <NotPossible eligible={eligible} action={action} close={props.close} />;
  opened.current = true;
  return <OpenDialog {...props} eligible={eligible} />;
}

function OpenDialog({ order, action, about, eligible, close }: Props & { eligible: Eligible | undefined }) {
  const { t, f } = useTexts();
  const { online } = useLive();
  const [first] = useState(() => begin(action, order, eligible, about));
  const [body, setBody] = useState<Body>(first);
  const { submitting, send, askAgain, edit } = useSubmission(order.id, action);
  const accepted = submitting.state === 'accepted' ? submitting : null;
  const asked = submitting.state === 'asked' ? submitting.asked : null;
  const locked = submitting.state !== 'idle' && submitting.state !== 'refused';
  const previewed = usePreview(order, action, body, locked);
  const [kept, setKept] = useState<Order>(order);
  const steps = useSteps(order, accepted?.submission.action_id);
  const [asking, setAsking] = useState(false);
  const change = (part: Partial<Body>) => {
    setBody((before) => ({ ...before, ...part }));
    if (submitting.state === 'refused') edit();
  };
  const Form = FORMS[action];
  const plan = accepted?.submission.plan ?? asked?.plan ?? previewed.preview?.plan;
  const approvals = previewed.preview?.flow?.approvals ?? [];
  const reasonMissing = needsReason(action) && !body.reason?.trim();
  const changed = JSON.stringify(body) !== JSON.stringify(first);
  const leave = () => (changed && !accepted && !asked && !asking ? setAsking(true) : close());
  const events = (submitting.state === 'refused' ? submitting.problem.changes : []).map((each) => sentence(each, t, f, order.currency));
  const submit = () => {
    setKept(order);
    send({ body: { ...body, reason: body.reason?.trim() } as Body, etag: previewed.etag, key: previewed.key });
  };
  return (
    <Dialog title={`${t.actions[action].name} · ${order.number}`} close={leave} size={940}>
      <div
        className="halves"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) previewed.recalculate();
        }}
      >
        <div className="stack">
          <StaleNote order={order} previewed={previewed} problemEvents={events} />
          <Warnings order={order} action={action} />
          <fieldset className="inputs" disabled={locked}>
            <legend className="quiet">{t.actions[action].hint}</legend>
            {Form && <Form order={order} eligible={eligible} body={body} change={change} about={about} />}
            <TextInput size="sm" label={t.action.reason} required={needsReason(action)} maxLength={200} value={body.reason ?? ''} onChange={(event) => change({ reason: event.currentTarget.value || undefined } as Partial<Body>)} list="reasons" />
            <datalist id="reasons">
              {t.reasons.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </fieldset>
        </div>
        <div className="preview" aria-live="polite" aria-busy={previewed.busy}>
          {!plan && previewed.busy && <Placeholder height={160} />}
          {!plan && !previewed.busy && !previewed.problem && <p className="quiet">{isComplete(action, body) ? '' : t.action.incomplete}</p>}
          {previewed.problem && !accepted && <Note role="warn">{told(t, previewed.problem)}</Note>}
          {plan && !(previewed.problem && !accepted) && (
            <Figures plan={plan} order={accepted ? kept : order}>
              {accepted ? <Progress order={order} submission={accepted.submission} replayed={accepted.replayed} steps={steps} /> : <PlannedEffects plan={plan} />}
            </Figures>
          )}
        </div>
      </div>
      <div className="dialog-foot">
        <div style={{ flex: 1, minWidth: 220 }}>
          {submitting.state === 'refused' && submitting.problem.code !== 'order_changed' && (
            <Note role="bad">
              <span role="alert">{told(t, submitting.problem)}</span>
            </Note>
          )}
          {submitting.state === 'uncertain' && (
            <Note role="unknown">
              <p role="alert">{t.action.uncertain}</p>
              <Button size="compact-sm" variant="default" mt={6} disabled={!online} onClick={askAgain}>
                {t.action.askAgain}
              </Button>
            </Note>
          )}
          {asked && (
            <Note role="progress">
              <span role="status">{t.action.asked(asked.waits_for.role, asked.waits_for.reason)}</span>
            </Note>
          )}
          {!asked && !accepted && approvals.length > 0 && <Note role="warn">{t.action.needsApproval(approvals.map((each) => each.role).join(', '), approvals.map((each) => each.reason).join('; '))}</Note>}
          {asking && <Note role="warn">{t.action.loseInputs}</Note>}
          {!online && <Note role="warn">{t.problems.offline}</Note>}
          {accepted && <span className="small quiet">{t.progress.mayLeave}</span>}
        </div>
        <div className="row">
          {accepted || asked ? (
            <Button onClick={close}>{t.close}</Button>
          ) : (
            <>
              <Button variant="default" onClick={leave}>
                {asking ? t.action.discard : t.back}
              </Button>
              <Button disabled={!previewed.ready || reasonMissing || !online || submitting.state === 'uncertain'} loading={submitting.state === 'sending'} onClick={submit}>
                {approvals.length ? t.action.askApproval : buttonText(action, plan, t, f)}
              </Button>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** What to know before money moves once more. */
function Warnings({ order, action }: { order: Order; action: Action }) {
  const { t, f } = useTexts();
  const moves: Action[] = ['return', 'refund', 'retry-refund', 'cancel', 'appease', 'close-return'];
  if (!moves.includes(action) || isZero(order.money.refunds_unknown)) return null;
  return <Note role="unknown">{t.action.unknownOpen(f.money(order.money.refunds_unknown!, order.currency))}</Note>;
}
