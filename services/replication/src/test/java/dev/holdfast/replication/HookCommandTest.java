package dev.holdfast.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real commands, which do what they want. */
class HookCommandTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void whatEndsWellSaysNothing() {
        assertThat(run(LONG, "sh", "-c", "test \"$HOLDFAST_GUEST\" = db")).isEmpty();
    }

    @Test
    void whatFailsSaysItsLastLine() {
        assertThat(run(LONG, "sh", "-c", "echo one; echo no such database >&2; exit 3"))
                .contains("freeze ended with status 3: no such database");
    }

    @Test
    void noShellLooksAtItsArguments() {
        assertThat(run(LONG, "sh", "-c", "echo \"$0\"; exit 1", "a; exit 0")).contains("freeze ended with status 1: a; exit 0");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(run(LONG, "/no/such/program")).hasValueSatisfying(why ->
                assertThat(why).startsWith("freeze cannot be run: ").contains("/no/such/program"));
    }

    @Test
    void whatTakesTooLongIsKilled() {
        assertThat(run(Duration.ofMillis(100), "sleep", "1000")).contains("freeze took longer than 100 ms and was killed");
    }

    @Test
    void aLotOfOutputHoldsNobodyUp() {
        assertThat(run(LONG, "sh", "-c", "head -c 3000000 /dev/zero; echo; echo done; exit 9"))
                .contains("freeze ended with status 9: done");
    }

    private static Optional<String> run(Duration timeout, String... command) {
        return HookCommand.run("freeze", List.of(command), Map.of("HOLDFAST_GUEST", "db"), timeout);
    }
}
