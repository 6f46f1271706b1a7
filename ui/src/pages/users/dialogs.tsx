import { useState } from 'react';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useSites } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';

type User = Schemas['User'];

function Started({ move }: { move: Schemas['StartedUserMove'] }) {
    return (
        <Note tone="good">
            {move.finished
                ? 'Done: no backend serves the group, so there was nothing to hand over.'
                : 'The backend that serves the user carries it out.'}
        </Note>
    );
}

export function MoveUser({ user, onClose }: { user: User; onClose: () => void }) {
    const sites = useSites();
    const [site, setSite] = useState(user.site);
    const [group, setGroup] = useState('');
    const [failover, setFailover] = useState('');
    const filled = group.trim() !== '';
    return (
        <ActionDialog
            title={`Move ${user.user}`}
            verb="Move"
            onClose={onClose}
            change={
                filled
                    ? change('post', '/api/v1/users/{user}/move', {
                          path: { user: user.user },
                          body: {
                              group: group.trim(),
                              ...(site === user.site ? {} : { site }),
                              ...(failover.trim() === '' ? {} : { failoverGroup: failover.trim() }),
                          },
                          command: `doveadm cluster user move${site === user.site ? '' : ` --site ${word(site)}`} ${word(user.user)} ${word(group.trim())}${failover.trim() === '' ? '' : ` ${word(failover.trim())}`}`,
                      })
                    : undefined
            }
            done={(result) => <Started move={result.result} />}
        >
            <p>
                From group {user.group}. The user’s backend disconnects the user, and lets go before another serves the
                user. Which backend that is follows from the group.
            </p>
            {sites.data !== undefined && sites.data.length > 1 ? (
                <Choice
                    label="Site"
                    value={site}
                    onChange={setSite}
                    options={sites.data.map((each) => [each.name, each.name])}
                />
            ) : null}
            <TextEntry label="To group" value={group} onChange={setGroup} placeholder="default-17" required autoFocus />
            <TextEntry
                label="Failover group, on the user’s failover site (optional)"
                value={failover}
                onChange={setFailover}
            />
        </ActionDialog>
    );
}

export function DeleteUser({ user, onClose }: { user: User; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Delete ${user.user}`}
            verb="Delete"
            dangerous
            typed={user.user}
            onClose={onClose}
            change={change('delete', '/api/v1/users/{user}', {
                path: { user: user.user },
                command: `doveadm cluster user delete ${word(user.user)}`,
            })}
            done={(result) => <Started move={result.result} />}
        >
            <p>
                Deletes what the cluster knows of the user: the next login is like the first, and may lead to another
                group and backend. Mail is not touched.
            </p>
        </ActionDialog>
    );
}
