package org.pombal.simulation;

import java.util.HashSet;
import java.util.Set;

/** Messages between machines, and to GeoDB: late, lost, doubled, out of order, or cut off for a while. */
final class Network {

    private final EventQueue events;
    private final Chance chance;
    private final Profile profile;
    private final Set<String> cutOff = new HashSet<>();
    private boolean healed;
    private long slowUntil;
    private String held = "";
    private String notHeldFrom = "";
    private long heldFor;

    Network(EventQueue events, Chance chance, Profile profile) {
        this.events = events;
        this.chance = chance;
        this.profile = profile;
    }

    /** One machine hears and says nothing, to GeoDB and to others; {@code what} is {@code host}, or {@code host>geodb}. */
    void cut(String what, long duration) {
        if (!healed && cutOff.add(what)) {
            events.after(duration, () -> cutOff.remove(what));
        }
    }

    /** All messages take long for a while, though not so long that nobody waits for them. */
    void slow(long duration) {
        slowUntil = events.now() + duration;
    }

    /**
     * What is sent to one machine is on its way for very long, unless one other sends it.
     *
     * @param duration for how long that is so
     * @param delay how long a message then takes
     */
    void hold(String to, String except, long duration, long delay) {
        held = to;
        notHeldFrom = except;
        heldFor = delay;
        events.after(duration, () -> held = "");
    }

    void heal() {
        healed = true;
        held = "";
        slowUntil = 0;
        cutOff.clear();
    }

    boolean reachesGeoDb(String host) {
        return !cutOff.contains(host) && !cutOff.contains(host + ">geodb");
    }

    void send(String from, String to, Runnable deliver) {
        if (cutOff.contains(from) || cutOff.contains(to)) {
            return;
        }
        int loss = healed ? 0 : profile.lossPercent();
        if (chance.in(loss)) {
            return;
        }
        if (to.equals(held) && !from.equals(notHeldFrom)) {
            events.after(heldFor, deliver);
            return;
        }
        deliverLater(deliver);
        if (chance.in(loss)) {
            deliverLater(deliver);
        }
    }

    private void deliverLater(Runnable deliver) {
        if (events.now() < slowUntil) {
            events.after(chance.milliseconds(50, 450), deliver);
            return;
        }
        boolean late = !healed && chance.in(profile.lossPercent());
        events.after(
                late ? chance.milliseconds(1, chance.in(30) ? 12_000 : 4_000) : chance.milliseconds(1, 8), deliver);
    }
}
