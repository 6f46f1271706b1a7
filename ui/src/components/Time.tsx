import { useNow } from '../live/useAge';
import { duration, isUtc, times } from './time';

/** An instant, in local time and in UTC. */
export function Time({ at }: { at: string }) {
    const instant = new Date(at);
    const { local, utc } = times(instant);
    return (
        <time dateTime={at} title={at} className="time">
            {isUtc(instant) ? (
                `${utc} UTC`
            ) : (
                <>
                    {local} <span className="quiet">{utc} UTC</span>
                </>
            )}
        </time>
    );
}

/** How long ago something was. */
export function Ago({ at, late }: { at: string; late?: number }) {
    const age = useNow() - new Date(at).getTime();
    return (
        <time
            dateTime={at}
            title={times(new Date(at)).local}
            className={late !== undefined && age > late ? 'warn' : undefined}
        >
            {duration(age)}
        </time>
    );
}
