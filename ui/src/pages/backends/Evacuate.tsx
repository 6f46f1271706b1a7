import { useQuery } from '@tanstack/react-query';
import { change, perform, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { countUsers, useBackends } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Bar } from '../../components/Bar';
import { Note, ProblemNote } from '../../components/Note';
import { beginEmptying } from './progress';

/** Asked once, whatever is read again meanwhile: each rehearsal stands in the audit log. */
const ONCE = { staleTime: 'static', gcTime: 0, retry: false } as const;

/** Counting goes through them in parts; beyond this the number does not help to decide. */
const COUNTED = 20_000;

function spread(moves: readonly Schemas['StartedMove'][]): Map<string, number> {
    const counts = new Map<string, number>();
    moves.forEach((move) => counts.set(move.to, (counts.get(move.to) ?? 0) + 1));
    return new Map([...counts].sort(([, one], [, other]) => other - one));
}

/** What an evacuation would do, and then does. */
export function Evacuate({ host, onClose }: { host: string; onClose: () => void }) {
    const backends = useBackends();
    const started = change('post', '/api/v1/backends/{host}/evacuation', {
        path: { host },
        command: `doveadm cluster backend evacuate ${word(host)}`,
    });
    const rehearsal = useQuery({
        queryKey: ['evacuation', host],
        queryFn: () =>
            perform(change('post', '/api/v1/backends/{host}/evacuation', { path: { host }, query: { dryRun: true } })),
        ...ONCE,
    });
    const users = useQuery({
        queryKey: ['evacuation', host, 'users'],
        queryFn: ({ signal }) => countUsers({ backend: host }, COUNTED, signal),
        ...ONCE,
    });
    const moves = rehearsal.data?.result;
    const own = backends.data?.find((backend) => backend.host === host);
    return (
        <ActionDialog
            title={`Evacuate ${host}`}
            verb="Evacuate now"
            dangerous
            wide
            onClose={onClose}
            change={moves === undefined ? undefined : started}
            done={(result) => {
                beginEmptying(host, own?.load?.groups ?? result.result.length);
                return (
                    <Note tone="good" title={`${result.result.length} moves have begun`}>
                        The backends carry them out; this page shows how far they are. The backend is in standby, with
                        load factor 0.
                    </Note>
                );
            }}
        >
            <Note tone="warn" title="Evacuating can cause severe load on the site">
                All groups leave at full speed, and their users are disconnected one after another. Where there is time,
                set the load factor to 0 instead: the controller then moves the groups little by little.
            </Note>
            {rehearsal.error === null ? null : <ProblemNote failure={rehearsal.error} what="It cannot be evacuated" />}
            {moves === undefined ? (
                rehearsal.error === null && (
                    <p role="status" className="quiet">
                        Working out where its groups would go…
                    </p>
                )
            ) : (
                <>
                    <dl className="figures" aria-label="Preview">
                        <div>
                            <dt>Groups that move</dt>
                            <dd>{moves.length}</dd>
                        </div>
                        <div>
                            <dt>Users in them</dt>
                            <dd>
                                {users.data === undefined
                                    ? users.error === null
                                        ? '…'
                                        : '?'
                                    : `${users.data.users}${users.data.more ? ' or more' : ''}`}
                            </dd>
                        </div>
                        <div>
                            <dt>Sessions</dt>
                            <dd title="Only the node beside a Dovecot knows its sessions: doveadm cluster backend status">
                                not known here
                            </dd>
                        </div>
                        <div>
                            <dt>Takes</dt>
                            <dd title="The pace depends on sessions and flush hooks; it is measured as the moves go on">
                                measured as it runs
                            </dd>
                        </div>
                    </dl>
                    {rehearsal.data?.warnings.map((warning) => (
                        <Note key={warning} tone="warn">
                            {warning}
                        </Note>
                    ))}
                    <table className="spread">
                        <caption>Where they go</caption>
                        <thead>
                            <tr>
                                <th scope="col">Backend</th>
                                <th scope="col" className="numeric">
                                    Groups now
                                </th>
                                <th scope="col" className="numeric">
                                    then
                                </th>
                                <th scope="col">
                                    <span className="for-readers">Part of the moves</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {[...spread(moves)].map(([to, count]) => {
                                const now = backends.data?.find((backend) => backend.host === to)?.load?.groups;
                                return (
                                    <tr key={to}>
                                        <td>{to}</td>
                                        <td className="numeric">{now ?? '?'}</td>
                                        <td className="numeric">
                                            {now === undefined ? `+${count}` : `${now + count} (+${count})`}
                                        </td>
                                        <td>
                                            <Bar
                                                part={count / moves.length}
                                                label={`${count} of ${moves.length} groups`}
                                            />
                                        </td>
                                    </tr>
                                );
                            })}
                        </tbody>
                    </table>
                </>
            )}
        </ActionDialog>
    );
}
