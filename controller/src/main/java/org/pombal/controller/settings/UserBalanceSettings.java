package org.pombal.controller.settings;

import static org.pombal.settings.ValueTypes.decimal;
import static org.pombal.settings.ValueTypes.wholeNumber;
import static org.pombal.settings.ValueTypes.yesNo;

import org.pombal.model.groupsize.GroupSizeRules;
import org.pombal.model.sitebalance.SiteBalanceRules;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;

/** The settings of how a controller balances users between groups, and between sites. */
public final class UserBalanceSettings {

    public static final Setting<Boolean> ENABLED =
            Setting.named("GROUP_BALANCE_ENABLED", yesNo()).description("""
                    Whether users change groups so that the groups of a backend are of like size.""").withDefault(true);

    public static final Setting<Double> SLACK = Setting.named("GROUP_BALANCE_GROUP_SIZE_RATIO_SLACK", decimal(0.01, 10))
            .description("""
                    The difference between the largest and the smallest group of a backend, as a part of their mean, above which users are moved.""")
            .withDefault(0.2);

    public static final Setting<Integer> MAX_IN_PLAN = Setting.named(
                    "GROUP_BALANCE_MAX_USER_MOVE_BETWEEN_GROUPS", wholeNumber(1, 20_000, "users"))
            .description("""
                    How many users change groups in a day at most.""")
            .withDefault(2_000);

    public static final Setting<Integer> MAX_IN_PASS = Setting.named(
                    "GROUP_BALANCE_MAX_USER_MOVES_PER_PASS", wholeNumber(1, 100_000, "users"))
            .description("""
                    How many users change groups in a pass at most; there is one each half an hour.""")
            .withDefault(50);

    public static final Setting<Boolean> SITES_ENABLED =
            Setting.named("SITE_BALANCE_ENABLED", yesNo()).description("""
                    Whether users go to other sites of the same tag so that each has its share.""").withDefault(true);

    public static final Setting<Double> SITES_SLACK = Setting.named("SITE_BALANCE_RATIO_SLACK", decimal(0.01, 10))
            .description("""
                    The difference between the fullest and the emptiest site, as a part of their shares, above which users are moved.""")
            .withDefault(0.2);

    public static final Setting<Integer> SITES_MAX_IN_PLAN = Setting.named(
                    "SITE_BALANCE_MAX_USER_MOVES", wholeNumber(1, 20_000, "users"))
            .description("""
                    How many users leave the site in a day at most.""")
            .withDefault(1_000);

    public static final Setting<Integer> SITES_MAX_IN_PASS = Setting.named(
                    "SITE_BALANCE_MAX_USER_MOVES_PER_PASS", wholeNumber(1, 100_000, "users"))
            .description("""
                    How many of them in a pass at most; there is one each half an hour.""")
            .withDefault(20);

    public static final Setting<Integer> NUMBER_MAX_IN_PASS = Setting.named(
                    "GROUP_NUMBER_MAX_USER_MOVES_PER_PASS", wholeNumber(1, 100_000, "users"))
            .description("""
                    How many users begin to move in a pass while the number of groups is changed; there is one each 30 s.""")
            .withDefault(500);

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "userbalance",
            "Users between groups and sites",
            "How the controller balances users, if the feature `load-balancing` is on: see"
                    + " [Automatic decisions](automation.md#group-sizes).",
            ENABLED,
            SLACK,
            MAX_IN_PLAN,
            MAX_IN_PASS,
            SITES_ENABLED,
            SITES_SLACK,
            SITES_MAX_IN_PLAN,
            SITES_MAX_IN_PASS,
            NUMBER_MAX_IN_PASS);

    private UserBalanceSettings() {}

    public static GroupSizeRules groups(Settings settings) {
        return new GroupSizeRules(settings.get(SLACK), settings.get(MAX_IN_PLAN), settings.get(MAX_IN_PASS));
    }

    public static SiteBalanceRules sites(Settings settings) {
        return new SiteBalanceRules(
                settings.get(SITES_SLACK), settings.get(SITES_MAX_IN_PLAN), settings.get(SITES_MAX_IN_PASS));
    }
}
