package org.pombal.node;

import static org.pombal.settings.ValueTypes.duration;
import static org.pombal.settings.ValueTypes.wholeNumber;

import java.time.Duration;
import org.pombal.model.mitigation.GroupOfDeath;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;

/** When a group is held because backend after backend breaks with it. */
public final class GroupOfDeathSettings {

    private static final GroupOfDeath.Rules USUAL = GroupOfDeath.Rules.DEFAULTS;

    public static final Setting<Integer> BACKENDS = Setting.named(
                    "cluster_group_of_death_backends", wholeNumber(2, 10, "backends"))
            .description("So many different backends must have broken with a group, one after another.")
            .withDefault(USUAL.backends());

    public static final Setting<Duration> WITHIN = Setting.named(
                    "cluster_group_of_death_within", duration(Duration.ofMinutes(1), Duration.ofDays(1)))
            .description("Each of them so soon after the one before.")
            .withDefault(USUAL.within());

    public static final Setting<Integer> MOST_GROUPS = Setting.named(
                    "cluster_group_of_death_most_groups", wholeNumber(1, 100, "groups"))
            .description("If more groups fit they have another cause in common, and none is held.")
            .withDefault(USUAL.mostGroups());

    public static final Setting<Duration> HOLD = Setting.named(
                    "cluster_group_of_death_hold", duration(Duration.ofMinutes(1), Duration.ofDays(30)))
            .description("How long after the last breakage a group is held, unless somebody moves it before.")
            .withDefault(USUAL.holdFor());

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "groupofdeath",
            "Groups of death",
            "On backends, the same on all of a site: when a group stays with a backend that broke, if the feature `error-mitigation`"
                    + " is on: see [Automatic decisions](automation.md#groups-of-death).",
            BACKENDS,
            WITHIN,
            MOST_GROUPS,
            HOLD);

    private GroupOfDeathSettings() {}

    static GroupOfDeath.Rules rules(Settings settings) {
        return new GroupOfDeath.Rules(
                settings.get(BACKENDS), settings.get(WITHIN), settings.get(MOST_GROUPS), settings.get(HOLD));
    }
}
