import { useEffect } from 'react';

/** The document's title: what is open, then the program. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · OrderHub`;
  }, [title]);
}
