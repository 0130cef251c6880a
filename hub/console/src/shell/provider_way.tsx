import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { session, type Provider } from '../session';
import { useTexts } from '../texts';
import { Note } from '../ui/parts';

const PARAMETER = 'sign_in_refused';

/** Why the way back from the provider ended here; told once, so that it is gone from the address. */
function takeRefusal(): string | null {
  const address = new URL(location.href);
  const reason = address.searchParams.get(PARAMETER);
  address.searchParams.delete(PARAMETER);
  if (reason) history.replaceState(history.state, '', address);
  return reason;
}

/** Signing in with the company's provider, if the hub has one. */
export function ProviderWay() {
  const { t } = useTexts();
  const [provider, setProvider] = useState<Provider | null>(null);
  const [reason] = useState(takeRefusal);
  useEffect(() => {
    // Without an answer there is the form, which says so.
    session.provider().then(setProvider, () => undefined);
  }, []);
  const words = t.signIn.refused;
  const to = encodeURIComponent(location.pathname + location.search);
  return (
    <>
      {reason && <Note role="warn">{words[reason in words ? (reason as keyof typeof words) : 'failed']}</Note>}
      {provider && (
        <>
          <Button component="a" href={`${provider.address}?to=${to}`}>
            {t.signIn.with(provider.name)}
          </Button>
          <p className="quiet">{t.signIn.or}</p>
        </>
      )}
    </>
  );
}
