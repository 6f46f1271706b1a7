/** Remembers when an emptying began as this tab saw it, to say how fast it goes; for as long as the tab lives. */
export interface Emptying {
    at: number;
    groups: number;
}

const key = (host: string) => `pombal.emptying.${host}`;

export function beginEmptying(host: string, groups: number, at = Date.now()): void {
    sessionStorage.setItem(key(host), JSON.stringify({ at, groups } satisfies Emptying));
}

export function emptyingOf(host: string): Emptying | undefined {
    const text = sessionStorage.getItem(key(host));
    return text === null ? undefined : (JSON.parse(text) as Emptying);
}

/** How long it will still take at the pace so far, in milliseconds; undefined as long as nothing has gone. */
export function timeLeft(began: Emptying, left: number, now: number): number | undefined {
    const gone = began.groups - left;
    return gone <= 0 ? undefined : ((now - began.at) / gone) * left;
}
