import { useEffect, useMemo, useState, type RefObject } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useKeys } from '../shell/keys';

const OVERSCAN = 12;
const places = new Map<string, number>();

/** Rows of a long list of which only those in view exist. `place` names the list: going back to it finds the same row. */
export function useRows(count: number, height: number, scroller: RefObject<HTMLElement | null>, place: string) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    initialOffset: places.get(place) ?? 0,
    onChange: (instance) => places.set(place, instance.scrollOffset ?? 0),
  });
  const rows = virtual.getVirtualItems();
  const first = rows[0];
  const last = rows[rows.length - 1];
  return {
    rows,
    above: first?.start ?? 0,
    below: last ? virtual.getTotalSize() - last.end : 0,
    lastIndex: last?.index ?? -1,
    show: (index: number) => virtual.scrollToIndex(index),
  };
}

/** The row that j and k move, and Enter opens. */
export function useChosenRow(count: number, open: (index: number) => void, show?: (index: number) => void) {
  const [chosen, setChosen] = useState(-1);
  useEffect(() => {
    if (chosen >= count) setChosen(count - 1);
  }, [chosen, count]);
  useKeys(
    useMemo(() => {
      const move = (step: number) => () => {
        const next = Math.max(0, Math.min(count - 1, chosen + step));
        setChosen(next);
        show?.(next);
      };
      return { j: move(1), k: move(-1), ...(chosen >= 0 ? { Enter: () => open(chosen) } : {}) };
    }, [chosen, count, open, show]),
  );
  return [chosen, setChosen] as const;
}
