package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.pombal.dovecot.auth.MailProtocol;

/** The demo's table: what GeoDB says of each user, and who really served each protocol. */
final class VisitTable {

    private static final List<MailProtocol> ORDER = List.of(
            MailProtocol.IMAP,
            MailProtocol.POP3,
            MailProtocol.LMTP,
            MailProtocol.SUBMISSION,
            MailProtocol.SIEVE,
            MailProtocol.DOVEADM);

    private final List<Visit> visits;

    VisitTable(List<Visit> visits) {
        this.visits = List.copyOf(requireNonNull(visits, "visits is null"));
    }

    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(
                        Stream.of("user", "group", "backend"),
                        ORDER.stream().map(protocol -> protocol.wireName() + " by"))
                .toList());
        visits.forEach(visit -> rows.add(Stream.concat(
                        Stream.of(visit.user(), visit.group(), visit.backend()),
                        ORDER.stream().map(protocol -> servers(visit, protocol)))
                .toList()));
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String servers(Visit visit, MailProtocol protocol) {
        List<String> servers = visit.served().getOrDefault(protocol, List.of());
        return servers.isEmpty() ? "nobody" : String.join("+", servers);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            char[] padding = new char[widths[i] - cells.get(i).length() + 2];
            Arrays.fill(padding, ' ');
            line.append(cells.get(i)).append(padding);
        }
        return line.toString().stripTrailing();
    }
}
