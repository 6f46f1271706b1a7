import { useState } from 'react';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useTags } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Choice, TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';

type Site = Schemas['Site'];

function useTagOptions(): readonly (readonly [string, string])[] {
    const tags = useTags();
    return [['', 'none'], ...(tags.data ?? []).map((tag) => [tag.name, tag.name] as const)];
}

export function AddSite({ onClose }: { onClose: () => void }) {
    const tags = useTagOptions();
    const [name, setName] = useState('');
    const [balancer, setBalancer] = useState('');
    const [tag, setTag] = useState('');
    const [id, setId] = useState('');
    const body = {
        name: name.trim(),
        ...(id.trim() === '' ? {} : { id: id.trim() }),
        ...(tag === '' ? {} : { tag }),
        ...(balancer.trim() === '' ? {} : { loadBalancer: balancer.trim() }),
    };
    const flags = [
        ...(body.id === undefined ? [] : [`--id ${body.id}`]),
        ...(body.tag === undefined ? [] : [`--tag ${word(body.tag)}`]),
        ...(body.loadBalancer === undefined ? [] : [`--load-balancer ${word(body.loadBalancer)}`]),
    ];
    return (
        <ActionDialog
            title="Add a site"
            verb="Add"
            onClose={onClose}
            change={
                body.name === ''
                    ? undefined
                    : change('post', '/api/v1/sites', {
                          body,
                          command: ['doveadm cluster site add', ...flags, word(body.name)].join(' '),
                      })
            }
        >
            <TextEntry
                label="Name"
                value={name}
                onChange={setName}
                required
                autoFocus
                hint="The one that the site’s nodes have as cluster_local_site."
            />
            <TextEntry
                label="Load balancer"
                value={balancer}
                onChange={setBalancer}
                hint="Where other sites’ proxies connect. Needed if the site has an external load balancer."
            />
            <Choice
                label="Tag"
                value={tag}
                onChange={setTag}
                options={tags}
                hint="Users with a tag live only on sites that have it."
            />
            <TextEntry
                label="Site ID (special cases only)"
                value={id}
                onChange={setId}
                hint="Only for a site that was removed and comes back as the one it was. Otherwise it is made."
            />
        </ActionDialog>
    );
}

export function EditSite({ site, onClose }: { site: Site; onClose: () => void }) {
    const tags = useTagOptions();
    const [name, setName] = useState(site.name);
    const [status, setStatus] = useState<string>(site.status);
    const [balancer, setBalancer] = useState(site.loadBalancer ?? '');
    const [tag, setTag] = useState(site.tag ?? '');
    const body = {
        ...(name.trim() === site.name ? {} : { name: name.trim() }),
        ...(status === site.status ? {} : { status }),
        ...(tag === (site.tag ?? '') ? {} : { tag }),
        ...(balancer.trim() === (site.loadBalancer ?? '') ? {} : { loadBalancer: balancer.trim() }),
    };
    const flags = [
        ...(body.loadBalancer === undefined ? [] : [`--load-balancer ${word(body.loadBalancer)}`]),
        ...(body.status === undefined ? [] : [`--status ${body.status}`]),
        ...(body.name === undefined ? [] : [`--name ${word(body.name)}`]),
        ...(body.tag === undefined ? [] : [`--tag ${word(body.tag)}`]),
    ];
    const renamed = body.name !== undefined;
    return (
        <ActionDialog
            title={`Site ${site.name}`}
            verb="Change"
            onClose={onClose}
            dangerous={renamed}
            {...(renamed ? { typed: site.name } : {})}
            change={
                flags.length === 0 || name.trim() === ''
                    ? undefined
                    : change('patch', '/api/v1/sites/{site}', {
                          path: { site: site.name },
                          body,
                          version: site.version,
                          command: `doveadm cluster site update ${flags.join(' ')} ${word(site.name)}`,
                      })
            }
        >
            <TextEntry label="Name" value={name} onChange={setName} required />
            {renamed ? (
                <Note tone="bad" title="Danger">
                    The name must be what the site’s nodes have as cluster_local_site. A name that is not stops the
                    site: change the nodes’ settings first.
                </Note>
            ) : null}
            <Choice
                label="Status"
                value={status}
                onChange={setStatus}
                options={[
                    ['online', 'online: takes users'],
                    ['offline', 'offline: cannot be reached'],
                    ['standby', 'standby: can be reached, takes no new users'],
                    ['evacuate', 'evacuate: is emptied of all users'],
                ]}
            />
            <TextEntry
                label="Load balancer"
                value={balancer}
                onChange={setBalancer}
                hint="Where other sites’ proxies connect. Empty for none."
            />
            <Choice label="Tag" value={tag} onChange={setTag} options={tags} />
        </ActionDialog>
    );
}

