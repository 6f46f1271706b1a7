import { Panel } from '../../components/Page';
import { useMay } from '../../session/caller';
import { AuditTable } from './AuditTable';

/** Who changed something, and why: what the audit log has of it, however long ago. */
export function AskedFor({ target }: { target: string }) {
    return (
        <Panel title="Who changed it, and why">
            {useMay('admin') ? (
                <AuditTable target={target} empty="Nothing, in the part of the audit log that has been read." />
            ) : (
                <p className="quiet">The audit log is for admins.</p>
            )}
        </Panel>
    );
}
