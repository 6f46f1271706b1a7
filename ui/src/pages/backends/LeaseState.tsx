import type { Schemas } from '../../api/client';
import { Badge } from '../../components/Badge';
import { fine } from '../../components/time';

/** A node trusts its lease for 4 s after it renewed it. */
export const LATE_LEASE_MS = 4_000;

/** Whether a backend may serve, and for how long its lease has stood as it is: a held one is renewed each second. */
export function LeaseState({ load }: { load: Schemas['Backend']['load'] }) {
    const { lease = 'none', leaseAgeMillis, incarnation } = load ?? {};
    const late = lease === 'held' && (leaseAgeMillis ?? 0) > LATE_LEASE_MS;
    return (
        <>
            <Badge state={lease} />
            {leaseAgeMillis === undefined ? null : (
                <span className={late ? 'warn' : 'quiet'}>
                    {' '}
                    {fine(leaseAgeMillis)}
                    <span className="for-readers"> since it was written</span>
                </span>
            )}
            {incarnation === undefined ? null : <span className="quiet"> #{incarnation}</span>}
        </>
    );
}
