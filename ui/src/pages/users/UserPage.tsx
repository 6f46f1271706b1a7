import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Link, useParams } from 'react-router';
import { useUser } from '../../api/queries';
import { statusOf } from '../../api/problem';
import { Badge } from '../../components/Badge';
import { Note } from '../../components/Note';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { useMay } from '../../session/caller';
import { AskedFor } from '../audit/AskedFor';
import { AutomationHistory } from '../AutomationHistory';
import { DeleteUser, MoveUser } from './dialogs';
import { Sessions } from './Sessions';

/** Where a user is, and why. */
export function UserPage() {
    const { user: name = '' } = useParams();
    const user = useUser(name);
    const [dialog, setDialog] = useState<'move' | 'delete'>();
    const may = useMay('operator');
    const target = `user ${user.data?.user ?? name}`;
    const close = () => setDialog(undefined);
    return (
        <Page
            title={name}
            about={<Link to="/users">Users</Link>}
            actions={
                may && user.data !== undefined ? (
                    <>
                        <Button onPress={() => setDialog('delete')}>Delete…</Button>
                        <Button className="primary" onPress={() => setDialog('move')}>
                            Move…
                        </Button>
                    </>
                ) : null
            }
        >
            {statusOf(user.error) === 404 ? (
                <Note tone="info" title="The cluster knows no such user">
                    {user.error?.message}. Users are written down at their first login.
                </Note>
            ) : (
                <Reading query={user} what="The user">
                    {(data) => (
                        <>
                            <Panel title="Where the user is, and why">
                                <p className="why">{data.why}</p>
                                <dl className="facts">
                                    <dt>Served by</dt>
                                    <dd>
                                        {data.backend === undefined ? (
                                            <span className="quiet">
                                                nobody yet: the group is placed with its first login
                                            </span>
                                        ) : (
                                            <Link to={`/backends/${data.backend}`}>{data.backend}</Link>
                                        )}{' '}
                                        {data.moving ? <Badge state="moving" tone="info" /> : null}
                                    </dd>
                                    <dt>Group</dt>
                                    <dd>
                                        <Link to={`/groups/${data.group}?site=${encodeURIComponent(data.site)}`}>
                                            {data.group}
                                        </Link>
                                    </dd>
                                    <dt>Home site</dt>
                                    <dd>{data.site}</dd>
                                    <dt>If the site is lost</dt>
                                    <dd>
                                        {data.failoverSite === undefined ? (
                                            <span className="quiet">no failover site</span>
                                        ) : (
                                            `group ${data.failoverGroup ?? '?'} of site ${data.failoverSite}`
                                        )}
                                    </dd>
                                </dl>
                            </Panel>
                            {dialog === 'move' ? <MoveUser user={data} onClose={close} /> : null}
                            {dialog === 'delete' ? <DeleteUser user={data} onClose={close} /> : null}
                            <Sessions user={data} />
                        </>
                    )}
                </Reading>
            )}
            <AutomationHistory target={target} />
            <AskedFor target={target} />
        </Page>
    );
}
