import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { session, type Ending } from '../session';
import { useTexts } from '../texts';
import { Note } from '../ui/parts';
import { useTitle } from '../ui/title';
import { Choices } from './choices';

export function SignIn({ ending, unreachable }: { ending: Ending | null; unreachable: boolean }) {
  const { t } = useTexts();
  const [token, setToken] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useTitle(t.signIn.title);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      if (!(await session.begin(token.trim()))) setError(t.signIn.notKnown);
    } catch {
      setError(t.signIn.noAnswer);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="card sign-in">
      <form onSubmit={(event) => void submit(event)} className="stack">
        <div className="row apart">
          <h1>{t.signIn.title}</h1>
          <span className="row close">
            <Choices />
          </span>
        </div>
        {ending === 'expired' && <Note role="warn">{t.signIn.expired}</Note>}
        {unreachable && <Note role="warn">{t.signIn.noAnswer}</Note>}
        <TextInput
          type="password"
          label={t.signIn.token}
          description={t.signIn.hint}
          error={error}
          value={token}
          onChange={(event) => (setToken(event.currentTarget.value), setError(''))}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          required
        />
        <Button type="submit" loading={busy}>
          {t.signIn.submit}
        </Button>
      </form>
    </main>
  );
}
