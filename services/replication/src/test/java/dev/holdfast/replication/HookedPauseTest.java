package dev.holdfast.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.guest.FreezeHook;
import dev.holdfast.core.guest.FreezeHook.OnFailure;
import dev.holdfast.replication.volume.Pause;
import dev.holdfast.replication.volume.SnapshotOutcome;
import dev.holdfast.replication.volume.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done around a snapshot so that the application finds it clean, and what if that fails. */
class HookedPauseTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> done = new ArrayList<>();
    private final Map<String, String> failing = new HashMap<>();
    private final Pause guest = atMost -> {
        done.add("pause");
        if (failing.containsKey("pause")) {
            throw new IOException(failing.get("pause"));
        }
        return () -> done.add("go on");
    };

    @Test
    void theApplicationIsFrozenBeforeItsGuestIsPausedAndThawedOnceItRuns() throws IOException {
        HookedPause pause = pause(OnFailure.TAKE);
        pause.before();
        assertThat(pause.hold(LIMIT).release()).isTrue();

        assertThat(done).containsExactly("freeze", "pause", "go on", "thaw");
        assertThat(pause.failure()).isNull();
    }

    @Test
    void aDriverThatOnlyKnowsAboutPausesFreezesToo() throws IOException {
        pause(OnFailure.TAKE).hold(LIMIT).release();

        assertThat(done).containsExactly("freeze", "pause", "go on", "thaw");
    }

    @Test
    void byDefaultASnapshotIsTakenAllTheSameAndSaysWhatItIs() throws IOException {
        failing.put("freeze", "freeze ended with status 1");
        HookedPause pause = pause(OnFailure.TAKE);
        pause.before();
        pause.hold(LIMIT).release();

        assertThat(done).containsExactly("freeze", "pause", "go on", "thaw");
        assertThat(pause.failure()).isEqualTo("freeze ended with status 1");
    }

    @Test
    void aGuestThatPrefersNoneGetsNoneAndIsThawed() {
        failing.put("freeze", "freeze took longer than 10000 ms and was killed");

        assertThatThrownBy(pause(OnFailure.DROP)::before).hasMessage("freeze took longer than 10000 ms and was killed");

        assertThat(done).containsExactly("freeze", "thaw");
    }

    @Test
    void aGuestThatCannotBePausedIsThawed() {
        failing.put("pause", "no such guest");

        assertThatThrownBy(() -> pause(OnFailure.TAKE).hold(LIMIT)).hasMessage("no such guest");

        assertThat(done).containsExactly("freeze", "pause", "thaw");
    }

    @Test
    void aThawThatFailsIsSaid() throws IOException {
        failing.put("thaw", "thaw ended with status 2");
        HookedPause pause = pause(OnFailure.DROP);
        pause.hold(LIMIT).release();

        assertThat(pause.failure()).isEqualTo("thaw ended with status 2");
    }

    @Test
    void theTimeToFreezeIsNoPartOfThePause(@TempDir Path folder) throws IOException {
        Store store = Store.open(folder.resolve("a"));
        store.driver.create(Store.GUEST);
        failing.put("freeze", "not ready");

        assertThat(store.driver.snapshot(store.request(1, 1, pause(OnFailure.DROP))))
                .isInstanceOfSatisfying(SnapshotOutcome.Dropped.class, dropped -> {
                    assertThat(dropped.reason()).isEqualTo(SnapshotOutcome.Reason.CANNOT_PAUSE);
                    assertThat(dropped.detail()).isEqualTo("the guest could not be frozen: not ready");
                    assertThat(dropped.pause()).isZero();
                });
        assertThat(done).containsExactly("freeze", "thaw");
    }

    private HookedPause pause(OnFailure onFailure) {
        FreezeHook hook = new FreezeHook(List.of("freeze"), List.of("thaw"), Duration.ofSeconds(10), onFailure);
        return new HookedPause(guest, hook, (name, command, timeout) -> {
            done.add(name);
            return Optional.ofNullable(failing.get(name));
        });
    }
}
