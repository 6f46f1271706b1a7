import type { QueryClient } from '@tanstack/react-query';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { keys } from '../api/queries';
import { tokenOf } from '../session/token';

export type LiveState = 'connecting' | 'live' | 'away';

/** The server says something each 15 s, if only that it lives. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Events come in bursts: a move of a thousand groups is no reason to read a thousand times. */
const GATHER_MS = 700;

const READ_AGAIN: Partial<Record<string, readonly (readonly string[])[]>> = {
    sites: [keys.sites, keys.tags, keys.features],
    backends: [keys.backends, keys.plans, keys.steps],
    group: [keys.groups, keys.backends, keys.plans, keys.steps],
    user: [keys.users],
};

/** Follows what changes in the cluster, and has read again what is shown of it. */
export class LiveEvents {
    private readonly queries: QueryClient;
    private readonly tell: (state: LiveState) => void;
    private readonly end = new AbortController();
    private readonly stale = new Set<readonly string[]>();
    private pause = GATHER_MS;
    private gathering: ReturnType<typeof setTimeout> | undefined;

    constructor(queries: QueryClient, tell: (state: LiveState) => void) {
        this.queries = queries;
        this.tell = tell;
    }

    start(): void {
        void this.run();
    }

    stop(): void {
        this.end.abort();
        clearTimeout(this.gathering);
    }

    private isOver(): boolean {
        return this.end.signal.aborted;
    }

    private async run(): Promise<void> {
        let pause = FIRST_PAUSE_MS;
        while (!this.isOver()) {
            this.tell('connecting');
            const heard = await this.follow();
            if (!this.isOver()) {
                this.tell('away');
            }
            pause = heard ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
            await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
        }
    }

    /** Until the connection ends, or is silent. Returns whether anything came. */
    private async follow(): Promise<boolean> {
        const connection = new AbortController();
        const abort = () => connection.abort();
        this.end.signal.addEventListener('abort', abort);
        let watch = setTimeout(abort, SILENCE_MS);
        let heard = false;
        try {
            const token = tokenOf();
            const response = await fetch('/api/v1/events', {
                headers: {
                    Accept: 'text/event-stream',
                    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
                },
                signal: connection.signal,
            });
            if (!response.ok || response.body === null) {
                return false;
            }
            const events = response.body
                .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
                .pipeThrough(new EventSourceParserStream())
                .getReader();
            for (let next = await events.read(); !next.done; next = await events.read()) {
                if (!heard) {
                    heard = true;
                    this.tell('live');
                    // What happened while nobody listened is not told.
                    this.readAgain(...Object.values(READ_AGAIN).flatMap((all) => all ?? []));
                }
                clearTimeout(watch);
                watch = setTimeout(abort, SILENCE_MS);
                this.readAgain(...(READ_AGAIN[next.value.event ?? ''] ?? []));
            }
        } catch {
            // Whatever ended the connection, it is tried again; the state says so meanwhile.
        } finally {
            clearTimeout(watch);
            this.end.signal.removeEventListener('abort', abort);
        }
        return heard;
    }

    private readAgain(...what: (readonly string[])[]): void {
        what.forEach((key) => this.stale.add(key));
        if (this.stale.size > 0 && this.gathering === undefined) {
            this.gathering = setTimeout(() => void this.readNow(), this.pause);
        }
    }

    /** What takes long to read is read the more seldom. */
    private async readNow(): Promise<void> {
        const now = [...this.stale];
        this.stale.clear();
        const began = Date.now();
        await Promise.all(
            now.map((queryKey) => this.queries.invalidateQueries({ queryKey }, { cancelRefetch: false })),
        );
        this.pause = Math.max(GATHER_MS, 2 * (Date.now() - began));
        this.gathering = undefined;
        if (!this.isOver()) {
            this.readAgain();
        }
    }
}
