import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useParams } from 'react-router';
import { useGroupLoads } from '../../api/automation';
import { countUsers, useGroup } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';
import { AskedFor } from '../audit/AskedFor';
import { AutomationHistory } from '../AutomationHistory';
import { MoveTable } from '../moves/MoveTable';
import { GroupFlags, MoveGroup } from './dialogs';

const COUNTED = 20_000;

/** One group. */
export function GroupPage() {
    const { group: name = '' } = useParams();
    const { site } = useSite();
    const group = useGroup(site, name);
    const users = useQuery({
        queryKey: ['users', 'count', site, name],
        queryFn: ({ signal }) => countUsers({ group: name, site }, COUNTED, signal),
        staleTime: 60_000,
    });
    const load = useGroupLoads(site).data?.get(name);
    const [dialog, setDialog] = useState<'move' | 'flags'>();
    const may = useMay('operator');
    const target = `group ${name} of site ${site}`;
    return (
        <Page
            title={name}
            about={<Link to="/groups">Groups</Link>}
            actions={
                may && group.data !== undefined ? (
                    <>
                        <Button onPress={() => setDialog('flags')}>Flags…</Button>
                        <Button
                            className="primary"
                            isDisabled={group.data.move !== undefined}
                            onPress={() => setDialog('move')}
                        >
                            Move…
                        </Button>
                    </>
                ) : null
            }
        >
            <Reading query={group} what="The group">
                {(data) => (
                    <>
                        <Panel title="Where it is, and why">
                            <p className="why">{data.why}</p>
                            <dl className="facts">
                                <dt>Owner</dt>
                                <dd>
                                    <Link to={`/backends/${data.backend}`}>{data.backend}</Link>{' '}
                                    {data.claimed ? (
                                        <Badge state="served" tone="good" />
                                    ) : (
                                        <Badge state="placed">placed, not yet taken over</Badge>
                                    )}
                                </dd>
                                <dt>{data.move === undefined ? 'Failover would take' : 'Goes to'}</dt>
                                <dd>{data.alternative ?? <span className="quiet">nobody is chosen</span>}</dd>
                                <dt>Users</dt>
                                <dd>
                                    <Link to={`/users?group=${name}`}>
                                        {users.data === undefined
                                            ? '…'
                                            : `${users.data.users}${users.data.more ? ' or more' : ''}`}
                                    </Link>
                                    {data.leaving === 0 ? '' : `, ${data.leaving} on their way out`}
                                </dd>
                                <dt>Load</dt>
                                <dd>
                                    {load === undefined ? (
                                        <span className="quiet">not measured</span>
                                    ) : (
                                        `${load.sessions.toFixed(1)} sessions; ${load.load.toFixed(1)} with logins and deliveries`
                                    )}
                                </dd>
                                <dt>Sticky</dt>
                                <dd>
                                    {data.stickyBackend ? 'to its backend' : 'not to its backend'}; its users{' '}
                                    {data.stickyUsers ? 'are' : 'are not'}
                                </dd>
                                <dt>Epoch</dt>
                                <dd>{data.version}</dd>
                            </dl>
                        </Panel>
                        <Panel title="Move">
                            <MoveTable
                                site={site}
                                moves={data.move === undefined ? [] : [data]}
                                empty="It does not move."
                            />
                        </Panel>
                        {dialog === 'move' ? <MoveGroup group={data} onClose={() => setDialog(undefined)} /> : null}
                        {dialog === 'flags' ? <GroupFlags group={data} onClose={() => setDialog(undefined)} /> : null}
                    </>
                )}
            </Reading>
            <AutomationHistory target={`group ${name}`} />
            <AskedFor target={target} />
        </Page>
    );
}
