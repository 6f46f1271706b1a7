package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.BASE_DIR;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether the node makes its sockets where Dovecot looks for them. */
final class BaseDirCheck implements DovecotCheck {

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        return canonical(facts.baseDir()).equals(canonical(facts.nodeBaseDir()))
                ? Stream.empty()
                : Stream.of(Finding.error(
                        BASE_DIR,
                        "Dovecot's base_dir is " + facts.baseDir() + ", but cluster_dovecot_base_dir is "
                                + facts.nodeBaseDir() + "; set cluster_dovecot_base_dir = " + facts.baseDir()));
    }

    /** {@code /var/run} is {@code /run} on every Linux that Dovecot is packaged for. */
    private static Path canonical(Path path) {
        Path normal = path.normalize();
        return normal.startsWith("/var/run")
                ? Path.of("/").resolve(Path.of("/var").relativize(normal))
                : normal;
    }
}
