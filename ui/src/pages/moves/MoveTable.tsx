import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link } from 'react-router';
import { change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useMoveProgress } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { ActionDialog } from '../../components/ActionDialog';
import { Badge } from '../../components/Badge';
import { Bar } from '../../components/Bar';
import { Ago } from '../../components/Time';
import { useMay } from '../../session/caller';

/** A move that lasts longer has something that holds it up. */
const LONG_MS = 120_000;

/** More are not asked one by one how far they are. */
const ASKED = 30;

interface MoveTableProps {
    site: string;
    moves: readonly Schemas['Group'][];
    empty: string;
}

/** Moves that are under way: step, age, users left, who asked for it. */
export function MoveTable({ site, moves, empty }: MoveTableProps) {
    const [withdrawn, setWithdrawn] = useState<Schemas['Group']>();
    const may = useMay('operator');
    if (moves.length === 0) {
        return <p className="quiet">{empty}</p>;
    }
    const sorted = [...moves].sort((one, other) =>
        (one.move?.startedAt ?? '').localeCompare(other.move?.startedAt ?? ''),
    );
    return (
        <>
            <ScrollTable label="Moves under way">
                <thead>
                    <tr>
                        <th scope="col">Group</th>
                        <th scope="col">From</th>
                        <th scope="col">To</th>
                        <th scope="col">Step</th>
                        <th scope="col" className="numeric">
                            Age
                        </th>
                        <th scope="col">Users who had sessions</th>
                        <th scope="col">Asked for by</th>
                        <th scope="col">
                            <span className="for-readers">Actions</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {sorted.map((group, index) => (
                        <tr key={group.move?.id}>
                            <td>
                                <Link to={`/groups/${group.name}`}>{group.name}</Link>
                            </td>
                            <td>{group.move?.from}</td>
                            <td>{group.move?.to}</td>
                            <td>
                                <Badge state={group.move?.phase ?? ''} />
                            </td>
                            <td className="numeric">
                                {group.move === undefined ? null : <Ago at={group.move.startedAt} late={LONG_MS} />}
                            </td>
                            <td>
                                <Left site={site} group={group} asked={index < ASKED} />
                            </td>
                            <td>{group.move?.cause}</td>
                            <td>
                                {may && group.move?.phase === 'proposed' ? (
                                    <Button className="plain small" onPress={() => setWithdrawn(group)}>
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
                    title={`Withdraw the move of ${withdrawn.name}`}
                    verb="Withdraw"
                    onClose={() => setWithdrawn(undefined)}
                    change={change('delete', '/api/v1/sites/{site}/groups/{group}/move', {
                        path: { site, group: withdrawn.name },
                        version: withdrawn.version,
                    })}
                >
                    <p>
                        It stays on {withdrawn.backend}. That is possible until its backend has begun to hand it over;
                        afterwards a second move brings it back.
                    </p>
                </ActionDialog>
            )}
        </>
    );
}

/** Users who had sessions when the hand-over began, and how many of them have gone over. */
function Left({ site, group, asked }: { site: string; group: Schemas['Group']; asked: boolean }) {
    const handover = group.move?.phase === 'handover';
    const progress = useMoveProgress(site, group.name, asked && handover);
    if (!handover) {
        return <span className="quiet">not begun</span>;
    }
    if (progress.data === undefined || progress.data === null) {
        return <span className="quiet">{progress.data === null ? 'done' : '…'}</span>;
    }
    const { remaining, done } = progress.data;
    return (
        <>
            <Bar part={remaining === 0 ? 1 : done / remaining} label={`${done} of ${remaining} users have gone over`} />{' '}
            {remaining - done} left of {remaining}
        </>
    );
}
