import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
    name: string;
    /** A custom property with its colour. */
    colour: string;
    values: (number | null)[];
}

interface ChartProps {
    /** What it shows, in words. */
    summary: string;
    /** Seconds since 1970. */
    times: number[];
    lines: Line[];
    height?: number;
}

function colour(of: Element, name: string): string {
    return getComputedStyle(of).getPropertyValue(name).trim();
}

/** It is at least so wide, so that what has just begun has a scale as well. */
const LEAST_SECONDS = 60;

/** Lines over time. */
export function Chart({ summary, times, lines, height = 150 }: ChartProps) {
    const place = useRef<HTMLDivElement>(null);
    const plot = useRef<uPlot>(undefined);
    const shape = lines.map((line) => `${line.name} ${line.colour}`).join();

    useEffect(() => {
        const element = place.current;
        if (element === null) {
            return;
        }
        const axis = () => ({
            stroke: () => colour(element, '--text-quiet'),
            grid: { stroke: () => colour(element, '--line'), width: 1 },
            ticks: { show: false },
            font: '11px system-ui, sans-serif',
        });
        const names = shape.split(',').map((each) => each.split(' --'));
        const made = new uPlot(
            {
                width: element.clientWidth,
                height,
                series: [
                    { value: '{HH}:{mm}:{ss}' },
                    ...names.map(([name, property]) => ({
                        label: name ?? '',
                        stroke: () => colour(element, `--${property ?? 'accent'}`),
                        width: 1.5,
                        points: { show: false },
                        spanGaps: false,
                    })),
                ],
                axes: [
                    { ...axis(), size: 26, values: [[1, '{HH}:{mm}:{ss}']] as uPlot.Axis.Values },
                    { ...axis(), size: 44 },
                ],
                scales: {
                    x: {
                        // Without data there are no ends.
                        range: (_, first: number | null, last: number | null) =>
                            first === null || last === null
                                ? [null, null]
                                : [Math.min(first, last - LEAST_SECONDS), last],
                    },
                    y: { range: (_, __, most) => [0, Math.max(1, most * 1.15)] },
                },
                legend: { show: false },
                cursor: { y: false },
            },
            [[], ...names.map(() => [])] as uPlot.AlignedData,
            element,
        );
        plot.current = made;
        const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
        watch.observe(element);
        const dark = window.matchMedia('(prefers-color-scheme: dark)');
        const redraw = () => made.redraw();
        dark.addEventListener('change', redraw);
        return () => {
            dark.removeEventListener('change', redraw);
            watch.disconnect();
            made.destroy();
        };
    }, [shape, height]);

    useEffect(() => {
        plot.current?.setData([times, ...lines.map((line) => line.values)] as uPlot.AlignedData);
    }, [times, lines]);

    return (
        <div className="chart-box">
            <ul className="legend">
                {lines.map((line) => (
                    <li key={line.name}>
                        <span className={`swatch ${line.colour.slice(2)}`} aria-hidden /> {line.name}{' '}
                        <b>{line.values.at(-1)?.toFixed(1) ?? '–'}</b>
                    </li>
                ))}
            </ul>
            <div ref={place} className="chart" role="img" aria-label={summary} />
        </div>
    );
}
