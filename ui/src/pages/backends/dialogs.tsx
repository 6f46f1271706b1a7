import { useState } from 'react';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useSites } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';
import { useSite } from '../../layout/site';

type Backend = Schemas['Backend'];

const PATH = '/api/v1/backends/{host}';

export function AddBackend({ onClose }: { onClose: () => void }) {
    const { own } = useSite();
    const sites = useSites();
    const [site, setSite] = useState(own);
    const [host, setHost] = useState('');
    const [id, setId] = useState('');
    const filled = host.trim() !== '';
    return (
        <ActionDialog
            title="Add a backend"
            verb="Add"
            onClose={onClose}
            change={
                filled
                    ? change('post', '/api/v1/backends', {
                          body: { site, host: host.trim(), ...(id.trim() === '' ? {} : { id: id.trim() }) },
                          command: `doveadm cluster backend add --site ${word(site)}${id.trim() === '' ? '' : ` --id ${id.trim()}`} ${word(host.trim())}`,
                      })
                    : undefined
            }
        >
            <p>It is added in standby: it takes no users until its status is set to online.</p>
            <TextEntry
                label="Host name"
                value={host}
                onChange={setHost}
                required
                autoFocus
                hint="Must resolve where the controller runs. An IP address is refused: certificates are checked against the name."
            />
            {sites.data !== undefined && sites.data.length > 1 ? (
                <Choice
                    label="Site"
                    value={site}
                    onChange={setSite}
                    options={sites.data.map((each) => [each.name, each.name])}
                />
            ) : null}
            <TextEntry
                label="Backend ID (special cases only)"
                value={id}
                onChange={setId}
                hint="Only for a backend that was removed and comes back as the one it was. Otherwise it is made."
            />
        </ActionDialog>
    );
}

export function SetStatus({ backend, onClose }: { backend: Backend; onClose: () => void }) {
    const [status, setStatus] = useState<string>(backend.status);
    return (
        <ActionDialog
            title={`Status of ${backend.host}`}
            verb={`Set to ${status}`}
            onClose={onClose}
            change={
                status === backend.status
                    ? undefined
                    : change('patch', PATH, {
                          path: { host: backend.host },
                          body: { status },
                          version: backend.version,
                          command: `doveadm cluster backend update --status ${status} ${word(backend.host)}`,
                      })
            }
        >
            <Choice
                label="Status"
                value={status}
                onChange={setStatus}
                options={[
                    ['online', 'online: takes sessions'],
                    ['offline', 'offline: cannot be reached; comes back by itself when healthy'],
                    ['standby', 'standby: takes no new sessions; only an operator changes that'],
                ]}
            />
            <p className="quiet">
                No session ends by it. Idle users go elsewhere with their next login; to empty a backend, drain or
                evacuate it.
            </p>
        </ActionDialog>
    );
}

export function SetLoadFactor({
    backend,
    drain = false,
    onClose,
}: {
    backend: Backend;
    drain?: boolean;
    onClose: () => void;
}) {
    const [text, setText] = useState(drain ? '0' : String(backend.loadFactor));
    const factor = /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : undefined;
    return (
        <ActionDialog
            title={drain ? `Drain ${backend.host}` : `Load factor of ${backend.host}`}
            verb={drain ? 'Drain' : 'Set'}
            onClose={onClose}
            change={
                factor === undefined || factor === backend.loadFactor
                    ? undefined
                    : change('patch', PATH, {
                          path: { host: backend.host },
                          body: { loadFactor: factor },
                          version: backend.version,
                          command: `doveadm cluster backend update --load-factor ${factor} ${word(backend.host)}`,
                      })
            }
        >
            <p>
                A backend’s share of the site’s load is its factor over the sum of all factors. It is{' '}
                {backend.loadFactor} now
                {backend.load === undefined ? '' : `, a share of ${backend.load.share.toFixed(1)} %`}.
            </p>
            <TextEntry
                label="Load factor, 0 to 100"
                type="number"
                value={text}
                onChange={setText}
                autoFocus
                hint="100 is usual; 0 drains."
            />
            {factor === 0 ? (
                <Note tone="info">
                    With 0 the controller moves its groups away little by little, as long as the feature load balancing
                    is on. Without it new groups go elsewhere, and those that are there stay.
                </Note>
            ) : null}
        </ActionDialog>
    );
}

export function RemoveBackend({ backend, onClose }: { backend: Backend; onClose: () => void }) {
    const groups = backend.load?.groups ?? 0;
    return (
        <ActionDialog
            title={`Remove ${backend.host}`}
            verb="Remove"
            dangerous
            typed={backend.host}
            onClose={onClose}
            change={change('delete', PATH, {
                path: { host: backend.host },
                version: backend.version,
                command: `doveadm cluster backend remove ${word(backend.host)}`,
            })}
        >
            {groups > 0 ? (
                <Note tone="warn">
                    It has {groups} groups: it will be refused until they are elsewhere. Evacuate it first.
                </Note>
            ) : null}
            <p>
                Keep its ID <code>{backend.id}</code>: with it the backend can be added again as the one it was.
            </p>
        </ActionDialog>
    );
}
