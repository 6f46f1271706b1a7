package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.DOVECOT;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the release is one that Pombal was tried with. */
final class ReleaseCheck implements DovecotCheck {

    private static final Pattern LATER = Pattern.compile("2\\.4\\.(\\d+).*");
    private static final int LAST_TRIED = 1;

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        Matcher release = LATER.matcher(facts.conf().release());
        return release.matches() && Integer.parseInt(release.group(1)) > LAST_TRIED
                ? Stream.of(Finding.warning(
                        DOVECOT,
                        "Dovecot " + facts.conf().release() + " is newer than the releases that Pombal was tried with,"
                                + " 2.3.19 and 2.4.1; try it before you rely on it"))
                : Stream.empty();
    }
}
