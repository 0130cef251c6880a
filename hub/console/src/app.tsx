import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Problem } from './api/problem';
import { nonce } from './nonce';
import { session } from './session';
import { Shell } from './shell/shell';
import { SignIn } from './shell/sign_in';
import { TextsProvider } from './texts';
import { theme } from './theme';

const RETRIES = 2;

/** What the hub has answered will not be another answer at once; a broken connection may be mended. */
const worthAnotherTry = (failures: number, error: unknown) =>
  failures < RETRIES && error instanceof Problem && (error.status === 503 || error.code === 'no_answer');

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthAnotherTry, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

function Signed() {
  const { person, ending } = useSyncExternalStore(session.listen, session.current);
  const [asked, setAsked] = useState(false);
  const [unreachable, setUnreachable] = useState(false);
  useEffect(() => {
    if (asked) return;
    session
      .resume()
      .catch(() => setUnreachable(true))
      .finally(() => setAsked(true));
  }, [asked]);
  // What one person has read is not left for the next.
  useEffect(() => {
    if (!person && asked) client.clear();
  }, [person, asked]);
  if (!asked) return null;
  return person ? <Shell person={person} /> : <SignIn ending={ending} unreachable={unreachable} />;
}

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={client}>
        <TextsProvider>
          <Signed />
        </TextsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
