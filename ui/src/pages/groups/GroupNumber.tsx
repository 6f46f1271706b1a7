import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useGroupNumber } from '../../api/automation';
import { change, word } from '../../api/change';
import type { Schemas } from '../../api/client';
import { useBackends } from '../../api/queries';
import { ActionDialog } from '../../components/ActionDialog';
import { Bar } from '../../components/Bar';
import { TextEntry } from '../../components/fields';
import { Note } from '../../components/Note';
import { Panel } from '../../components/Page';
import { Ago } from '../../components/Time';
import { useDialog } from '../../components/useDialog';
import { useSite } from '../../layout/site';
import { useMay } from '../../session/caller';

type Change = Schemas['GroupNumberChange'];

const PHASES: readonly Change['phase'][] = ['wanted', 'planned', 'making', 'moving', 'retiring', 'done'];

const MEANS: Record<Change['phase'], string> = {
    wanted: 'It is being planned: all users are counted for that, which takes up to a minute, or longer with many.',
    planned: 'This is what would be done. It waits until it is started.',
    making: 'New groups are made, and the number is written down.',
    moving: 'Users move to their groups, some in each pass.',
    retiring: 'Groups that are empty end.',
    done: 'The site has its new number of groups.',
};

/** Something has been done: it can only go on. */
const BEGUN: readonly Change['phase'][] = ['making', 'moving', 'retiring'];

const LARGEST = 1_000_000;

/** The change of the number of groups that is wanted, planned or under way; nothing once it is done. */
export function GroupNumberProgress() {
    const current = useGroupNumber();
    const backends = useBackends();
    const may = useMay('operator');
    const [open, dialog] = useDialog();
    const wanted = current.data;
    if (wanted === undefined || wanted === null || wanted.phase === 'done') {
        return null;
    }
    const moved = wanted.users - wanted.usersLeft;
    const isStopped = !wanted.started && BEGUN.includes(wanted.phase);
    return (
        <Panel
            title={`From ${wanted.from} to ${wanted.to} groups`}
            aside={
                <>
                    asked for by {wanted.by} <Ago at={wanted.at} /> ago
                </>
            }
        >
            <ol className="phases" aria-label="How far it is">
                {PHASES.map((phase) => (
                    <li key={phase} aria-current={phase === wanted.phase ? 'step' : undefined}>
                        {phase}
                    </li>
                ))}
            </ol>
            <p role="status">
                {wanted.phase === 'planned' && wanted.started
                    ? 'It has been started, and begins within half a minute.'
                    : isStopped
                      ? 'It is stopped where it is. Users who were on the move arrive.'
                      : MEANS[wanted.phase]}
                {wanted.phase === 'moving' ? ` ${moved} of ${wanted.users} users have begun to move.` : ''}
            </p>
            {wanted.phase === 'moving' ? (
                <Bar
                    part={wanted.users === 0 ? 1 : moved / wanted.users}
                    label={`${moved} of ${wanted.users} users have begun to move`}
                />
            ) : null}
            {wanted.problem === undefined ? null : (
                <Note tone="warn" title="It does not go on">
                    {wanted.problem}
                </Note>
            )}
            {wanted.phase === 'planned' ? <Preview wanted={wanted} backends={backends.data ?? []} /> : null}
            {may ? (
                <div className="buttons">
                    {isStopped ? null : (
                        <Button onPress={() => open((close) => <Stop wanted={wanted} onClose={close} />)}>
                            {wanted.started ? 'Stop…' : 'Give up…'}
                        </Button>
                    )}
                    {isStopped || (wanted.phase === 'planned' && !wanted.started) ? (
                        <Button
                            className="primary"
                            isDisabled={wanted.phase === 'planned' && wanted.problem !== undefined}
                            onPress={() =>
                                open((close) => (
                                    <Start wanted={wanted} backends={backends.data ?? []} onClose={close} />
                                ))
                            }
                        >
                            {isStopped ? 'Go on…' : 'Start…'}
                        </Button>
                    ) : null}
                </div>
            ) : null}
            {dialog}
        </Panel>
    );
}

interface DialogProps {
    wanted: Change;
    onClose: () => void;
}

function Start({ wanted, backends, onClose }: DialogProps & { backends: readonly Schemas['Backend'][] }) {
    const goesOn = BEGUN.includes(wanted.phase);
    return (
        <ActionDialog
            title={`Change to ${wanted.to} groups`}
            verb={goesOn ? 'Go on' : 'Start'}
            dangerous
            onClose={onClose}
            change={change('post', '/api/v1/group-number/start', {})}
        >
            {goesOn ? (
                <p>{wanted.usersLeft} users have still to begin to move.</p>
            ) : (
                <Preview wanted={wanted} backends={backends} />
            )}
            <Note tone="warn">
                Users move one after another, and those with sessions are disconnected when it is their turn. It can be
                stopped and go on later; it cannot be undone but by another change.
            </Note>
        </ActionDialog>
    );
}

