import { createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { Line, Order } from '../../api/types';
import { useTexts } from '../../texts';
import { Card, Count, Money, Scroller, State } from '../../ui/parts';
import { Ladders } from './ladders';

const column = createColumnHelper<Line>();

function Name({ line }: { line: Line }) {
  const { t } = useTexts();
  return (
    <>
      <div className="strong wrap-any">{line.kind === 'product' ? line.name : `${t.lineKinds[line.kind]}: ${line.name}`}</div>
      <div className="small quiet digits">
        {line.sku}
        {line.bundle && ` · ${t.order.partOf(line.bundle)}`}
      </div>
    </>
  );
}

function Prices({ line, currency }: { line: Line; currency: string }) {
  return (
    <>
      <Money amount={line.kind === 'product' ? line.unit_price.inc : line.list.inc} currency={currency} />
      {line.adjustments.map((each, index) => (
        <div className="small quiet" key={index}>
          <Money amount={each.amount.inc} currency={currency} /> {each.label}
        </div>
      ))}
    </>
  );
}

function Total({ line, currency }: { line: Line; currency: string }) {
  const { t, f } = useTexts();
  return (
    <>
      <b>
        <Money amount={line.current.inc} currency={currency} />
      </b>
      {line.taxes.map((each, index) => (
        <div className="small quiet" key={index} title={`${each.label} ${f.percent(each.rate)}`}>
          {t.order.taxOf(f.percent(each.rate))} <Money amount={each.amount} currency={currency} />
        </div>
      ))}
    </>
  );
}

function useColumns(currency: string) {
  const { t } = useTexts();
  return useMemo(() => {
    const short = (name: string, whole: string) => () => <abbr title={whole} style={{ textDecoration: 'none' }}>{name}</abbr>;
    const count = (key: keyof Line['quantities'], name: string, whole: string) =>
      column.accessor((line) => line.quantities[key] ?? 0, {
        id: String(key),
        header: short(name, whole),
        meta: 'figure',
        cell: ({ getValue }) => <Count of={getValue()} />,
      });
    return [
      column.accessor('name', { header: t.order.item, cell: ({ row }) => <Name line={row.original} /> }),
      column.accessor('status', { header: t.order.state, cell: ({ row }) => (row.original.kind === 'product' ? <State of={row.original.status} /> : null) }),
      count('ordered', t.quantities.ordered[0], t.quantities.ordered[1]),
      column.accessor((line) => line.quantities.allocated, {
        id: 'allocated',
        header: short(...t.quantities.allocated),
        meta: 'figure',
        cell: ({ row: { original: line } }) => <Count of={line.quantities.allocated ?? 0} />,
      }),
      count('fulfilled', ...t.quantities.fulfilled),
      count('return_initiated', ...t.quantities.return_initiated),
      count('returned', ...t.quantities.returned),
      count('cancelled', ...t.quantities.cancelled),
      count('reshipped', ...t.quantities.reshipped),
      column.display({ id: 'price', header: t.order.price, meta: 'figure', cell: ({ row }) => <Prices line={row.original} currency={currency} /> }),
      column.display({ id: 'total', header: t.order.lineTotal, meta: 'figure', cell: ({ row }) => <Total line={row.original} currency={currency} /> }),
    ];
  }, [t, currency]);
}

/** Columns that say nothing are left out: most orders have no resent units, and none that are still on their way back. */
function hiddenColumns(lines: Line[]): Record<string, boolean> {
  return {
    reshipped: lines.some((line) => line.quantities.reshipped),
    return_initiated: lines.some((line) => line.quantities.return_initiated !== line.quantities.returned),
  };
}

/** An order with more lines scrolls in its own box, where only those in view exist. */
const MOST_AT_ONCE = 100;
const LINE_HEIGHT = 52;

function useLinesInView(count: number) {
  const box = useRef<HTMLDivElement>(null);
  const long = count > MOST_AT_ONCE;
  const virtual = useVirtualizer({ count, enabled: long, getScrollElement: () => box.current, estimateSize: () => LINE_HEIGHT, overscan: 8 });
  const items = virtual.getVirtualItems();
  return {
    box,
    long,
    /** Gets each line's element, for lines differ in height. */
    measure: long ? virtual.measureElement : undefined,
    indexes: long ? items.map((each) => each.index) : Array.from({ length: count }, (_, index) => index),
    above: items[0]?.start ?? 0,
    below: items.length ? virtual.getTotalSize() - items[items.length - 1]!.end : 0,
  };
}

function Gap({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

export function Lines({ order }: { order: Order }) {
  const { t } = useTexts();
  const columns = useColumns(order.currency);
  const columnVisibility = useMemo(() => hiddenColumns(order.lines), [order.lines]);
  const table = useReactTable({ data: order.lines, columns, state: { columnVisibility }, getCoreRowModel: getCoreRowModel() });
  const rows = table.getRowModel().rows;
  const { box, long, measure, indexes, above, below } = useLinesInView(rows.length);
  const width = table.getVisibleLeafColumns().length;
  return (
    <Card id="items" title={t.order.items(order.lines.filter((line) => line.kind === 'product').length)} aside={<span className="small quiet">{order.tax_locale === 'net' ? t.order.taxOnTop : t.order.taxIncluded}</span>}>
      <Scroller labelledBy="items">
        <div ref={box} style={long ? { maxHeight: 640, overflowY: 'auto' } : undefined} tabIndex={long ? 0 : undefined}>
          <table className="table lines" aria-rowcount={rows.length + 1}>
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => (
                    <th key={header.id} scope="col" className={`${String(header.column.columnDef.meta ?? '')}${long ? ' stays' : ''}`}>
                      {flexRender(header.column.columnDef.header, header.getContext())}
                    </th>
                  ))}
                </tr>
              ))}
            </thead>
            <tbody>
              <Gap height={above} columns={width} />
              {indexes.map((index) => (
                <tr key={rows[index]!.id} ref={measure} data-index={index} aria-rowindex={index + 2}>
                  {rows[index]!.getVisibleCells().map((cell) => (
                    <td key={cell.id} className={String(cell.column.columnDef.meta ?? '')}>
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  ))}
                </tr>
              ))}
              <Gap height={below} columns={width} />
            </tbody>
          </table>
        </div>
      </Scroller>
      <Ladders order={order} />
    </Card>
  );
}
