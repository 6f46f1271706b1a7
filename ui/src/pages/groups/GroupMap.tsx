import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { GroupLoads } from '../../api/automation';
import type { Schemas } from '../../api/client';

type Group = Schemas['Group'];

const CELL = 11;
const GAP = 2;
const LABEL = 190;
const ROW_GAP = 8;

interface Look {
    kind: string;
    /** A custom property with its colour. */
    colour: string;
    text: string;
}

const STATES: readonly Look[] = [
    { kind: 'settled', colour: '--map-settled', text: 'served where it is' },
    { kind: 'moving', colour: '--map-moving', text: 'moving' },
    { kind: 'unclaimed', colour: '--map-unclaimed', text: 'placed, not yet taken over by its backend' },
    { kind: 'sticky', colour: '--map-sticky', text: 'sticky' },
];

/** By how many times the mean load of the site's groups; each up to the next. */
const FROM: readonly number[] = [0, 0.5, 1, 2, 4];

const LOADS: readonly Look[] = [
    { kind: 'load-none', colour: '--map-unclaimed', text: 'not measured' },
    { kind: 'load-0', colour: '--load-0', text: 'less than half of the mean load' },
    { kind: 'load-1', colour: '--load-1', text: 'up to the mean' },
    { kind: 'load-2', colour: '--load-2', text: 'up to twice' },
    { kind: 'load-3', colour: '--load-3', text: 'up to four times' },
    { kind: 'load-4', colour: '--load-4', text: 'more' },
];

function stateOf(group: Group): string {
    if (group.move !== undefined) {
        return 'moving';
    }
    if (!group.claimed) {
        return 'unclaimed';
    }
    return group.stickyBackend || group.stickyUsers ? 'sticky' : 'settled';
}

/** How heavy a group is among those of its site. */
export function heaviness(load: number | undefined, mean: number): string {
    if (load === undefined) {
        return 'load-none';
    }
    const times = mean === 0 ? 0 : load / mean;
    return `load-${FROM.findLastIndex((from) => times >= from)}`;
}

interface Placed {
    group: Group;
    x: number;
    y: number;
}

interface Plan {
    cells: Placed[];
    labels: { text: string; y: number; count: number }[];
    height: number;
}

function numberOf(group: Group): number {
    return Number(/(\d+)$/.exec(group.name)?.[1] ?? 0);
}

/** Where each group is drawn: a block of cells for each backend. */
export function plan(groups: readonly Group[], width: number): Plan {
    const byBackend = new Map<string, Group[]>();
    for (const group of groups) {
        const own = byBackend.get(group.backend);
        if (own === undefined) {
            byBackend.set(group.backend, [group]);
        } else {
            own.push(group);
        }
    }
    const columns = Math.max(1, Math.floor((width - LABEL) / (CELL + GAP)));
    const result: Plan = { cells: [], labels: [], height: 0 };
    let y = 0;
    for (const backend of [...byBackend.keys()].sort()) {
        const own = (byBackend.get(backend) ?? []).sort((one, other) => numberOf(one) - numberOf(other));
        result.labels.push({ text: backend, y, count: own.length });
        own.forEach((group, index) =>
            result.cells.push({
                group,
                x: LABEL + (index % columns) * (CELL + GAP),
                y: y + Math.floor(index / columns) * (CELL + GAP),
            }),
        );
        y += Math.ceil(own.length / columns) * (CELL + GAP) + ROW_GAP;
    }
    result.height = y;
    return result;
}

interface GroupMapProps {
    groups: readonly Group[];
    /** By name; absent while they are not known. */
    loads: GroupLoads | undefined;
    by: 'load' | 'state';
}

