import { useEffect, type ReactNode } from 'react';

/** The frame of a page: title, what can be done, content. */
export function Page({
    title,
    about,
    actions,
    children,
}: {
    title: string;
    about?: ReactNode;
    actions?: ReactNode;
    children: ReactNode;
}) {
    useEffect(() => {
        document.title = `${title} · Pombal`;
    }, [title]);
    return (
        <>
            <header className="page-head">
                <h1>{title}</h1>
                {about === undefined ? null : <div className="about">{about}</div>}
                <div className="actions">{actions}</div>
            </header>
            {children}
        </>
    );
}

export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
    return (
        <section className="panel">
            <header>
                <h2>{title}</h2>
                {aside === undefined ? null : <div className="aside">{aside}</div>}
            </header>
            {children}
        </section>
    );
}