export function RemoveSite({ site, onClose }: { site: Site; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Remove site ${site.name}`}
            verb="Remove"
            dangerous
            typed={site.name}
            onClose={onClose}
            change={change('delete', '/api/v1/sites/{site}', {
                path: { site: site.name },
                version: site.version,
                command: `doveadm cluster site remove ${word(site.name)}`,
            })}
        >
            <p>
                It is refused while the site has backends or users. Keep its ID <code>{site.id}</code>: with it the site
                can be added again as the one it was.
            </p>
        </ActionDialog>
    );
}

export function AddTag({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('');
    return (
        <ActionDialog
            title="Add a tag"
            verb="Add"
            onClose={onClose}
            change={
                name.trim() === ''
                    ? undefined
                    : change('post', '/api/v1/tags', {
                          body: { name: name.trim() },
                          command: `doveadm cluster tag create ${word(name.trim())}`,
                      })
            }
        >
            <p>A tag divides a cluster: users with a tag live only on sites with the same tag.</p>
            <TextEntry label="Name" value={name} onChange={setName} required autoFocus />
        </ActionDialog>
    );
}

export function RenameTag({ tag, onClose }: { tag: Schemas['Tag']; onClose: () => void }) {
    const [name, setName] = useState(tag.name);
    return (
        <ActionDialog
            title={`Rename tag ${tag.name}`}
            verb="Rename"
            onClose={onClose}
            change={
                name.trim() === '' || name.trim() === tag.name
                    ? undefined
                    : change('patch', '/api/v1/tags/{tag}', {
                          path: { tag: tag.name },
                          body: { name: name.trim() },
                          version: tag.version,
                          command: `doveadm cluster tag update --name ${word(name.trim())} ${word(tag.name)}`,
                      })
            }
        >
            <p>Sites and users know a tag by its ID, so nothing moves.</p>
            <TextEntry label="New name" value={name} onChange={setName} required autoFocus />
        </ActionDialog>
    );
}

export function DeleteTag({ tag, onClose }: { tag: Schemas['Tag']; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Delete tag ${tag.name}`}
            verb="Delete"
            dangerous
            typed={tag.name}
            onClose={onClose}
            change={change('delete', '/api/v1/tags/{tag}', {
                path: { tag: tag.name },
                version: tag.version,
                command: `doveadm cluster tag delete ${word(tag.name)}`,
            })}
        >
            <p>It is refused while a site has it.</p>
        </ActionDialog>
    );
}

export function RemoveProxy({ site, proxy, onClose }: { site: string; proxy: string; onClose: () => void }) {
    return (
        <ActionDialog
            title={`Forget proxy ${proxy}`}
            verb="Forget"
            dangerous
            typed={proxy}
            onClose={onClose}
            change={change('delete', '/api/v1/sites/{site}/proxies/{proxy}', {
                path: { site, proxy },
                command: `doveadm cluster proxy remove --site ${word(site)} ${word(proxy)}`,
            })}
        >
            <p>For a proxy that is gone for good: what it reported is removed. One that still reports is refused.</p>
        </ActionDialog>
    );
}
