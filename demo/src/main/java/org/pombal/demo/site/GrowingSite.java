package org.pombal.demo.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pombal.dovecot.config.Account;

/** A site of two backends that may become four, and decides on that in seconds instead of minutes. */
public final class GrowingSite {

    /** How many backends it has at first, and at least. */
    public static final int LEAST = 2;

    public static final int MOST = 4;

    private static final int USERS = 60;

    /** With 60 users four backends are used to three fifths. */
    private static final int SESSIONS_PER_BACKEND = 25;

    private static final Map<String, String> HASTE =
            Map.of("cluster_load_interval", "1s", "cluster_load_window", "1min", "cluster_report_interval", "2s");

    private GrowingSite() {}

    /** @param like what it is like but for its backends and accounts */
    public static SitePlan plan(SitePlan like) {
        String password = like.proxyAccounts().get(0).password();
        List<Account> accounts = IntStream.rangeClosed(1, USERS)
                .mapToObj(number -> new Account("user" + number + "@example.org", password))
                .toList();
        return new SitePlan(
                like.name(),
                like.folder(),
                like.backendFolder(),
                like.dovecot(),
                like.backendDovecot(),
                like.network(),
                like.ports(),
                like.nodePort(),
                1,
                LEAST,
                like.geoDb(),
                like.pombal(),
                accounts,
                accounts,
                Optional.empty(),
                HASTE,
                like.proxyMore(),
                like.backendMore());
    }

    /**
     * The settings of its controller that are about the number of backends.
     *
     * @param program that starts and stops backends
     * @param hosts the file with their addresses
     */
    public static Map<String, String> controllerSettings(SitePlan plan, Path program, Path hosts) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cluster_hosts_file", hosts.toString());
        settings.put("AUTOSCALER", "load");
        settings.put("AUTOSCALER_METRIC", "sessions");
        settings.put("AUTOSCALER_SESSIONS_PER_BACKEND", String.valueOf(SESSIONS_PER_BACKEND));
        settings.put("AUTOSCALER_MIN", String.valueOf(LEAST));
        settings.put("AUTOSCALER_MAX", String.valueOf(MOST));
        settings.put("AUTOSCALER_BACKEND_NAME", plan.backendHost(1).replaceFirst("1", "%{number}"));
        settings.put("AUTOSCALER_FIRST_NUMBER", "1");
        settings.put("AUTOSCALER_ACTUATOR", "command");
        settings.put("AUTOSCALER_ACTUATOR_COMMAND", program.toString());
        settings.put("AUTOSCALER_INTERVAL", "1s");
        settings.put("AUTOSCALER_PAUSE", "5s");
        settings.put("AUTOSCALER_LOW_FOR", "10s");
        settings.put("AUTOSCALER_UP_FOR", "2s");
        settings.put("AUTOSCALER_START_LIMIT", "2min");
        settings.put("AUTOSCALER_DRAIN_RATE", "600");
        settings.put("HOST_LOAD_BALANCE_INTERVAL", "10s");
        settings.put("HOST_LOAD_BALANCE_MIN_SAMPLES", "0");
        settings.put("HOST_LOAD_BALANCE_LOGIN_WEIGHT", "0s");
        return settings;
    }
}
