import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { session, type Ending } from '../session';
import { useTexts } from '../texts';
import { Note } from '../ui/parts';
import { useTitle } from '../ui/title';
import { Choices } from './choices';
import { ProviderWay } from './provider_way';

export function SignIn({ ending, unreachable }: { ending: Ending | null; unreachable: boolean }) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useTitle(t.signIn.title);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const entry = await session.begin(name.trim(), password);
      if (entry !== 'good') setError(entry === 'locked' ? t.signIn.locked : t.signIn.wrong);
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
        <ProviderWay />
        <TextInput
          label={t.signIn.name}
          value={name}
          onChange={(event) => (setName(event.currentTarget.value), setError(''))}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          required
        />
        <TextInput
          type="password"
          label={t.signIn.password}
          error={error}
          value={password}
          onChange={(event) => (setPassword(event.currentTarget.value), setError(''))}
          autoComplete="current-password"
          required
        />
        <Button type="submit" loading={busy}>
          {t.signIn.submit}
        </Button>
      </form>
    </main>
  );
}
