package dev.holdfast.replication.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.replication.transport.Sshd;
import dev.holdfast.replication.volume.Store;
import dev.holdfast.replication.volume.StoredSnapshot;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the ssh of this machine, to an sshd that the test starts. */
class SshTransferTest extends TransferTest {

    private static Sshd sshd;

    @BeforeAll
    static void startSshd(@TempDir Path keys) throws Exception {
        assumeTrue(Sshd.missing().isEmpty(), () -> "transfers over ssh are not tested: " + Sshd.missing().orElseThrow());
        sshd = Sshd.start(keys);
    }

    @AfterAll
    static void stopSshd() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Override
    Way way() {
        return new SshWay(sshd);
    }

    @AfterEach
    void noClientIsLeftBehind() throws Exception {
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            if (child.info().command().orElse("").endsWith("/ssh")) {
                // A test may end before the sender that it has cut.
                child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void anSshdKilledInMidTransferIsACutAndTheLastReplicaStays(@TempDir Path keys) throws Exception {
        ReplicaServer server = serve(target, LONG);
        StoredSnapshot first = owner.snapshot(1, 1);
        send(server, first, 1);
        write("database", 60_000_000);
        StoredSnapshot second = owner.snapshot(1, 2);
        try (Sshd another = Sshd.start(keys)) {
            Hello hello = hello(second, 1);
            CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(
                    () -> sender(LONG).send(new SshWay(another).to(server), hello, progress -> {}));
            awaitEvent(event -> event instanceof ReceiveEvent.Progress progress
                    && progress.hello().snapshot().equals(second.id()));
            another.kill();

            assertThat(sending.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(SendOutcome.Failed.class, failed -> {
                        assertThat(failed.reason()).isEqualTo(SendOutcome.Reason.CUT);
                        assertThat(failed.detail()).contains("127.0.0.1:" + another.port());
                    });
        }
        assertThat(receives.killAll(Store.GUEST, LONG)).isTrue();
        assertThat(target.driver.newest(Store.GUEST)).contains(first);
        assertThat(send(server, second, 1)).isInstanceOf(SendOutcome.Stored.class);
    }
}
