import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackendLoads, useEvacuations } from '../../api/automation';
import { change, perform, word, type Change } from '../../api/change';
import type { Schemas } from '../../api/client';
import { countUsers, useBackends } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Bar } from '../../components/Bar';
import { Choice, TextEntry } from '../../components/fields';
import { Note, ProblemNote } from '../../components/Note';
import { duration } from '../../components/time';
import { useSite } from '../../layout/site';
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

type Begun = Schemas['ChangedOfListOfStartedMove'] | Schemas['ChangedOfEvacuation'];

const FASTEST = 100_000;

/** Groups a minute, if what was typed is such a number. */
function rateOf(text: string): number | undefined {
    const rate = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return rate >= 1 && rate <= FASTEST ? rate : undefined;
}

/** What an evacuation would do, at full speed or at a rate, and then does. */
export function Evacuate({ host, onClose }: { host: string; onClose: () => void }) {
    const { own: ownSite, site } = useSite();
    const backends = useBackends();
    const loads = useBackendLoads(site);
    const running = useEvacuations().data?.find((each) => each.backend === host);
    const [pace, setPace] = useState('full');
    const [text, setText] = useState('6');
    const paced = pace === 'rate';
    const rate = rateOf(text);
    const full = change('post', '/api/v1/backends/{host}/evacuation', {
        path: { host },
        command: `doveadm cluster backend evacuate ${word(host)}`,
    });
    const started: Change<Begun> | undefined = !paced
        ? full
        : rate === undefined
          ? undefined
          : change('post', '/api/v1/evacuations', { body: { backend: host, groupsPerMinute: rate } });
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
    const sessions = loads.data?.get(host)?.sessions;
    const own = backends.data?.find((backend) => backend.host === host);
    return (
        <ActionDialog<Begun>
            title={`Evacuate ${host}`}
            verb="Evacuate now"
            dangerous
            wide
            onClose={onClose}
            change={moves === undefined ? undefined : started}
            done={({ result }) => {
                beginEmptying(host, own?.load?.groups ?? (Array.isArray(result) ? result.length : result.groups));
                return !Array.isArray(result) ? (
                    <Note tone="good" title={`It is being emptied, ${result.groupsPerMinute} groups a minute`}>
                        The controller has groups leave at this rate; this page shows how far it is. The load factor is
                        0 now, the status standby when it is empty.
                    </Note>
                ) : (
                    <Note tone="good" title={`${result.length} moves have begun`}>
                        The backends carry them out; this page shows how far they are. The backend is in standby, with
                        load factor 0.
                    </Note>
                );
            }}
        >
            <Choice
                label="Pace"
                value={pace}
                onChange={setPace}
                options={
                    site === ownSite
                        ? [
                              ['full', 'all groups at once'],
                              ['rate', 'so many groups a minute'],
                          ]
                        : [['full', 'all groups at once']]
                }
            />
            {paced ? (
                <TextEntry
                    label="Groups a minute"
                    type="number"
                    value={text}
                    onChange={setText}
                    hint="1 to 100,000. Where moves take longer, their pace counts."
                />
            ) : (
                <Note tone="warn" title="Evacuating can cause severe load on the site">
                    All groups leave at full speed, and their users are disconnected one after another. Where there is
                    time, choose a rate, or set the load factor to 0: load balancing then moves the groups little by
                    little.
                </Note>
            )}
            {running === undefined ? null : (
                <Note>
                    It is being emptied already, {running.groupsPerMinute} groups a minute.{' '}
                    {paced ? 'The new rate takes the place of that.' : 'At full speed the rest leaves at once.'}
                </Note>
            )}
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
                            <dd title="As its node measured last">{sessions?.toFixed(0) ?? 'not measured'}</dd>
                        </div>
                        <div>
                            <dt>Takes</dt>
                            <dd title="The pace depends on sessions and flush hooks, too; it is measured as the moves go on">
                                {paced && rate !== undefined
                                    ? `${duration((moves.length / rate) * 60_000)} at least`
                                    : 'measured as it runs'}
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
