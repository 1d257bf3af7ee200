package dev.holdfast.node.agent;

import dev.holdfast.guard.client.Answer;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.protocol.GuardStatus;
import java.io.IOException;
import java.time.Duration;

/** Waits for the guard's word that nothing of an earlier incarnation is alive. */
public final class GuardWatch {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Returns once the guard holds no guest and is not killing any. Waits as long as that takes. */
    void awaitNothingAlive(GuardClient guard) throws IOException, InterruptedException {
        while (true) {
            switch (guard.status()) {
                case Answer.Given<GuardStatus> given -> {
                    if (isQuiet(given.value())) {
                        return;
                    }
                }
                case Answer.Refused<GuardStatus> refused ->
                    throw new IOException("the guard does not say what is alive: " + refused.detail());
            }
            Thread.sleep(LOOK);
        }
    }

    private static boolean isQuiet(GuardStatus status) {
        boolean atRest = status.state() == GuardStatus.State.UNARMED || status.state() == GuardStatus.State.EXPIRED;
        return atRest && status.guests() == 0;
    }
}
