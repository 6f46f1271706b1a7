import { duration } from '../components/time';
import { useDataAge } from '../live/useAge';
import type { LiveState } from '../live/events';

const WORDS: Record<LiveState, string> = { connecting: 'connecting', live: 'live', away: 'not live' };

/** Lists are read again each 5 s to 30 s; beyond that something holds them up. */
const OLD_MS = 45_000;

/** How fresh what is shown is. */
export function LiveAge({ live }: { live: LiveState }) {
    const age = useDataAge();
    const old = age !== undefined && age > OLD_MS;
    return (
        <span className={`live ${live} ${old ? 'old' : ''}`} title="Age of the oldest of what this page shows">
            <span className="dot" aria-hidden />
            {WORDS[live]}
            {age === undefined ? '' : ` · read ${duration(age)} ago`}
        </span>
    );
}
