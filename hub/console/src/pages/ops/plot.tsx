import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTexts } from '../../texts';

export type Series = { name: string; values: (number | null)[] };

const HEIGHT = 180;
/** Told apart also without colour: each has its own dashes. */
const INKS = { light: ['#1a4f9c', '#8a4b00', '#1b6a3a', '#6a32a8', '#a61e2b'], dark: ['#9cc3ff', '#ffc46b', '#86d9a3', '#d0aefc', '#ff9aa4'] };
const DASHES = [[], [6, 3], [2, 3], [10, 3, 2, 3], [1, 4]];
const AXES = { light: { ink: '#4a5768', grid: '#dfe3e9' }, dark: { ink: '#a9b5c4', grid: '#313b49' } };

const figure = (value: number | null | undefined) => (value === null || value === undefined ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

function options(width: number, series: Series[], scheme: 'light' | 'dark'): uPlot.Options {
  const axis = { stroke: AXES[scheme].ink, grid: { stroke: AXES[scheme].grid, width: 1 }, ticks: { stroke: AXES[scheme].grid } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { sync: { key: 'metrics' }, y: false },
    axes: [axis, { ...axis, size: 48 }],
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(high * 1.1, 1)] } },
    series: [{}, ...series.map((each, index) => ({ label: each.name, stroke: INKS[scheme][index % 5]!, width: 1.5, dash: DASHES[index % 5]!, spanGaps: false, points: { show: false } }))],
  };
}

/** Lines over time with one time cursor for all plots. A gap is a gap, not zero. The table below says the same. */
export function Plot({ title, unit, at, series }: { title: string; unit: string; at: number[]; series: Series[] }) {
  const { t } = useTexts();
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const names = series.map((each) => each.name).join();
  useEffect(() => {
    const element = place.current!;
    const made = new uPlot(options(element.clientWidth, series, scheme), [at, ...series.map((each) => each.values)] as uPlot.AlignedData, element);
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
    };
    // Data follow below; only another set of lines makes another plot.
  }, [names, scheme]);
  useEffect(() => plot.current?.setData([at, ...series.map((each) => each.values)] as uPlot.AlignedData), [at, series]);
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        <span className="small quiet">{unit}</span>
      </div>
      <div ref={place} aria-hidden="true" style={{ padding: '4px 6px', minHeight: HEIGHT }} />
      <div className="card-body legend">
        {series.map((each, index) => (
          <span key={each.name} className="row close small">
            <svg width="22" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="22" y2="4" stroke={INKS[scheme][index % 5]} strokeWidth="2" strokeDasharray={DASHES[index % 5]!.join(' ')} />
            </svg>
            {each.name} <b className="digits">{figure(each.values[each.values.length - 1])}</b>
          </span>
        ))}
      </div>
      <details className="card-body small">
        <summary>{t.ops.asTable}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t.order.when}</th>
              {series.map((each) => (
                <th scope="col" className="figure" key={each.name}>{each.name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {at.slice(-10).map((when, index) => (
              <tr key={when}>
                <td>{new Date(when * 1000).toLocaleTimeString()}</td>
                {series.map((each) => (
                  <td className="figure" key={each.name}>{figure(each.values[Math.max(0, at.length - 10) + index])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
