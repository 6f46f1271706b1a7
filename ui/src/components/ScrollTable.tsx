import type { ReactNode } from 'react';

/** A short table, which scrolls where it is too wide. */
export function ScrollTable({ label, low = false, children }: { label: string; low?: boolean; children: ReactNode }) {
    return (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
        <div className={low ? 'table-scroll low' : 'table-scroll'} role="region" aria-label={label} tabIndex={0}>
            <table>{children}</table>
        </div>
    );
}
