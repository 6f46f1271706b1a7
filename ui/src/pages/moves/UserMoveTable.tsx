import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { ActionDialog } from '../../components/ActionDialog';
import { Badge } from '../../components/Badge';
import { ScrollTable } from '../../components/ScrollTable';
import { Ago } from '../../components/Time';
import { useMay } from '../../session/caller';

/** A user is gone within a moment, unless something holds that up. */
const LONG_MS = 60_000;

/** Users who are leaving their groups: step, age, what it waits for, who asked for it. */
export function UserMoveTable({ moves }: { moves: readonly Schemas['UserMove'][] }) {
    const [withdrawn, setWithdrawn] = useState<Schemas['UserMove']>();
    const may = useMay('operator');
    if (moves.length === 0) {
        return <p className="quiet">No user moves.</p>;
    }
    const sorted = [...moves].sort((one, other) => (one.startedAt ?? '').localeCompare(other.startedAt ?? ''));
    return (
        <>
            <ScrollTable label="Users on the move">
                <thead>
                    <tr>
                        <th scope="col">User</th>
                        <th scope="col">From</th>
                        <th scope="col">To</th>
                        <th scope="col">Step</th>
                        <th scope="col" className="numeric">
                            Age
                        </th>
                        <th scope="col">Waits for</th>
                        <th scope="col">Asked for by</th>
                        <th scope="col">
                            <span className="for-readers">Actions</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {sorted.map((move) => (
                        <tr key={move.id}>
                            <td>
                                <Link to={`/users/${encodeURIComponent(move.user)}`}>{move.user}</Link>
                            </td>
                            <td>
                                {move.group} on {move.backend}
                            </td>
                            <td>{destination(move)}</td>
                            <td>
                                <Badge state={move.step} />
                            </td>
                            <td className="numeric">
                                {move.startedAt === undefined ? null : <Ago at={move.startedAt} late={LONG_MS} />}
                            </td>
                            <td>{move.waitsFor}</td>
                            <td>{move.by}</td>
                            <td>
                                {may && move.kind !== 'withdrawal' ? (
                                    <Button className="plain small" onPress={() => setWithdrawn(move)}>
                                        Withdraw…
                                    </Button>
                                ) : null}
                            </td>
                        </tr>
                    ))}
                </tbody>
            </ScrollTable>
            {withdrawn === undefined ? null : (
                <ActionDialog
                    title={`Withdraw the ${withdrawn.kind} of ${withdrawn.user}`}
                    verb="Withdraw"
                    onClose={() => setWithdrawn(undefined)}
                    change={change('delete', '/api/v1/users/{user}/move', {
                        path: { user: withdrawn.user },
                        command: `doveadm cluster user stay ${word(withdrawn.user)}`,
                    })}
                >
                    <p>
                        The user stays in {withdrawn.group} on {withdrawn.backend}, unless the backend has written the
                        other place down by then. Sessions that it has ended do not come back; the user may log in again
                        once the backend has made sure.
                    </p>
                </ActionDialog>
            )}
        </>
    );
}

function destination(move: Schemas['UserMove']): string {
    switch (move.kind) {
        case 'deletion':
            return 'to be deleted';
        case 'withdrawal':
            return 'stays after all';
        default:
            return move.toSite === move.site
                ? (move.toGroup ?? '')
                : `${move.toGroup ?? ''} of site ${move.toSite ?? ''}`;
    }
}