function Stop({ wanted, onClose }: DialogProps) {
    return (
        <ActionDialog
            title={`${wanted.started ? 'Stop' : 'Give up'} the change to ${wanted.to} groups`}
            verb={wanted.started ? 'Stop' : 'Give up'}
            onClose={onClose}
            change={change('delete', '/api/v1/group-number', {})}
        >
            <p>
                {wanted.started
                    ? 'Within half a minute. Users who are on the move arrive; those who have moved stay in their new groups, and the others where they are, until it goes on.'
                    : 'Nothing has been done yet. It can be asked for again.'}
            </p>
        </ActionDialog>
    );
}

/** What a change does: new groups by backend, groups that end, users that move. */
function Preview({ wanted, backends }: { wanted: Change; backends: readonly Schemas['Backend'][] }) {
    const made = new Map<string, number>();
    for (const id of Object.values(wanted.made)) {
        const host = backends.find((backend) => backend.id === id)?.host ?? id;
        made.set(host, (made.get(host) ?? 0) + 1);
    }
    return (
        <dl className="facts" aria-label="What is planned">
            {made.size === 0 ? null : (
                <>
                    <dt>New groups</dt>
                    <dd>
                        {Object.keys(wanted.made).length}:{' '}
                        {[...made].map(([host, count]) => `${count} on ${host}`).join(', ')}
                    </dd>
                </>
            )}
            {wanted.retired.length === 0 ? null : (
                <>
                    <dt>Groups that end</dt>
                    <dd>
                        {wanted.retired.length}: {wanted.retired.slice(0, 5).join(', ')}
                        {wanted.retired.length > 5 ? ', …' : ''}
                    </dd>
                </>
            )}
            <dt>Users who change groups</dt>
            <dd>
                {wanted.users} <span className="quiet">of the same backend, as far as that can be</span>
            </dd>
        </dl>
    );
}

/** Creates the groups of a site that are missing, or asks for another number of them. */
export function NumberOfGroups({ site, onClose }: { site: Schemas['Site']; onClose: () => void }) {
    const { own } = useSite();
    const now = site.groupCount;
    const [text, setText] = useState(String(now ?? 100));
    const count = /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= LARGEST ? Number(text) : undefined;
    if (now === undefined || count === now || site.name !== own) {
        return (
            <CreateMissing site={site} count={count} onClose={onClose}>
                <Entry text={text} setText={setText} />
                {site.name === own || now === undefined ? null : (
                    <Note>Another number is asked for from the controller of site {site.name}.</Note>
                )}
            </CreateMissing>
        );
    }
    return (
        <ActionDialog
            title={`Number of groups of site ${site.name}`}
            verb="Plan it"
            onClose={onClose}
            change={
                count === undefined
                    ? undefined
                    : change('post', '/api/v1/group-number', { body: { groups: count, start: false } })
            }
            done={() => (
                <Note tone="good" title="It is being planned">
                    Within a minute the page Groups shows what would be done; nothing is done before you start it there.
                </Note>
            )}
        >
            <Entry text={text} setText={setText} />
            <p>
                The site has <b>{now}</b> groups.{' '}
                {(count ?? now) > now
                    ? 'Each new one is made beside the largest, and takes some of its users.'
                    : 'Users of the last ones go to the smallest of the same backend, and those groups end.'}{' '}
                It is done in service. Planning changes nothing yet.
            </p>
        </ActionDialog>
    );
}

function Entry({ text, setText }: { text: string; setText: (text: string) => void }) {
    return (
        <TextEntry
            label="How many"
            type="number"
            value={text}
            onChange={setText}
            autoFocus
            hint="1 to 1,000,000. About 100 for each backend make the load even to a percent."
        />
    );
}

function CreateMissing({
    site,
    count,
    onClose,
    children,
}: {
    site: Schemas['Site'];
    count: number | undefined;
    onClose: () => void;
    children: ReactNode;
}) {
    return (
        <ActionDialog
            title={`Number of groups of site ${site.name}`}
            verb="Create those that are missing"
            onClose={onClose}
            change={
                count === undefined
                    ? undefined
                    : change('post', '/api/v1/sites/{site}/init', {
                          path: { site: site.name },
                          body: { count },
                          command: `doveadm cluster site init ${word(site.name)}`,
                      })
            }
            done={({ result }) => (
                <Note tone="good">
                    {result.created} groups were created; the site has {result.groups}.
                </Note>
            )}
        >
            {children}
            {site.groupCount === undefined ? (
                <p>The site has no number of groups yet.</p>
            ) : (
                <p>
                    The site has <b>{site.groupCount}</b> groups, default-1 to default-{site.groupCount}. Those that
                    nobody has needed yet can be created now; that changes nothing for anybody. For another number, give
                    it.
                </p>
            )}
        </ActionDialog>
    );
}
