import { Link } from 'react-router';
import { MOST_STEPS, useAutomationSteps, usePlans } from '../../api/automation';
import type { Schemas } from '../../api/client';
import { useFeatures } from '../../api/queries';
import { Badge } from '../../components/Badge';
import { Reading } from '../../components/Reading';
import { ScrollTable } from '../../components/ScrollTable';
import { Ago } from '../../components/Time';
import { FEATURES } from '../../layout/features';
import { useNow } from '../../live/useAge';
import { PARTS } from '../plan/parts';
import { Target } from '../plan/Steps';

const HOUR_MS = 3_600_000;
const SHOWN = 12;

/** How often something was done in the last hour, and what came of it; as one asks for it by action. */
export function inShort(steps: readonly Schemas['AutomationStep'][]): string[] {
    const counts = new Map<string, { done: number; not: number }>();
    for (const step of steps) {
        const count = counts.get(step.action) ?? { done: 0, not: 0 };
        counts.set(step.action, {
            done: count.done + (step.result === 'done' ? 1 : 0),
            not: count.not + (step.result === 'done' ? 0 : 1),
        });
    }
    return [...counts].map(([action, { done, not }]) => `${done} × ${action}${not === 0 ? '' : `, ${not} not done`}`);
}

/** The states of the features, what was decided last, and what was done in the last hour. */
export function Automation({ site }: { site: string }) {
    const features = useFeatures(site);
    const plans = usePlans();
    const steps = useAutomationSteps();
    const now = Math.floor(useNow() / 5000) * 5000;
    const recent = steps.data?.filter((step) => now - new Date(step.at).getTime() < HOUR_MS) ?? [];
    const mayBeMore = recent.length >= MOST_STEPS;
    return (
        <>
            <ul className="feature-states">
                {features.data?.map((feature) => (
                    <li key={feature.feature}>
                        <Badge state={feature.state} /> {FEATURES[feature.feature]?.title ?? feature.feature}
                    </li>
                ))}
            </ul>
            <Reading query={plans} what="What was decided last">
                {(data) => (
                    <ul className="plain-list" aria-label="Decided last">
                        {data.map((plan) => (
                            <li key={plan.name}>
                                <Link className="in-text" to={`/plan?part=${plan.name}&view=last`}>
                                    {PARTS.find((part) => part.name === plan.name)?.title ?? plan.name}
                                </Link>
                                : {plan.summary}{' '}
                                <span className="quiet">
                                    steps: {plan.steps.length + plan.more}, <Ago at={plan.at} /> ago
                                </span>
                            </li>
                        ))}
                    </ul>
                )}
            </Reading>
            <Reading query={steps} what="What the automation did">
                {() =>
                    recent.length === 0 ? (
                        <p className="quiet">It did nothing in the last hour.</p>
                    ) : (
                        <>
                            <p>
                                <b>{inShort(recent).join('; ')}</b>
                                {mayBeMore ? ', or more' : ''}
                            </p>
                            <StepTable steps={recent.slice(0, SHOWN)} />
                        </>
                    )
                }
            </Reading>
        </>
    );
}

/** Steps that the automation did, each with its reason. */
export function StepTable({ steps }: { steps: readonly Schemas['AutomationStep'][] }) {
    return (
        <ScrollTable label="What the automation did" low>
            <thead>
                <tr>
                    <th scope="col" className="numeric">
                        Ago
                    </th>
                    <th scope="col">What</th>
                    <th scope="col">Change</th>
                    <th scope="col">Result</th>
                    <th scope="col">Why</th>
                </tr>
            </thead>
            <tbody>
                {steps.map((step, index) => (
                    <tr key={`${step.at} ${step.target} ${index}`}>
                        <td className="numeric">
                            <Ago at={step.at} />
                        </td>
                        <td>
                            {step.action} <Target target={step.target} />
                        </td>
                        <td>
                            {plain(step.from)} → {plain(step.to)}
                        </td>
                        <td>
                            <Badge state={step.result} />
                        </td>
                        <td>{step.why}</td>
                    </tr>
                ))}
            </tbody>
        </ScrollTable>
    );
}

/** The audit log has values in JSON. */
function plain(json: string | undefined): string {
    return json?.replace(/^"|"$/g, '') ?? '';
}
