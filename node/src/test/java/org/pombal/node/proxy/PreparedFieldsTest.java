package org.pombal.node.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.auth.LineBuilder;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;
import org.pombal.node.routing.Destination;

class PreparedFieldsTest {

    private static final byte[] LINE = "junk OK\t7\tuser=\u0001ta\tpass=\u00011 more".getBytes(US_ASCII);
    private static final int FROM = "junk ".length();
    private static final int TO = LINE.length - " more".length();

    private final DestinationFields fields =
            new DestinationFields(BackendTls.STARTTLS, Map.of(MailProtocol.IMAP, 1143));
    private final PreparedFields prepared = new PreparedFields(fields);

    @Test
    void whateverIsAskedTheLineIsTheOneThatWouldBeWrittenAnew() throws Exception {
        for (int time = 0; time < 2; time++) { // the second time all are known
            for (Destination destination : List.of(destination("127.0.0.1"), destination("::1"))) {
                for (Request request : requests()) {
                    for (ServerLine.Succeeded reply : replies()) {
                        assertThat(ready(destination, request, reply))
                                .as("%s %s %s", destination, request, reply)
                                .isEqualTo(writtenAnew(destination, request, reply));
                    }
                }
            }
        }
        assertThat(prepared.destinations()).isEqualTo(2);
    }

    @Test
    void destinationsThatCameAndWentDoNotPileUp() throws Exception {
        Request request = requests().get(0);
        ServerLine.Succeeded reply = replies().get(0);
        for (int i = 0; i < 2 * PreparedFields.MOST_DESTINATIONS; i++) {
            Destination destination = destination("10.0." + i / 256 + "." + i % 256);
            assertThat(ready(destination, request, reply)).isEqualTo(writtenAnew(destination, request, reply));
        }
        assertThat(prepared.destinations()).isLessThanOrEqualTo(PreparedFields.MOST_DESTINATIONS);
    }

    private String ready(Destination destination, Request request, ServerLine.Succeeded reply) {
        return new String(new LineBuilder(LINE, FROM, TO, prepared.of(destination, request, reply)).build(), US_ASCII);
    }

    private String writtenAnew(Destination destination, Request request, ServerLine.Succeeded reply) {
        LineBuilder line = new LineBuilder(LINE, FROM, TO);
        fields.append(line, request, reply, destination, ProxyJudge.hop(request));
        return new String(line.build(), US_ASCII);
    }

    private static Destination destination(String address) throws Exception {
        return new Destination("b\u00011.test", InetAddress.getByName(address));
    }

    private static List<Request> requests() {
        List<Optional<MailProtocol>> protocols = new ArrayList<>(List.of(Optional.empty()));
        for (MailProtocol protocol : MailProtocol.values()) {
            protocols.add(Optional.of(protocol));
        }
        List<Request> requests = new ArrayList<>();
        for (Optional<MailProtocol> protocol : protocols) {
            for (Request.Dialect dialect : Request.Dialect.values()) {
                for (PreviousHop hop : List.of(PreviousHop.UNKNOWN, PreviousHop.PINNED)) {
                    requests.add(new Request(
                            Request.Kind.AUTH,
                            7,
                            protocol,
                            dialect,
                            "",
                            Optional.empty(),
                            hop,
                            Optional.empty(),
                            false));
                }
            }
        }
        return requests;
    }

    private static List<ServerLine.Succeeded> replies() {
        List<ServerLine.Succeeded> replies = new ArrayList<>();
        for (boolean hasPort : new boolean[] {false, true}) {
            for (boolean hasTls : new boolean[] {false, true}) {
                replies.add(new ServerLine.Succeeded(
                        7, Optional.of("a"), Optional.empty(), true, false, hasPort, hasTls, false, Optional.empty()));
            }
        }
        return replies;
    }
}
