package org.pombal.operations;

import static org.pombal.settings.ValueTypes.oneOf;

import org.pombal.model.lease.TakeoverPolicy;
import org.pombal.settings.Setting;
import org.pombal.settings.SettingsGroup;

/** When a backend counts as gone: for nodes, which take its users over, and for operations, which may then remove it. */
public final class TakeoverSettings {

    public static final Setting<TakeoverPolicy> TAKEOVER = Setting.named(
                    "cluster_takeover", oneOf(TakeoverPolicy.class))
            .description("""
                    What it takes before the users of a backend that is gone are served elsewhere. lease: its lease has
                    stood still for cluster_lease_break. A machine that stands still as a whole may then, when it
                    wakes again, serve them as well for up to cluster_lease_kill_allowance. fenced: cluster_fence_command
                    has succeeded besides, which closes that gap; without its success nobody takes over. Must be the same on all nodes and
                    controllers of a site.""")
            .withDefault(TakeoverPolicy.LEASE);

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "takeover",
            "Takeover",
            "When a backend counts as gone. Nodes and controllers of a site read the same.",
            TAKEOVER);

    private TakeoverSettings() {}
}
