import type { Schemas } from '../api/client';

type Row = Schemas['ProxyStatistics'];

/** What proxies tried with a destination, and what came of it, in their last windows. */
export interface Tried {
    attempts: number;
    successes: number;
    failures: number;
    byKind: Map<string, number>;
    /** Attempts each second. */
    rate: number;
}

/** A window that ended longer ago says nothing about now. */
const RECENT_MS = 120_000;

export function recent(rows: readonly Row[], now: number): Row[] {
    return rows.filter((row) => now - new Date(row.until).getTime() < RECENT_MS);
}

export function tried(rows: readonly Row[]): Tried {
    const all: Tried = { attempts: 0, successes: 0, failures: 0, byKind: new Map(), rate: 0 };
    for (const row of rows) {
        const seconds = (new Date(row.until).getTime() - new Date(row.from).getTime()) / 1000;
        all.attempts += row.attempts;
        all.successes += row.successes;
        all.rate += seconds > 0 ? row.attempts / seconds : 0;
        for (const [kind, count] of Object.entries(row.failures)) {
            all.failures += count;
            all.byKind.set(kind, (all.byKind.get(kind) ?? 0) + count);
        }
    }
    return all;
}

/** 0 to 1, of attempts that ended one way or the other; undefined without any. */
export function failureRate(of: Tried): number | undefined {
    const ended = of.successes + of.failures;
    return ended === 0 ? undefined : of.failures / ended;
}

export function byDestination(rows: readonly Row[]): Map<string, Row[]> {
    const map = new Map<string, Row[]>();
    for (const row of rows) {
        const list = map.get(row.destination);
        if (list === undefined) {
            map.set(row.destination, [row]);
        } else {
            list.push(row);
        }
    }
    return map;
}

/** What each proxy tried, and what came of it. */
export function byProxy(rows: readonly Row[]): Map<string, Tried> {
    const proxies = [...new Set(rows.map((row) => row.proxy))].sort();
    return new Map(proxies.map((proxy) => [proxy, tried(rows.filter((row) => row.proxy === proxy))]));
}

export function percent(part: number, digits = 0): string {
    return `${(part * 100).toFixed(digits)} %`;
}
