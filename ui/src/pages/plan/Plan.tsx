import { useBackends, useFeatures, useTasks } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Bar } from '../../components/Bar';
import { NotThere } from '../../components/Note';
import { Page, Panel } from '../../components/Page';
import { Reading } from '../../components/Reading';
import { FEATURES } from '../../layout/features';
import { useSite } from '../../layout/site';
import { balance } from '../balance';
import { percent } from '../statistics';

/** What the automation would do now. This controller makes no plans yet; what is uneven is shown all the same. */
export function Plan() {
    const { site } = useSite();
    const backends = useBackends();
    const features = useFeatures(site);
    const tasks = useTasks();
    const own = backends.data?.filter((backend) => backend.site === site) ?? [];
    const even = balance(own);
    const kinds = [...new Set(tasks.data?.map((task) => task.name) ?? [])];
    return (
        <Page title="Plan" about={`of site ${site}`}>
            <NotThere title="This controller makes no plans yet">
                Load balancing, group sizing and error mitigation are decided by automation that this version does not
                have: its API offers no plan to show, apply, hold or trigger. The states of the features are kept for
                the version that heeds them. What can be done by hand: move groups, set load factors, evacuate.
            </NotThere>
            <div className="columns">
                <Panel title="How even it is now" aside="groups, by what the load factors ask for">
                    <Reading query={backends} what="The backends">
                        {() => (
                            <>
                                <dl className="figures">
                                    <div>
                                        <dt>Balance (max/mean)</dt>
                                        <dd>{even.maxOverMean === undefined ? '–' : even.maxOverMean.toFixed(2)}</dd>
                                    </div>
                                    <div title="No plan that makes it even can have fewer">
                                        <dt>Groups out of place</dt>
                                        <dd>{even.misplaced}</dd>
                                    </div>
                                </dl>
                                <table>
                                    <thead>
                                        <tr>
                                            <th scope="col">Backend</th>
                                            <th scope="col" className="numeric">
                                                Groups
                                            </th>
                                            <th scope="col" className="numeric">
                                                is to have
                                            </th>
                                            <th scope="col">
                                                <span className="for-readers">Part and target</span>
                                            </th>
                                        </tr>
                                    </thead>
                                    <tbody>
                                        {own.map((backend) => {
                                            const part =
                                                even.groups === 0 ? 0 : (backend.load?.groups ?? 0) / even.groups;
                                            const target = (backend.load?.share ?? 0) / 100;
                                            return (
                                                <tr key={backend.host}>
                                                    <td>{backend.host}</td>
                                                    <td className="numeric">{backend.load?.groups}</td>
                                                    <td className="numeric">{(target * even.groups).toFixed(1)}</td>
                                                    <td>
                                                        <Bar
                                                            part={part}
                                                            target={target}
                                                            label={`${percent(part, 1)}, is to have ${percent(target, 1)}`}
                                                        />
                                                    </td>
                                                </tr>
                                            );
                                        })}
                                    </tbody>
                                </table>
                            </>
                        )}
                    </Reading>
                </Panel>
                <Panel title="What would decide">
                    <dl className="facts">
                        {features.data?.map((feature) => (
                            <div key={feature.feature} className="pair">
                                <dt>
                                    {FEATURES[feature.feature]?.title ?? feature.feature}{' '}
                                    <Badge state={feature.state} />
                                </dt>
                                <dd>
                                    {feature.state === 'off'
                                        ? FEATURES[feature.feature]?.off
                                        : FEATURES[feature.feature]?.on}
                                </dd>
                            </div>
                        ))}
                    </dl>
                    <p className="quiet">
                        Kinds of tasks that this controller does:{' '}
                        {kinds.length === 0 ? 'none seen yet' : kinds.join(', ')}.
                    </p>
                </Panel>
            </div>
        </Page>
    );
}