/** All groups of a site as cells, by the backend that they are on. The table beside it says the same in words. */
export function GroupMap({ groups, loads, by }: GroupMapProps) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const [width, setWidth] = useState(900);
    const [under, setUnder] = useState<Placed>();
    const [theme, setTheme] = useState(0);
    const navigate = useNavigate();
    const drawn = useMemo(() => plan(groups, width), [groups, width]);
    const looks = by === 'load' ? LOADS : STATES;
    const look = useMemo(() => {
        const all = [...(loads?.values() ?? [])];
        const mean = all.length === 0 ? 0 : all.reduce((sum, one) => sum + one.load, 0) / all.length;
        return (group: Group) => (by === 'load' ? heaviness(loads?.get(group.name)?.load, mean) : stateOf(group));
    }, [loads, by]);

    useEffect(() => {
        const parent = canvas.current?.parentElement;
        if (parent === null || parent === undefined) {
            return;
        }
        const watch = new ResizeObserver(() => setWidth(parent.clientWidth));
        watch.observe(parent);
        const again = () => setTheme((before) => before + 1);
        const attribute = new MutationObserver(again);
        attribute.observe(document.documentElement, { attributeFilter: ['data-theme'] });
        const dark = window.matchMedia('(prefers-color-scheme: dark)');
        dark.addEventListener('change', again);
        return () => {
            watch.disconnect();
            attribute.disconnect();
            dark.removeEventListener('change', again);
        };
    }, []);

    useEffect(() => {
        const element = canvas.current;
        const context = element?.getContext('2d');
        if (element === null || context === null || context === undefined) {
            return;
        }
        const scale = window.devicePixelRatio;
        element.width = width * scale;
        element.height = drawn.height * scale;
        element.style.height = `${drawn.height}px`;
        context.scale(scale, scale);
        const style = getComputedStyle(element);
        const property = (name: string) => style.getPropertyValue(name).trim();
        context.font = '12px system-ui, sans-serif';
        context.textBaseline = 'top';
        for (const label of drawn.labels) {
            context.fillStyle = property('--text');
            context.fillText(label.text.length > 22 ? `${label.text.slice(0, 21)}…` : label.text, 0, label.y);
            context.fillStyle = property('--text-quiet');
            context.textAlign = 'right';
            context.fillText(String(label.count), LABEL - 14, label.y);
            context.textAlign = 'left';
        }
        for (const { kind, colour } of looks) {
            context.fillStyle = property(colour);
            for (const cell of drawn.cells) {
                if (look(cell.group) === kind) {
                    context.fillRect(cell.x, cell.y, CELL, CELL);
                }
            }
        }
    }, [drawn, width, theme, look, looks]);

    const at = (event: React.MouseEvent): Placed | undefined => {
        const { offsetX: x, offsetY: y } = event.nativeEvent;
        return drawn.cells.find(
            (cell) => x >= cell.x && x < cell.x + CELL + GAP && y >= cell.y && y < cell.y + CELL + GAP,
        );
    };
    return (
        <div className="group-map">
            <ul className="legend">
                {looks.map(({ kind, text }) => (
                    <li key={kind}>
                        <span className={`swatch ${kind}`} aria-hidden /> {text}
                    </li>
                ))}
            </ul>
            <p className="under">
                {under === undefined
                    ? 'Point at a cell; click it to open the group.'
                    : `${under.group.name} · ${loads?.has(under.group.name) === true ? `load ${loads.get(under.group.name)?.load.toFixed(1)}, ` : ''}${under.group.why}`}
            </p>
            <canvas
                ref={canvas}
                // eslint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role -- it is a picture; the list has links to the same
                role="img"
                aria-label={`By ${by}: ${groups.length} groups on ${drawn.labels.length} backends: ${drawn.labels
                    .slice(0, 20)
                    .map((label) => `${label.text} ${label.count}`)
                    .join(', ')}`}
                onMouseMove={(event) => setUnder(at(event))}
                onMouseLeave={() => setUnder(undefined)}
                onClick={(event) => {
                    const cell = at(event);
                    if (cell !== undefined) {
                        void navigate(`/groups/${cell.group.name}`);
                    }
                }}
            />
        </div>
    );
}
