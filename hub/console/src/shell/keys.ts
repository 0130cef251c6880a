import { useEffect } from 'react';

const GATHER_MS = 900;
const OFF = 'orderhub.keys_off';

/** Single keys can be switched off: WCAG 2.1.4. */
export const keys = {
  areOff: () => localStorage.getItem(OFF) === 'yes',
  switchOff: (off: boolean) => localStorage.setItem(OFF, off ? 'yes' : 'no'),
};

/** Whether a key belongs to what has the focus: a field, or anything in a dialog or menu. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return (
    event.ctrlKey || event.metaKey || event.altKey || (event.key === 'Enter' && /^(A|BUTTON)$/.test(target.tagName)) || target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || document.querySelector('[role=dialog],[role=menu]') !== null
  );
}

/** Calls what belongs to a key, or to `g` and then a key ("g o"). */
export function useKeys(map: Record<string, () => void>): void {
  useEffect(() => {
    let first = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event) || keys.areOff()) return;
      const pressed = first ? `${first} ${event.key}` : event.key;
      clearTimeout(timer);
      first = '';
      const run = map[pressed];
      if (run) {
        event.preventDefault();
        run();
      } else if (event.key === 'g') {
        first = 'g';
        timer = setTimeout(() => (first = ''), GATHER_MS);
      }
    };
    addEventListener('keydown', press);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', press);
    };
  }, [map]);
}
