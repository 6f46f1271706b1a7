import { useQuery } from '@tanstack/react-query';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { countUsers } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Note } from '../../components/Note';
import { Takers } from './failoverDialogs';

/** Counting goes through all users of the cluster; beyond this the number does not help to decide. */
const COUNTED = 20_000;

/** Empties a site that works: how many users that are, and who takes them. */
export function EvacuateSite({ site, onClose }: { site: Schemas['Site']; onClose: () => void }) {
    const users = useQuery({
        queryKey: ['users', 'count', 'site', site.name],
        queryFn: ({ signal }) => countUsers({ site: site.name }, COUNTED, signal),
        staleTime: 60_000,
    });
    return (
        <ActionDialog
            title={`Evacuate site ${site.name}`}
            verb="Evacuate"
            dangerous
            typed={site.name}
            onClose={onClose}
            change={change('patch', '/api/v1/sites/{site}', {
                path: { site: site.name },
                body: { status: 'evacuate' },
                version: site.version,
                command: `doveadm cluster site update --status evacuate ${word(site.name)}`,
            })}
        >
            <p>
                All its users leave for good, sticky ones too:{' '}
                <b>
                    {users.data === undefined
                        ? users.error === null
                            ? '…'
                            : 'an unknown number'
                        : `${users.data.users}${users.data.more ? ' or more' : ''}`}
                </b>
                . Its own backends let each of them go, at cluster_site_move_rate. To stop, set its status to online;
                those who have left do not come back by that.
            </p>
            <Note tone="warn">
                Their mailboxes must be reachable from the sites that take them. New users get a home elsewhere at once.
            </Note>
            <Takers site={site.name} />
        </ActionDialog>
    );
}

/** How far the evacuation of a site is. */
export function EvacuatingSite({ site }: { site: Schemas['Site'] }) {
    const users = useQuery({
        queryKey: ['users', 'count', 'site', site.name],
        queryFn: ({ signal }) => countUsers({ site: site.name }, COUNTED, signal),
        refetchInterval: 15_000,
    });
    return (
        <Note title={`Site ${site.name} is being evacuated`}>
            {users.data === undefined
                ? 'Its users are being counted.'
                : users.data.users === 0
                  ? 'It has no users any more.'
                  : `${users.data.users}${users.data.more ? ' or more' : ''} users are still at home there.`}
        </Note>
    );
}
