package org.pombal.settings;

import java.util.regex.Pattern;

/**
 * Variables that Kubernetes and Docker's links put into the environment for each service: with one named {@code controller} these are
 * {@code CONTROLLER_SERVICE_HOST}, {@code CONTROLLER_SERVICE_PORT_HTTP}, {@code CONTROLLER_PORT}, {@code CONTROLLER_PORT_8080_TCP_ADDR} and
 * so on (Kubernetes, "Discovering services: environment variables").
 */
final class ServiceVariables {

    private static final Pattern NAME = Pattern.compile("[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
            + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://\\S+");

    private ServiceVariables() {}

    /** Whether it is one of them. {@code NAME_PORT} is one only if its value is an address, as nobody would give a port. */
    static boolean isOne(String variable, String value) {
        return NAME.matcher(variable).matches()
                || (variable.endsWith("_PORT") && ADDRESS.matcher(value).matches());
    }
}
