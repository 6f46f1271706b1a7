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

    void heal() {
        healed = true;
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
        deliverLater(deliver);
        if (chance.in(loss)) {
            deliverLater(deliver);
        }
    }

    private void deliverLater(Runnable deliver) {
        boolean late = !healed && chance.in(profile.lossPercent());
        events.after(
                late ? chance.milliseconds(1, chance.in(30) ? 12_000 : 4_000) : chance.milliseconds(1, 8), deliver);
    }
}
