package org.pombal.dovecot.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets a node that is not root ask Dovecot's auth: lines that go behind a {@link DovecotSnippet}, the same for all versions.
 *
 * @param name of the group of the node's user. Auth looks at that one group of who connects (Dovecot,
 *     {@code doc/example-config/conf.d/10-master.conf}, about auth-userdb)
 */
public record NodeGroup(String name) {

    /** What useradd(8) takes by default. */
    private static final Pattern NAMES = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    public NodeGroup {
        if (!NAMES.matcher(requireNonNull(name, "name is null")).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a group");
        }
    }

    /** Lines for a proxy, where the node asks for logins and lookups. */
    public String proxyText() {
        return text("proxy");
    }

    /** Lines for a backend, where the node also asks in the place of mail processes. */
    public String backendText() {
        return text("backend");
    }

    private String text(String role) {
        return Template.load("node-group-" + role + ".conf").fill(Map.of("GROUP", name));
    }
}
