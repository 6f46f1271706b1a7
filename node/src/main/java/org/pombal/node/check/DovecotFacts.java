package org.pombal.node.check;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.doveconf.Doveconf;

/**
 * What the checks of Dovecot's configuration go by.
 *
 * @param conf the configuration in force
 * @param backend whether this Dovecot is a backend; else it is a proxy
 * @param nodeBaseDir the node's {@code cluster_dovecot_base_dir}
 */
record DovecotFacts(Doveconf conf, DovecotVersion version, boolean backend, Path nodeBaseDir) {

    private static final String DEFAULT_BASE_DIR = "/run/dovecot";

    DovecotFacts {
        requireNonNull(conf, "conf is null");
        requireNonNull(version, "version is null");
        requireNonNull(nodeBaseDir, "nodeBaseDir is null");
    }

    /** Dovecot's own. */
    Path baseDir() {
        return Path.of(conf.global("base_dir").filter(text -> !text.isEmpty()).orElse(DEFAULT_BASE_DIR));
    }

    /** Whether a setting names this path below {@code base_dir}, relative or whole. */
    boolean isBelowBaseDir(String value, String expected) {
        return value.equals(expected)
                || value.equals(baseDir().resolve(expected).toString());
    }

    String executable(String service) {
        return conf.ofService(service, "executable").orElse(service);
    }
}
