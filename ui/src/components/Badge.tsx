import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const TONES: Partial<Record<string, Tone>> = {
    online: 'good',
    up: 'good',
    on: 'good',
    held: 'good',
    done: 'good',
    offline: 'bad',
    broken: 'bad',
    away: 'bad',
    failed: 'bad',
    'given-up': 'bad',
    evacuate: 'warn',
    degraded: 'warn',
    dryrun: 'warn',
    refused: 'warn',
    idle: 'warn',
    stale: 'warn',
    handover: 'info',
    proposed: 'info',
    running: 'info',
    started: 'info',
};

/** A state, as a word with a mark; the colour says nothing that the word does not. */
export function Badge({ state, tone, children }: { state: string; tone?: Tone; children?: ReactNode }) {
    return <span className={`badge ${tone ?? TONES[state] ?? 'quiet'}`}>{children ?? state}</span>;
}
