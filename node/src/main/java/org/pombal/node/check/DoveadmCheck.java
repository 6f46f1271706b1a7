package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.DOVEADM;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.dovecot.doveconf.Section;

/** Whether doveadm commands get to the user's backend: proxies and backends pass them on, by TCP and a common password. */
final class DoveadmCheck implements DovecotCheck {

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        List<Finding> found = new ArrayList<>();
        String port = setting(facts, "doveadm_port");
        if (port.isEmpty() || port.equals("0")) {
            found.add(Finding.error(
                    DOVEADM,
                    "doveadm commands for a user run on this machine and not on his backend, doveadm_port is 0; set it to"
                            + " the port where the backends' doveadm listens, as 24245"));
        }
        if (setting(facts, "doveadm_password").isEmpty()) {
            found.add(Finding.error(
                    DOVEADM,
                    "there is no doveadm_password, so that doveadm commands cannot be passed on; set the same on all"
                            + " proxies and backends"));
        }
        List<Section> open = facts.conf().inetListeners("doveadm").stream()
                .filter(listener -> !listener.value("port").orElse("0").equals("0"))
                .toList();
        if (open.stream().anyMatch(DoveadmCheck::speaksHttp)
                && setting(facts, "doveadm_api_key").isEmpty()) {
            found.add(Finding.warning(
                    DOVEADM,
                    "doveadm answers HTTP but has no doveadm_api_key; set one, the same on all proxies and backends"));
        }
        if (facts.backend() && open.stream().allMatch(DoveadmCheck::speaksHttp)) {
            found.add(Finding.warning(
                    DOVEADM,
                    "doveadm does not listen for proxies; give service doveadm an inet_listener with the port that is"
                            + " their doveadm_port"));
        }
        return found.stream();
    }

    private static String setting(DovecotFacts facts, String name) {
        return facts.conf().inProtocol("doveadm", name).orElse("");
    }

    private static boolean speaksHttp(Section listener) {
        return listener.title().equals("inet_listener http")
                || listener.value("type").orElse("").equals("http");
    }
}
