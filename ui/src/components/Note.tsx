import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';

interface NoteProps {
    tone?: 'info' | 'warn' | 'bad' | 'good';
    title?: string;
    children?: ReactNode;
}

/** Something the operator should read. */
export function Note({ tone = 'info', title, children }: NoteProps) {
    return (
        <div className={`note ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
            {title === undefined ? null : <strong>{title}</strong>}
            {children === undefined ? null : <div>{children}</div>}
        </div>
    );
}

/** Why something cannot be shown, or was not done. */
export function ProblemNote({ failure, what }: { failure: unknown; what: string }) {
    const detail = failure instanceof Error ? failure.message : String(failure);
    const forbidden = failure instanceof ApiProblem && failure.status === 403;
    return (
        <Note tone={forbidden ? 'warn' : 'bad'} title={what}>
            {detail}
        </Note>
    );
}

/** Honest about what this version of the controller has not. */
export function NotThere({ title, children }: { title: string; children: ReactNode }) {
    return (
        <div className="not-there">
            <strong>{title}</strong>
            <div>{children}</div>
        </div>
    );
}
