import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { follow } from '../api/live';
import { refresher } from '../api/queries';
import type { Event } from '../api/types';

type Live = { live: boolean; online: boolean; heard: (listener: (events: Event[]) => void) => () => void };

const listeners = new Set<(events: Event[]) => void>();
const heard = (listener: (events: Event[]) => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
const Context = createContext<Live>({ live: false, online: true, heard });

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** Keeps what is shown in step with the journal. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  const online = useOnline();
  useEffect(() => {
    const refresh = refresher(client);
    return follow({
      events(events) {
        refresh.events(events);
        listeners.forEach((each) => each(events));
      },
      live: setLive,
      lost: refresh.all,
    });
  }, [client]);
  return <Context.Provider value={{ live: live && online, online, heard }}>{children}</Context.Provider>;
}

export const useLive = (): Live => useContext(Context);
