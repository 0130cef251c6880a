import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import { useTexts } from '../../texts';
import { Failure } from '../../ui/loading';
import { Note } from '../../ui/parts';
import { told } from '../../ui/told';

/** Lines of two texts that differ, by position: enough to see a changed member. */
function changedLines(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !old.has(line));
}

type Props = { text: string; original: string | undefined; save: (text: string) => Promise<unknown>; check: (text: string) => string | null };

/** The message as it is sent, to be changed as a whole; what it was at first stays beside it. */
export function Editor({ text, original, save, check }: Props) {
  const { t } = useTexts();
  const [draft, setDraft] = useState<string | null>(null);
  const saving = useMutation({ mutationFn: (next: string) => save(next), onSuccess: () => setDraft(null) });
  const complaint = draft === null ? null : check(draft);
  if (draft === null)
    return (
      <div className="stack tight">
        <pre className="code" tabIndex={0}>{text}</pre>
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setDraft(text)}>
            {t.ops.edit}
          </Button>
        </div>
        {original && original !== text && (
          <details>
            <summary>{t.ops.original}</summary>
            <pre className="code" tabIndex={0}>{original}</pre>
          </details>
        )}
      </div>
    );
  const changes = changedLines(text, draft);
  return (
    <div className="stack tight">
      <Textarea aria-label={t.ops.edited} autosize minRows={8} maxRows={24} value={draft} onChange={(event) => setDraft(event.currentTarget.value)} styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 12 } }} spellCheck={false} error={complaint} />
      <Note role="neutral">
        {t.ops.changed(changes.length)}
        {changes.length > 0 && <pre className="small" style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{changes.slice(0, 8).join('\n')}</pre>}
      </Note>
      {saving.error && (saving.error instanceof Problem && saving.error.document?.errors ? <Note role="bad"><span role="alert">{saving.error.document.errors.map((each) => `${each.pointer} ${each.detail}`).join('; ') || told(t, saving.error)}</span></Note> : <Failure error={saving.error} />)}
      <div className="row">
        <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
          {t.action.discard}
        </Button>
        <Button size="compact-sm" disabled={!!complaint || draft === text} loading={saving.isPending} onClick={() => saving.mutate(draft)}>
          {t.ops.save}
        </Button>
      </div>
    </div>
  );
}

/** Giving up needs a reason: it is for good. */
export function Drop({ drop }: { drop: (reason: string) => Promise<unknown> }) {
  const { t } = useTexts();
  const [reason, setReason] = useState<string | null>(null);
  const dropping = useMutation({ mutationFn: () => drop(reason!.trim()), onSuccess: () => setReason(null) });
  if (reason === null)
    return (
      <Button size="sm" variant="default" onClick={() => setReason('')}>
        {t.ops.drop}
      </Button>
    );
  return (
    <span className="row" style={{ alignItems: 'end' }}>
      <TextInput size="sm" label={t.ops.dropReason} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} autoFocus />
      <Button size="sm" variant="default" onClick={() => setReason(null)}>
        {t.back}
      </Button>
      <Button size="sm" disabled={!reason.trim()} loading={dropping.isPending} onClick={() => dropping.mutate()}>
        {t.ops.dropNow}
      </Button>
      {dropping.error && <Failure error={dropping.error} />}
    </span>
  );
}

export function jsonComplaint(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
