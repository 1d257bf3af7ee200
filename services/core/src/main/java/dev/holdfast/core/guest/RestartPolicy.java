package dev.holdfast.core.guest;

import java.time.Duration;

/**
 * What may follow a crash without a person: restarts in place, then relocations, then the error state.
 *
 * @param maxRestarts      restarts in place within {@code window} and since the last relocation, 0 to 100
 * @param window           restarts longer ago are forgotten, 1 s to 24 h
 * @param backOff          wait before the first restart in place, doubled for each one that follows, 0 s to 10 m
 * @param maxBackOff       the wait never grows beyond this, backOff to 1 h
 * @param maxRelocations   relocations within {@code relocationWindow}, 0 to 100
 * @param relocationWindow relocations longer ago are forgotten, window to 30 days
 */
public record RestartPolicy(int maxRestarts, Duration window, Duration backOff, Duration maxBackOff,
                            int maxRelocations, Duration relocationWindow) {

    /** 3 restarts in 10 m after 1, 2 and 4 s, then at most 1 relocation in 1 h. */
    public static final RestartPolicy DEFAULT = new RestartPolicy(
            3, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 1, Duration.ofHours(1));

    public RestartPolicy {
        new Checks()
                .between("maxRestarts", maxRestarts, 0, 100)
                .between("window", window, Duration.ofSeconds(1), Duration.ofHours(24))
                .between("backOff", backOff, Duration.ZERO, Duration.ofMinutes(10))
                .between("maxBackOff", maxBackOff, backOff == null ? Duration.ZERO : backOff, Duration.ofHours(1))
                .between("maxRelocations", maxRelocations, 0, 100)
                .between("relocationWindow", relocationWindow, window == null ? Duration.ZERO : window,
                        Duration.ofDays(30))
                .refuseIfAny();
    }
}
