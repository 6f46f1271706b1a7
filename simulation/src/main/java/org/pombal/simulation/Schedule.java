package org.pombal.simulation;

import java.util.List;
import java.util.Optional;

/** One run: a site, a time of chaos, healing, and the time it takes until all is quiet. */
final class Schedule {

    private static final long LONGEST_RECOVERY = 120 * Chance.SECOND;
    private static final long LOOK_EVERY = 250 * Chance.MILLISECOND;
    private static final long MOST_EVENTS = 3_000_000;

    /**
     * What came of it.
     *
     * @param problems what must never be, or did not come to be; empty if all is well
     * @param stuck whether some user cannot get in, or some group still moves, two minutes after all is healed
     * @param exposure for how long two sessions of one user could both do something, in nanoseconds
     */
    record Outcome(
            long seed,
            List<String> problems,
            boolean overlap,
            boolean stuck,
            long exposure,
            int sessions,
            long events,
            long lasted) {

        boolean isGood() {
            return problems.isEmpty();
        }
    }

    private Schedule() {}

    /** @param only what it is to be about; empty for anything */
    static Outcome run(long seed, Profile.Kind kind, Optional<Profile.Theme> only, Quirks quirks, Trace trace) {
        EventQueue[] queue = new EventQueue[1];
        Site site = new Site(
                seed,
                kind,
                only,
                quirks,
                line -> trace.say(
                        () -> String.format("%9.3f s  %s", queue[0].now() / (double) Chance.SECOND, line.get())));
        queue[0] = site.events();
        trace.say(() -> site.profile().toString());
        site.begin();
        History history = site.history();
        boolean stopsAtOverlap = kind == Profile.Kind.PROMISED;
        run(site, site.profile().chaosMilliseconds() * Chance.MILLISECOND, stopsAtOverlap);
        boolean stuck = false;
        if (history.isClean() || !stopsAtOverlap) {
            site.heal();
            stuck = !recover(site, stopsAtOverlap);
        }
        return new Outcome(
                seed,
                history.violations(),
                history.hasOverlap(),
                stuck,
                history.longestExposure(),
                history.sessions(),
                site.events().eventsRun(),
                site.events().now());
    }

    private static void run(Site site, long until, boolean stops) {
        EventQueue events = site.events();
        while (events.now() < until && events.runNext()) {
            if (stops && !site.history().isClean()) {
                return;
            }
            if (events.eventsRun() > MOST_EVENTS) {
                site.history().violated("more than " + MOST_EVENTS + " events: somebody runs in circles");
                return;
            }
        }
    }

    /** @return whether all is served and at rest, or something else is wrong */
    private static boolean recover(Site site, boolean stops) {
        Recovery recovery = new Recovery(site);
        long began = site.events().now();
        while (site.events().now() - began < LONGEST_RECOVERY) {
            run(site, site.events().now() + LOOK_EVERY, stops);
            if (recovery.isComplete() || (stops && !site.history().isClean())) {
                return true;
            }
        }
        site.history().violated("two minutes after healing: " + recovery.whatIsLeft());
        return false;
    }
}
