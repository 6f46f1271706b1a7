package org.pombal.demo.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.DovecotServer;
import org.pombal.demo.server.FreePorts;
import org.pombal.demo.server.Installations;
import org.pombal.demo.server.MailSink;
import org.pombal.demo.server.ServerFolder;
import org.pombal.demo.site.ServedBy;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.StandaloneConfig;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MailClientsContract {

    private static final String ADDRESS = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MESSAGE = "From: <bob@example.org>\r\nSubject: greetings\r\n\r\n.hello\r\n";

    private final Ports ports = new FreePorts(new Random()).all(ADDRESS);
    private final ServerFolder folder;
    private final MailSink sink = new MailSink(ADDRESS, 0);
    private final DovecotServer server;

    MailClientsContract(DovecotVersion version) {
        DovecotInstallation installation = Installations.of(version);
        folder = new ServerFolder(installation);
        server = DovecotServer.start(
                installation,
                StandaloneConfig.of(
                                "b1",
                                BackendSnippet.unjudged(
                                        version,
                                        ports,
                                        List.of(new Network("127.0.0.0/8")),
                                        false,
                                        new Network(ADDRESS)),
                                installation.inside(folder.path()),
                                ADDRESS)
                        .withAccounts(List.of(new Account("alice", "secret"), new Account("dave", "secret")))
                        .withSubmissionRelay(sink.address()));
        server.awaitGreetings(PATIENCE);
    }

    @AfterAll
    void stop() {
        server.close();
        sink.close();
        folder.close();
    }

    @Test
    void deliversByLmtpAndReadsByImapAndPop3() {
        try (LmtpClient lmtp = LmtpClient.connect(ADDRESS, ports.of(Listener.LMTP), PATIENCE)) {
            assertThat(lmtp.deliver("bob@example.org", "alice", MESSAGE)).contains("Saved");
            lmtp.quit();
        }
        try (ImapClient imap = ImapClient.connect(ADDRESS, ports.of(Listener.IMAP), PATIENCE)) {
            imap.login("alice", "secret");
            assertThat(imap.select("INBOX")).isEqualTo(1);
            assertThat(imap.fetch(1)).endsWith(MESSAGE);
            imap.logout();
        }
        try (PopClient pop = PopClient.connect(ADDRESS, ports.of(Listener.POP3), PATIENCE)) {
            pop.login("alice", "secret");
            assertThat(pop.count()).isEqualTo(1);
            assertThat(pop.retrieve(1)).endsWith(MESSAGE);
            pop.quit();
        }
        assertThat(server.doveadm("mailbox", "status", "-u", "alice", "messages", "INBOX"))
                .isEqualTo("INBOX messages=1\n");
    }

    @Test
    void everySessionIsFoundInTheLogOfTheServer() {
        try (ImapClient imap = ImapClient.connect(ADDRESS, ports.of(Listener.IMAP), PATIENCE);
                PopClient pop = PopClient.connect(ADDRESS, ports.of(Listener.POP3), PATIENCE);
                SubmissionClient submission =
                        SubmissionClient.connect(ADDRESS, ports.of(Listener.SUBMISSION), PATIENCE);
                SieveClient sieve = SieveClient.connect(ADDRESS, ports.of(Listener.SIEVE), PATIENCE);
                LmtpClient lmtp = LmtpClient.connect(ADDRESS, ports.of(Listener.LMTP), PATIENCE)) {
            imap.login("dave", "secret");
            pop.login("dave", "secret");
            submission.login("dave", "secret");
            sieve.login("dave", "secret");
            lmtp.deliver("bob@example.org", "dave", MESSAGE);
        }
        for (MailProtocol protocol : MailProtocol.values()) {
            if (protocol != MailProtocol.DOVEADM) {
                // Dovecot's log process may be a moment behind.
                await().alias(protocol.wireName())
                        .atMost(PATIENCE)
                        .until(() -> ServedBy.says(server.log(), "dave", protocol));
            }
        }
    }

    @Test
    void submits() {
        try (SubmissionClient submission = SubmissionClient.connect(ADDRESS, ports.of(Listener.SUBMISSION), PATIENCE)) {
            submission.login("alice", "secret");
            submission.send("alice@example.org", "carol@example.org", MESSAGE);
            submission.quit();
        }
        assertThat(sink.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.envelope()).anyMatch(line -> line.contains("<carol@example.org>"));
            assertThat(mail.text()).contains("Subject: greetings", "\n.hello\n");
        });
    }

    @Test
    void storesAndListsFilterScripts() {
        try (SieveClient sieve = SieveClient.connect(ADDRESS, ports.of(Listener.SIEVE), PATIENCE)) {
            sieve.login("alice", "secret");
            sieve.putScript("keep all", "keep;\r\n");
            assertThat(sieve.listScripts()).contains("keep all");
            assertThatThrownBy(() -> sieve.putScript("wrong", "if frobnicate"))
                    .hasMessageContaining("NO")
                    .hasMessageContaining("line 1: error");
            sieve.logout();
        }
    }

    @Test
    void reportsTheServersAnswerButNoPassword() {
        try (ImapClient imap = ImapClient.connect(ADDRESS, ports.of(Listener.IMAP), PATIENCE)) {
            assertThatThrownBy(() -> imap.login("alice", "wrong-password"))
                    .isInstanceOf(MailException.class)
                    .hasMessageContaining("imap 127.0.0.1:" + ports.of(Listener.IMAP))
                    .hasMessageContaining("AUTHENTICATIONFAILED")
                    .hasMessageNotContaining("wrong-password");
        }
    }
}
