import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { queries } from '../api/queries';
import type { ReturnEntry } from '../api/types';
import { useLive } from '../shell/live';
import { useTexts, worded } from '../texts';
import { Note } from '../ui/parts';
import { told } from '../ui/told';
import { useSubmission } from './action/use_submission';

type Part = { accepted: number; rejected: number; condition: string; rejection: string };
type ReturnLine = ReturnEntry['return_order']['lines'][number];

const CONDITIONS = ['new', 'opened', 'damaged', 'worthless'];
const begin = (line: ReturnLine): Part => ({ accepted: Math.max(0, line.expected - line.received), rejected: 0, condition: 'new', rejection: '' });

function PartRow({ line, name, part, set }: { line: ReturnLine; name: string; part: Part; set: (next: Partial<Part>) => void }) {
  const { t } = useTexts();
  return (
    <tr>
      <td>
        <div className="strong wrap-any">{name}</div>
        <div className="small quiet">
          {t.receive.of(line.expected)} · {line.reason}
        </div>
      </td>
      <td>
        <NumberInput aria-label={`${t.receive.got}: ${name}`} w={84} min={0} allowDecimal={false} value={part.accepted} onChange={(value) => set({ accepted: Number(value) || 0 })} />
      </td>
      <td>
        <Select
          aria-label={`${t.receive.condition}: ${name}`}
          w={150}
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          data={CONDITIONS.map((value) => ({ value, label: worded(t.receive.conditions, value) }))}
          value={part.condition}
          onChange={(value) => set({ condition: value ?? 'new' })}
        />
      </td>
      <td>
        <NumberInput aria-label={`${t.receive.rejected}: ${name}`} w={84} min={0} allowDecimal={false} value={part.rejected} onChange={(value) => set({ rejected: Number(value) || 0 })} />
      </td>
      <td>{part.rejected > 0 && <TextInput aria-label={`${t.receive.rejection}: ${name}`} placeholder={t.receive.rejection} value={part.rejection} onChange={(event) => set({ rejection: event.currentTarget.value })} />}</td>
    </tr>
  );
}

const isOpen = (line: ReturnLine) => line.received < line.expected || (line.received === 0 && line.expected === 0);

/** What came back, unit by unit. Booking moves no money; closing does, in a dialog with its figures. */
export function ReceiveForm({ entry }: { entry: ReturnEntry }) {
  const { t } = useTexts();
  const { online } = useLive();
  const [, go] = useLocation();
  const open = entry.return_order.lines.filter(isOpen);
  const [parts, setParts] = useState<Record<string, Part>>({});
  const partOf = (line: ReturnLine) => parts[line.id] ?? begin(line);
  const order = useQuery(queries.order(entry.order_id));
  const { submitting, send, askAgain } = useSubmission(entry.order_id, 'receive-return');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const set = (line: ReturnLine, next: Partial<Part>) => {
    setParts((before) => ({ ...before, [line.id]: { ...(before[line.id] ?? begin(line)), ...next } }));
    setKey(crypto.randomUUID());
  };
  const lines = open
    .map((line) => ({ line, part: partOf(line) }))
    .filter(({ part }) => part.accepted + part.rejected > 0)
    .map(({ line, part }) => ({
      return_line: line.id,
      accepted: part.accepted,
      rejected: part.rejected,
      ...(part.accepted > 0 ? { condition: part.condition } : {}),
      ...(part.rejected > 0 ? { rejection_reason: part.rejection.trim() } : {}),
    }));
  const reasonsGiven = lines.every((each) => each.rejected === 0 || each.rejection_reason);
  const book = () => {
    const body = { return_order: entry.return_order.id, lines };
    send({ body: body as never, etag: `"${order.data!.version}"`, key });
  };
  const name = (line: ReturnLine) => entry.lines.find((each) => each.id === line.line_id)?.name ?? line.line_id;
  const closable = ['received', 'partly_received'].includes(entry.return_order.state);
  return (
    <div className="card-body stack">
      {open.length > 0 && (
        <div className="scroller" role="region" tabIndex={0} aria-label={entry.return_order.number}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t.receive.item}</th>
                <th scope="col">{t.receive.got}</th>
                <th scope="col">{t.receive.condition}</th>
                <th scope="col">{t.receive.rejected}</th>
                <th scope="col">{t.receive.rejection}</th>
              </tr>
            </thead>
            <tbody>
              {open.map((line) => (
                <PartRow key={line.id} line={line} name={name(line)} part={partOf(line)} set={(next) => set(line, next)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {submitting.state === 'accepted' && <Note role="good"><span role="status">{t.receive.done}</span></Note>}
      {submitting.state === 'refused' && <Note role="bad"><span role="alert">{told(t, submitting.problem)}</span></Note>}
      {submitting.state === 'uncertain' && (
        <Note role="unknown">
          <p role="alert">{t.action.uncertain}</p>
          <Button size="compact-sm" variant="default" onClick={askAgain}>
            {t.action.askAgain}
          </Button>
        </Note>
      )}
      <div className="row">
        {open.length > 0 && submitting.state !== 'accepted' && (
          <Button size="md" loading={submitting.state === 'sending'} disabled={!lines.length || !reasonsGiven || !order.data || !online} onClick={book}>
            {t.receive.submit}
          </Button>
        )}
        {closable && (
          <Button size="md" variant={open.length ? 'default' : 'filled'} onClick={() => go(`/orders/${entry.order_id}/close-return/${entry.return_order.id}`)}>
            {t.receive.close}
          </Button>
        )}
        {open.length > 0 && <span className="small quiet">{t.receive.rest}</span>}
      </div>
    </div>
  );
}
