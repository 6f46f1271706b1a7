import { useState } from 'react';
import { useHealth, useLeader, useSettings, useTaskQueues } from '../../api/queries';
import { ScrollTable } from '../../components/ScrollTable';
import { Badge } from '../../components/Badge';
import { Filter } from '../../components/fields';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { Tabs } from '../../components/Tabs';
import { Ago } from '../../components/Time';
import { duration } from '../../components/time';
import { useAddress } from '../../components/useAddress';
import { useSession } from '../../session/caller';
import { Tokens } from './Tokens';

/** The controller itself: its settings, who may use it, its tasks. */
export function Settings() {
    const [tab, setTab] = useAddress('tab', 'settings');
    return (
        <Page
            title="Settings & access"
            actions={
                <a className="button" href="/api/v1/docs" target="_blank" rel="noreferrer">
                    The API
                </a>
            }
        >
            <Tabs
                label="What is shown"
                value={tab}
                onChange={setTab}
                tabs={[
                    ['settings', 'Settings in force'],
                    ['access', 'Access'],
                    ['controller', 'Controller & tasks'],
                ]}
            />
            {tab === 'settings' ? <InForce /> : null}
            {tab === 'access' ? <Access /> : null}
            {tab === 'controller' ? <ControllerItself /> : null}
        </Page>
    );
}

function InForce() {
    const settings = useSettings();
    const [text, setText] = useState('');
    return (
        <>
            <div className="filters">
                <Filter label="Setting" value={text} onChange={setText} />
                <span className="quiet">
                    Read when the controller starts, from its file and its environment; not changed from here.
                </span>
            </div>
            <Reading query={settings} what="The settings">
                {(data) => (
                    <ScrollTable label="Settings">
                        <thead>
                            <tr>
                                <th scope="col">Setting</th>
                                <th scope="col">Value</th>
                                <th scope="col">Set in</th>
                            </tr>
                        </thead>
                        <tbody>
                            {data
                                .filter((setting) => setting.name.toLowerCase().includes(text.toLowerCase()))
                                .map((setting) => (
                                    <tr key={setting.name}>
                                        <td>
                                            <code>{setting.name}</code>
                                        </td>
                                        <td>
                                            {setting.value === '' ? (
                                                <span className="quiet">empty</span>
                                            ) : (
                                                setting.value
                                            )}
                                        </td>
                                        <td className="quiet">{setting.origin}</td>
                                    </tr>
                                ))}
                        </tbody>
                    </ScrollTable>
                )}
            </Reading>
        </>
    );
}

function Access() {
    const { caller } = useSession();
    return (
        <>
            <Panel title="You">
                <p>
                    {caller.name}, with the roles {caller.roles.join(', ')}.
                </p>
                <p className="quiet">
                    A viewer reads all but tokens and the audit log; an operator also changes sites, backends, groups,
                    users and features; an admin also makes tokens and reads the audit log.
                </p>
            </Panel>
            <Tokens />
        </>
    );
}

function ControllerItself() {
    const health = useHealth();
    const leader = useLeader();
    const queues = useTaskQueues();
    return (
        <>
            <Panel title="This controller">
                <dl className="facts">
                    <dt>Health</dt>
                    <dd>
                        <Badge state={health.data?.status ?? 'unknown'} />
                    </dd>
                    <dt>GeoDB</dt>
                    <dd>
                        <Badge state={health.data?.geoDb ?? 'unknown'} />
                    </dd>
                    <dt>Tasks</dt>
                    <dd>
                        <Badge state={health.data?.tasks ?? 'unknown'} />
                    </dd>
                    <dt>Acts for the site</dt>
                    <dd>
                        {leader.data === undefined
                            ? '…'
                            : leader.data.isThis
                              ? `this one, ${leader.data.name ?? ''}`
                              : (leader.data.name ?? 'nobody')}
                    </dd>
                </dl>
            </Panel>
            <Panel title="Task queues">
                <Reading query={queues} what="The task queues">
                    {(data) => (
                        <ScrollTable label="Task queues">
                            <thead>
                                <tr>
                                    <th scope="col">Queue</th>
                                    <th scope="col" className="numeric">
                                        Waiting
                                    </th>
                                    <th scope="col" className="numeric">
                                        Running
                                    </th>
                                    <th scope="col" className="numeric">
                                        Lag
                                    </th>
                                    <th scope="col" className="numeric">
                                        Done
                                    </th>
                                    <th scope="col" className="numeric">
                                        Given up
                                    </th>
                                    <th scope="col">Workers</th>
                                </tr>
                            </thead>
                            <tbody>
                                {data.map((queue) => (
                                    <tr key={queue.name}>
                                        <td>{queue.name}</td>
                                        <td className="numeric">{queue.waiting}</td>
                                        <td className="numeric">{queue.running}</td>
                                        <td className="numeric">{duration(queue.lagMillis)}</td>
                                        <td className="numeric">{queue.done}</td>
                                        <td className={queue.givenUp > 0 ? 'numeric warn' : 'numeric'}>
                                            {queue.givenUp}
                                        </td>
                                        <td>
                                            {queue.workers.length === 0 ? <Badge state="idle">none</Badge> : null}
                                            <ul className="plain-list">
                                                {queue.workers.map((worker) => (
                                                    <li key={worker.name}>
                                                        {worker.name}, seen <Ago at={worker.seenAt} late={15_000} /> ago
                                                    </li>
                                                ))}
                                            </ul>
                                        </td>
                                    </tr>
                                ))}
                            </tbody>
                        </ScrollTable>
                    )}
                </Reading>
            </Panel>
        </>
    );
}
