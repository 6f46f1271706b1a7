package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How mail processes are told which socket to ask about who has logged in. Source: {@code src/imap/main.c} and {@code
 * src/lib-master/master-service-settings.c} of 2.4.1 and 2.4.2.
 */
public enum MasterSocketBy {
    /** By the option {@code -a} of their executables: up to 2.4.1. */
    OPTION,
    /** By the setting {@code auth_master_socket_path}: from 2.4.2 on, which has no such option. */
    SETTING;

    private static final Pattern OF_2_4 = Pattern.compile("2\\.4\\.(\\d{1,9})\\b.*");
    private static final int FIRST_BY_SETTING = 2;

    /** The way of a release, as {@code 2.4} or what {@code dovecot --version} prints. */
    public static MasterSocketBy of(String release) {
        Matcher patch = OF_2_4.matcher(requireNonNull(release, "release is null"));
        return patch.matches() && Integer.parseInt(patch.group(1)) >= FIRST_BY_SETTING ? SETTING : OPTION;
    }
}
