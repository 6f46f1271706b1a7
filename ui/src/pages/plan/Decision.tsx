import type { Schemas } from '../../api/client';
import { Badge } from '../../components/Badge';
import { Panel } from '../../components/Page';
import { Ago, Time } from '../../components/Time';
import { GroupEffects, UserEffects } from './Effects';
import type { Part } from './parts';
import { Steps } from './Steps';

/** What is compared stands side by side; the rest follows as it comes. */
const ORDER = [/, before$/, /, after$/, /, possible$/];

function rank(figure: string): number {
    const found = ORDER.findIndex((each) => each.test(figure));
    return found < 0 ? ORDER.length : found;
}

/** What a part decided: by which figures, in which steps, and what these change. */
export function Decision({ part, site, plan }: { part: Part; site: string; plan: Schemas['Plan'] }) {
    return (
        <>
            {part.of === 'backends' ? null : <Summary plan={plan} />}
            <Panel title="Steps, and why" aside={String(plan.steps.length + plan.more)}>
                <Steps plan={plan} />
            </Panel>
            {part.of === 'backends' ? null : (
                <Panel title="Before and after" aside="of the steps that were done or are planned">
                    {part.of === 'users' ? <UserEffects plan={plan} /> : <GroupEffects site={site} plan={plan} />}
                </Panel>
            )}
        </>
    );
}

function Summary({ plan }: { plan: Schemas['Plan'] }) {
    const figures = Object.entries(plan.figures).sort(([one], [other]) => rank(one) - rank(other));
    return (
        <Panel
            title={plan.summary}
            aside={
                <>
                    <Badge state={plan.mode} /> <Time at={plan.at} />, <Ago at={plan.at} /> ago
                </>
            }
        >
            {figures.length === 0 ? null : (
                <dl className="figures" aria-label="Figures of the plan">
                    {figures.map(([figure, value]) => (
                        <div key={figure}>
                            <dt>{figure}</dt>
                            <dd>{Number.isInteger(value) ? value : value.toFixed(3)}</dd>
                        </div>
                    ))}
                </dl>
            )}
            {plan.notes.length === 0 ? null : (
                <ul className="plain-list" aria-label="Notes">
                    {plan.notes.map((note) => (
                        <li key={note}>{note}</li>
                    ))}
                </ul>
            )}
        </Panel>
    );
}
