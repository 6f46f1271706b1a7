import { useEffect } from 'react';
import type { Schemas } from '../../api/client';
import { Store, useStore } from '../../live/store';

/** A move that was seen to end. */
export interface Ended {
    id: string;
    group: string;
    from: string;
    to: string;
    cause: string;
    startedAt: string;
    /** When it was seen to be gone, in milliseconds. */
    seenAt: number;
}

const KEPT = 500;

const running = new Map<string, Schemas['Group']>();
const ended = new Store<readonly Ended[]>([]);

/** Compares the moves that there are with those that there were. */
export function notice(moves: readonly Schemas['Group'][], now: number): readonly Ended[] {
    const present = new Set(moves.map((group) => group.move?.id));
    const gone: Ended[] = [];
    for (const [id, group] of running) {
        if (!present.has(id) && group.move !== undefined) {
            running.delete(id);
            gone.push({
                id,
                group: group.name,
                from: group.move.from,
                to: group.move.to,
                cause: group.move.cause,
                startedAt: group.move.startedAt,
                seenAt: now,
            });
        }
    }
    for (const group of moves) {
        if (group.move !== undefined) {
            running.set(group.move.id, group);
        }
    }
    if (gone.length > 0) {
        ended.set([...gone, ...ended.get()].slice(0, KEPT));
    }
    return ended.get();
}

/** Moves that ended while this tab looked on. */
export function useEnded(moves: readonly Schemas['Group'][] | undefined): readonly Ended[] {
    useEffect(() => {
        if (moves !== undefined) {
            notice(moves, Date.now());
        }
    }, [moves]);
    return useStore(ended);
}
