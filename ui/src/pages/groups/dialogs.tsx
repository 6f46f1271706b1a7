import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { change, perform, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useBackends } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Bar } from '../../components/Bar';
import { Command } from '../../components/Command';
import { Check, Choice } from '../../components/fields';
import { Note } from '../../components/Note';

type Group = Schemas['Group'];

function useDestinations(site: string): readonly (readonly [string, string])[] {
    const backends = useBackends();
    return (backends.data ?? [])
        .filter((backend) => backend.site === site && backend.status === 'online')
        .map((backend) => [
            backend.host,
            `${backend.host} (${backend.load?.groups ?? '?'} groups, load factor ${backend.loadFactor})`,
        ]);
}

function moveOf(group: Group, backend: string) {
    return change('post', '/api/v1/sites/{site}/groups/{group}/move', {
        path: { site: group.site, group: group.name },
        body: { backend },
        version: group.version,
        command: `doveadm cluster group move ${word(group.site)} ${word(group.name)} ${word(backend)}`,
    });
}

export function MoveGroup({ group, onClose }: { group: Group; onClose: () => void }) {
    const destinations = useDestinations(group.site).filter(([host]) => host !== group.backend);
    const [chosen, setChosen] = useState('');
    const backend = chosen === '' ? (destinations[0]?.[0] ?? '') : chosen;
    return (
        <ActionDialog
            title={`Move ${group.name}`}
            verb="Move"
            onClose={onClose}
            change={backend === '' ? undefined : moveOf(group, backend)}
        >
            <p>
                From {group.backend}. Users without sessions go at once; the others are disconnected one after another,
                and each is served there only when {group.backend} has let go.
            </p>
            {destinations.length === 0 ? (
                <Note tone="warn">No other backend of this site is online.</Note>
            ) : (
                <Choice label="To" value={backend} onChange={setChosen} options={destinations} />
            )}
        </ActionDialog>
    );
}

interface Outcome {
    group: string;
    problem: string | undefined;
}

/** Moves several: a preview, then one request after another, each with its own answer. */
export function MoveGroups({ groups, onClose }: { groups: readonly Group[]; onClose: () => void }) {
    const destinations = useDestinations(groups[0]?.site ?? '');
    const [chosen, setChosen] = useState('');
    const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
    const queries = useQueryClient();
    const backend = chosen === '' ? (destinations[0]?.[0] ?? '') : chosen;
    const wanted = groups.filter((group) => group.backend !== backend && group.move === undefined);
    const left = groups.length - wanted.length;
    const work = useMutation({
        mutationFn: async () => {
            setOutcomes([]);
            for (const group of wanted) {
                const problem = await perform(moveOf(group, backend)).then(
                    () => undefined,
                    (failure: unknown) => (failure instanceof Error ? failure.message : String(failure)),
                );
                setOutcomes((before) => [...before, { group: group.name, problem }]);
            }
        },
        onSettled: () => queries.invalidateQueries(),
    });
    const failed = outcomes.filter((each) => each.problem !== undefined);
    const from = new Map<string, number>();
    wanted.forEach((group) => from.set(group.backend, (from.get(group.backend) ?? 0) + 1));
    const example = wanted[0];
    return (
        <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && !work.isPending && onClose()}>
            <Modal className="modal">
                <Dialog>
                    <Heading slot="title">Move {groups.length} groups</Heading>
                    <Choice label="To" value={backend} onChange={setChosen} options={destinations} />
                    <p>
                        {wanted.length} move:{' '}
                        {[...from].map(([host, count]) => `${count} from ${host}`).join(', ') || 'none'}.
                        {left === 0 ? '' : ` ${left} stay, because they are there or move already.`}
                    </p>
                    {example === undefined ? null : <Command change={moveOf(example, backend)} />}
                    {wanted.length > 1 ? (
                        <p className="quiet">And the same for each of the others, one after another.</p>
                    ) : null}
                    {outcomes.length === 0 ? null : (
                        <div role="status">
                            <Bar
                                part={outcomes.length / Math.max(1, wanted.length)}
                                label={`${outcomes.length} of ${wanted.length} asked for`}
                            />{' '}
                            {outcomes.length} asked for, {failed.length} refused
                            {failed.map((each) => (
                                <Note key={each.group} tone="warn" title={each.group}>
                                    {each.problem}
                                </Note>
                            ))}
                        </div>
                    )}
                    <div className="buttons">
                        <Button onPress={onClose} isDisabled={work.isPending}>
                            {work.isSuccess ? 'Close' : 'Cancel'}
                        </Button>
                        {work.isSuccess ? null : (
                            <Button
                                className="primary"
                                isDisabled={wanted.length === 0 || backend === '' || work.isPending}
                                onPress={() => work.mutate()}
                            >
                                {work.isPending ? 'Working…' : `Move ${wanted.length} groups`}
                            </Button>
                        )}
                    </div>
                </Dialog>
            </Modal>
        </ModalOverlay>
    );
}

export function GroupFlags({ group, onClose }: { group: Group; onClose: () => void }) {
    const [backend, setBackend] = useState(group.stickyBackend);
    const [users, setUsers] = useState(group.stickyUsers);
    const body = {
        ...(backend === group.stickyBackend ? {} : { stickyBackend: backend }),
        ...(users === group.stickyUsers ? {} : { stickyUsers: users }),
    };
    const flags = [
        ...(backend === group.stickyBackend ? [] : [`--sticky-backend ${backend ? 'yes' : 'no'}`]),
        ...(users === group.stickyUsers ? [] : [`--sticky-users ${users ? 'yes' : 'no'}`]),
    ];
    return (
        <ActionDialog
            title={`Flags of ${group.name}`}
            verb="Set"
            onClose={onClose}
            change={
                flags.length === 0
                    ? undefined
                    : change('patch', '/api/v1/sites/{site}/groups/{group}', {
                          path: { site: group.site, group: group.name },
                          body,
                          version: group.version,
                          command: `doveadm cluster group update ${flags.join(' ')} ${word(group.site)} ${word(group.name)}`,
                      })
            }
        >
            <Check
                isChosen={backend}
                onChange={setBackend}
                label="Sticky to its backend: not moved automatically when load is balanced"
            />
            <Check
                isChosen={users}
                onChange={setUsers}
                label="Sticky users: they stay in the group when the sizes of groups are evened out"
            />
            <p className="quiet">What an operator asks for, an evacuation or a failover moves it all the same.</p>
        </ActionDialog>
    );
}
