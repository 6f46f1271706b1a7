const clock = (timeZone?: string) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone });
const day = (timeZone?: string) =>
    new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });

/** As 3 s, 4 min, 2 h 05 min, 3 d. */
export function duration(millis: number): string {
    const seconds = Math.max(0, Math.round(millis / 1000));
    if (seconds < 100) {
        return `${seconds} s`;
    }
    const minutes = Math.floor(seconds / 60);
    if (minutes < 100) {
        return `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d`;
}

/** The same with tenths of a second where these matter. */
export function fine(millis: number): string {
    return millis < 10_000 ? `${(Math.max(0, millis) / 1000).toFixed(1)} s` : duration(millis);
}

export interface BothTimes {
    local: string;
    utc: string;
}

/** An instant in the zone of the browser and in UTC; with the date where it is not today's. */
export function times(instant: Date, now = new Date()): BothTimes {
    const in_ = (zone?: string) => {
        const date = day(zone).format(instant);
        const time = clock(zone).format(instant);
        return date === day(zone).format(now) ? time : `${date} ${time}`;
    };
    return { local: in_(), utc: in_('UTC') };
}

/** Whether the browser's clock shows UTC anyway. */
export function isUtc(instant: Date): boolean {
    return instant.getTimezoneOffset() === 0;
}
