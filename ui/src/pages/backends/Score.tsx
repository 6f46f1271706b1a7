/** What nodes measure of their machines, as the API names it. */
export const METRICS: Readonly<Record<string, { header: string; title: string }>> = {
    cpu: { header: 'cpu', title: 'CPU time that is not idle' },
    memused: { header: 'mem', title: 'memory in use' },
    sessions: { header: 'ses', title: 'processes that have mailboxes open' },
    cache: { header: 'cache', title: 'file pages per second that had to be read again' },
};

/** For sorting: below every score that there is. */
export const NOT_MEASURED = -1000;

/** What is less is shown as 0. */
const LEAST = 0.05;

/** Beyond that a backend stands out. */
const HIGH = 2;

/** A Z-score: 0 is the mean of the site. */
export function Score({ score }: { score: number | undefined }) {
    return score === undefined ? (
        <span className="quiet">–</span>
    ) : (
        <span className={score >= HIGH ? 'warn' : undefined}>
            {score <= -LEAST ? '−' : score >= LEAST ? '+' : ''}
            {Math.abs(score).toFixed(1)}
        </span>
    );
}
