import { Button } from 'react-aria-components';
import { change } from '../api/change';
import { useUserCounts } from '../api/queries';
import { ActionDialog } from '../components/ActionDialog';
import { Note } from '../components/Note';
import { Ago } from '../components/Time';
import { useDialog } from '../components/useDialog';
import { useSite } from '../layout/site';
import { useMay } from '../session/caller';

/** When the users of a site were counted last, and a way to have them counted now. */
export function CountedUsers({ site }: { site: string }) {
    const { own } = useSite();
    const counts = useUserCounts(site);
    const [open, dialog] = useDialog();
    const may = useMay('operator');
    return (
        <>
            {counts.data === undefined ? null : counts.data.at === undefined ? (
                'Users have not been counted. '
            ) : (
                <>
                    Users were counted <Ago at={counts.data.at} /> ago.{' '}
                </>
            )}
            {may && site === own ? (
                <Button className="plain small" onPress={() => open((close) => <CountUsers onClose={close} />)}>
                    Count users…
                </Button>
            ) : null}
            {dialog}
        </>
    );
}

function CountUsers({ onClose }: { onClose: () => void }) {
    return (
        <ActionDialog
            title="Count users"
            verb="Count"
            onClose={onClose}
            change={change('post', '/api/v1/tasks', { body: { name: 'count-users' } })}
            done={({ result }) => (
                <Note tone="good" title="It is queued">
                    A worker counts within seconds, as task <code>{result.id}</code>; the numbers follow by themselves.
                </Note>
            )}
        >
            <p>
                Goes through all users of the cluster once, which takes its time where there are millions. It happens by
                itself once a day while the feature load balancing is not off.
            </p>
        </ActionDialog>
    );
}
