package org.pombal.dovecot.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random and mutated lines: nothing but {@link MalformedLineException} may escape, and what is written is read back. */
class LineFuzzTest {

    private static final int INPUTS = 1_000_000;
    private static final long SEED = Long.getLong("pombal.fuzz.seed", 20_261_122L);

    private static final String[] SAMPLES = {
        "VERSION\t1\t2",
        "AUTH\t1\tPLAIN\tservice=imap\tsecured\tsession=l5LAVtdgJtx/AAAB\tlip=127.0.0.21\tresp=AGFsaWNlAHNlY3JldA==",
        "AUTH\t2\tEXTERNAL\tprotocol=imap\tproxy_redirect_host_next=[::1]:1143"
                + "\tproxy_redirect_host_attempts=127.0.0.31:1143,[::2]:143\tdestuser=bob",
        "CONT\t1\tAGFsaWNl",
        "CANCEL\t1",
        "CPID\t12358",
        "AUTH\t2\tPLAIN\tprotocol=imap\tforward_fields=a=b\u0001tpombal=referrals,via:b1\tresp=AGFsaWNl",
        "REQUEST\t3\t12358\t9\t0123\tsession_pid=77\trequest_auth_token",
        "USER\t1\talice\tuid=5000\tgid=5000\thome=/x",
        "LIST\t1\talice",
        "PASS\t1\talice\tservice=lmtp\tlip=127.0.0.21",
        "LIST\t1\tuser=*",
        "OK\t1\tuser=alice\tproxy\thost=127.0.0.11\tport=1143\tpass=secret\tproxy_refresh=5",
        "PASS\t1\tuser=a\u0001t\u0001\u00011\tproxy=y\tdestuser=b",
        "FAIL\t1\tuser=err\tcode=temp_fail",
        "DONE\t1\tfail",
        "MECH\tPLAIN\tplaintext",
    };

    private final LineParser parser = new LineParser();
    private int malformed;

    @Test
    void noInputBreaksTheParser() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < INPUTS; i++) {
            byte[] line = i % 4 == 0 ? noise(random) : mutate(random);
            int from = random.nextInt(line.length + 1);
            int start = random.nextInt(10) == 0 ? from : 0;
            parse(line, start, line.length);
        }
        assertThat(malformed).as("malformed inputs of seed %d", SEED).isBetween(INPUTS / 100, INPUTS - 1);
    }

    @Test
    void everyValueSurvivesWritingAndReading() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < INPUTS / 10; i++) {
            String user = text(random);
            long id = random.nextLong(1L << 32);
            byte[] line = new LineBuilder("OK")
                    .number(id)
                    .field("user", user)
                    .flag("proxy")
                    .build();

            assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
            ServerLine.Succeeded read = (ServerLine.Succeeded) parser.serverLine(line, 0, line.length - 1);
            assertThat(read.id()).isEqualTo(id);
            assertThat(read.user()).as("seed %d, input %d", SEED, i).contains(user);
            assertThat(read.proxy()).isTrue();
        }
    }

    private void parse(byte[] line, int from, int to) {
        try {
            parser.clientLine(line, from, to);
        } catch (MalformedLineException e) {
            malformed++;
        }
        // Whatever the line is, what is done with lines of certain kinds must not break.
        parser.withoutSessionPid(line, from, to);
        PlainCredentials.decode(parser.initialResponse(line, from, to));
        PlainCredentials.decode(parser.continuation(line, from, to));
        try {
            parser.serverLine(line, from, to);
        } catch (MalformedLineException e) {
            malformed++;
        }
    }

    private static byte[] noise(RandomGenerator random) {
        byte[] line = new byte[random.nextInt(200)];
        random.nextBytes(line);
        return line;
    }

    private static byte[] mutate(RandomGenerator random) {
        byte[] line = SAMPLES[random.nextInt(SAMPLES.length)].getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            line[random.nextInt(line.length)] = (byte) "\t=0\u0001A19,:\u00ff".charAt(random.nextInt(10));
        }
        return line;
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> "\0\u0001\t\r\n=01trn".charAt(random.nextInt(11));
                        case 1 -> 0x1F300 + random.nextInt(256);
                        case 2 -> 0xA0 + random.nextInt(0x500);
                        default -> ' ' + random.nextInt(95);
                    });
        }
        return text.toString();
    }
}
